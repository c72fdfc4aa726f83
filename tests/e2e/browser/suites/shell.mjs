// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { gotoList, openPage, rows, tabTo, waitUntilIdle, waitUntilLive } from '../browser.mjs';

const background = (page) => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
const lightness = (color) => Number(color.match(/\d+/)[0]);

export function shell(world) {
  describe('around the views', () => {
    test('the theme follows the system until one is chosen, and stays chosen', async () => {
      const options = { colorScheme: 'light' };
      const { page, watch, close } = await openPage(world.browser, world.base, options);
      await gotoList(page, world.base);
      assert.ok(lightness(await background(page)) > 200);
      await page.emulateMedia({ colorScheme: 'dark' });
      assert.ok(lightness(await background(page)) < 60);
      await page.getByRole('radio', { name: 'Light' }).check({ force: true });
      assert.ok(lightness(await background(page)) > 200);
      await page.reload();
      await rows(page).first().waitFor();
      assert.ok(lightness(await background(page)) > 200);
      await page.getByRole('radio', { name: 'System' }).check({ force: true });
      assert.ok(lightness(await background(page)) < 60);
      assert.deepEqual(watch.found, []);
      await close();
    });

    test('every page is led to by the bar, and says so in its title', async () => {
      const { page, watch, close } = await openPage(world.browser, world.base);
      await page.goto(world.base);
      const bar = page.getByRole('navigation', { name: 'Pages' });
      for (const [name, path, title] of [
        ['Analyses', '/analyses', 'Analyses'],
        ['Incidents', '/incidents', 'Incidents'],
        ['Providers', '/providers', 'Providers'],
        ['Sources', '/sources', 'Sources'],
        ['API', '/reference', 'API'],
        ['Now', '/', 'Now'],
      ]) {
        await bar.getByRole('link', { name, exact: true }).click();
        await page.waitForURL(`${world.base}${path}`);
        await page.getByRole('heading', { level: 1 }).waitFor();
        await page.waitForFunction((wanted) => document.title === wanted, `${title} · FAILS`);
        const current = bar.locator('[aria-current="page"]');
        assert.deepEqual(await current.allInnerTexts(), [name]);
      }
      assert.deepEqual(watch.found, []);
      await close();
    });

    test('an unknown address has a page of its own', async () => {
      const { page, watch, close } = await openPage(world.browser, world.base);
      await page.goto(`${world.base}/no/such/page`);
      await page.getByRole('heading', { level: 1, name: 'Nothing here' }).waitFor();
      assert.deepEqual(watch.found, []);
      await close();
    });

    test('the answers forbid inline scripts and styles', async () => {
      const { headers } = await fetch(`${world.base}/incidents`, { headers: { accept: 'text/html' } });
      const policy = headers.get('content-security-policy') ?? '';
      assert.match(policy, /script-src 'self'(;|$)/);
      assert.match(policy, /style-src 'self'(;|$)/);
      assert.doesNotMatch(policy, /unsafe/);
    });

    for (const [path, healed] of [
      ['/', '[data-service]'],
      ['/incidents', '[data-incident]'],
      ['/analyses', '[data-drawn]'],
      ['/providers', 'h2'],
      ['/sources', '[data-page]'],
      ['/reference', 'h3'],
    ]) {
      test(`a gateway that is gone is said on ${path}, and its return heals the page`, async () => {
        const { page, watch, close } = await openPage(world.browser, world.base);
        watch.allowed = /Failed to load resource/;
        await page.route('**/api/**', (route) => route.abort('connectionrefused'));
        await page.goto(`${world.base}${path}`);
        await page.getByRole('heading', { name: 'The gateway does not answer' }).waitFor();
        await page.locator('[data-state="reconnecting"]').waitFor();
        await page.unroute('**/api/**');
        await page.locator(healed).first().waitFor();
        await page
          .getByRole('heading', { name: 'The gateway does not answer' })
          .waitFor({ state: 'detached' });
        await waitUntilLive(page);
        assert.deepEqual(watch.found, []);
        await close();
      });
    }

    test('everything can be reached with the keyboard', async () => {
      const { page, watch, close } = await openPage(world.browser, world.base);
      await gotoList(page, world.base);
      await page.keyboard.press('Tab');
      assert.equal(await focusedText(page), 'Skip to the content');
      const button = page.getByRole('button', { name: 'Impact: any' });
      await tabTo(page, button);
      await page.keyboard.press('Enter');
      await page.keyboard.press('Tab');
      await tabTo(page, page.getByRole('checkbox', { name: 'Minor' }));
      await page.keyboard.press('Space');
      await page.waitForURL('**/incidents?impact=minor');
      await page.keyboard.press('Escape');
      assert.equal(await focusedText(page), 'ImpactMinor');
      await rows(page).first().waitFor();
      await waitUntilIdle(page);
      await tabTo(page, rows(page).first().getByRole('link'));
      await page.keyboard.press('Enter');
      await page.waitForURL(/\/incidents\/[^/]+\/[^/?]+$/);
      assert.deepEqual(watch.found, []);
      await close();
    });
  });
}

const focusedText = (page) =>
  page.evaluate(() => document.activeElement?.textContent.replace(/\s+/g, ''.padEnd(1)) ?? '');
