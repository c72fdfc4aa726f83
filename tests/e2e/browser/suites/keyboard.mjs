// SPDX-License-Identifier: Apache-2.0
// The main path without a pointer: from now to the analyses, a filter, the table of a chart, the incidents behind a
// number, and one of them.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { gotoAnalysis, openPage, rows, tabTo } from '../browser.mjs';

export function keyboard(world) {
  describe('with the keyboard alone', () => {
    test('one gets from the board to an incident behind a number', async () => {
      const { page, watch, close } = await openPage(world.browser, world.base);
      await page.goto(world.base);
      await page.locator('[data-service]').first().waitFor();
      const bar = page.getByRole('navigation', { name: 'Pages' });
      await tabTo(page, bar.getByRole('link', { name: 'Analyses' }));
      await page.keyboard.press('Enter');
      await page.locator('[data-drawn]').first().waitFor();

      await tabTo(page, page.getByRole('radio', { name: 'All', exact: true }));
      await page.keyboard.press('ArrowLeft');
      await page.waitForURL('**/analyses?period=365');
      await page.keyboard.press('ArrowRight');
      await page.waitForURL('**/analyses');

      const card = page.locator('section#weekday-distribution');
      await tabTo(page, card.getByRole('button', { name: 'As a table' }));
      await page.keyboard.press('Enter');
      await card.getByRole('table').waitFor();
      await tabTo(page, card.getByRole('table').getByRole('link').first());
      await page.keyboard.press('Enter');
      await page.waitForURL(/weekday-distribution\/incidents\?cell=/);

      await rows(page).first().waitFor();
      await tabTo(page, rows(page).first().getByRole('link'));
      await page.keyboard.press('Enter');
      await page.waitForURL(/\/incidents\/[^/]+\/[^/?]+$/);
      await page.getByRole('heading', { level: 2, name: 'Stages' }).waitFor();
      assert.deepEqual(watch.found, []);
      await close();
    });

    test('one looks closer at a period of a chart', async () => {
      const { page, watch, close } = await openPage(world.browser, world.base);
      await gotoAnalysis(page, world.base, 'incident-outage-timeline');
      const first = page.getByRole('slider', { name: 'First of the period' });
      const last = page.getByRole('slider', { name: 'Last of the period' });
      await tabTo(page, first);
      const before = await first.getAttribute('aria-valuetext');
      await page.keyboard.press('ArrowRight');
      assert.notEqual(await first.getAttribute('aria-valuetext'), before);
      await page.keyboard.press('Escape');
      assert.equal(await first.getAttribute('aria-valuetext'), before);
      await page.keyboard.press('ArrowRight');
      const from = await first.getAttribute('aria-valuetext');
      await page.keyboard.press('Tab');
      await page.keyboard.press('ArrowLeft');
      const to = await last.getAttribute('aria-valuetext');
      await page.keyboard.press('Enter');
      // The page says "Aug 2024", the address 2024-08-01.
      const day = new Date(`1 ${from.replace('Sept', 'Sep')} UTC`).toISOString().slice(0, 10);
      await page.waitForURL(new RegExp(`[?&]from=${day}&to=`));
      await page.getByText(`Now showing ${from} – ${to}`).waitFor({ state: 'attached' });
      assert.deepEqual(watch.found, []);
      await close();
    });

    test('a menu opens, is left by Escape, and gives the focus back', async () => {
      const { page, watch, close } = await openPage(world.browser, world.base);
      await page.goto(`${world.base}/analyses/weekday-distribution`);
      await page.locator('[data-drawn]').waitFor();
      const save = page.getByRole('button', { name: 'Save', exact: true });
      await tabTo(page, save);
      await page.keyboard.press('Enter');
      await page.getByRole('link', { name: 'Numbers (CSV)' }).waitFor();
      await page.keyboard.press('Tab');
      await page.keyboard.press('Escape');
      assert.equal(await page.getByRole('link', { name: 'Numbers (CSV)' }).count(), 0);
      assert.ok(await save.evaluate((element) => element === document.activeElement));
      assert.deepEqual(watch.found, []);
      await close();
    });
  });
}
