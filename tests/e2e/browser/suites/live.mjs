// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { api, control, eventually, gotoList, openPage, rows, waitUntilLive } from '../browser.mjs';

const host = 'status.openai.com';
const patience = { timeout: 1000 * Number(process.env.FAILS_E2E_LIVE_SECONDS ?? 180) };

export function live(world) {
  const skip = world.simulator ? false : 'no simulator';

  describe('live', { skip }, () => {
    const { simulator } = world;
    const named = (page, name) => rows(page).filter({ hasText: name });

    test('an incident opens, changes and resolves while one watches', async () => {
      const list = await openPage(world.browser, world.base);
      const detail = await openPage(world.browser, world.base);
      await gotoList(list.page, world.base);
      await waitUntilLive(list.page);
      await list.page.evaluate(() => {
        window.notReloaded = true;
      });

      const name = `Live test ${Date.now()}`;
      const opening = { host, name, impact: 'major', components: ['API'] };
      const { code } = await control(simulator, 'incidents', opening);
      const row = named(list.page, name);
      await row.waitFor(patience);
      await row.getByText('Major', { exact: true }).waitFor();

      await detail.page.goto(`${world.base}${await row.getByRole('link').getAttribute('href')}`);
      await detail.page.getByRole('heading', { level: 1, name }).waitFor();
      await waitUntilLive(detail.page);

      const body = `Fixed for good ${Date.now()}.`;
      await control(simulator, `incidents/${code}/updates`, { status: 'resolved', body });
      await row.getByText('Resolved', { exact: true }).waitFor(patience);
      await detail.page.getByText(body).waitFor(patience);
      await detail.page.getByRole('row', { name: /^Resolved/ }).waitFor();

      assert.equal(await list.page.evaluate(() => window.notReloaded), true);
      assert.deepEqual([...list.watch.found, ...detail.watch.found], []);
      await list.close();
      await detail.close();
    });

    test('a service’s trouble appears on its card and in the sentence, and goes', async () => {
      const { page, watch, close } = await openPage(world.browser, world.base);
      await page.goto(world.base);
      const card = page.locator('[data-service="openai/playground"]');
      await card.waitFor();
      await waitUntilLive(page);
      await page.evaluate(() => {
        window.notReloaded = true;
      });
      const troubledAtFirst = (await api(world.base, 'status')).summary.troubled;

      const name = `Card test ${Date.now()}`;
      const opening = { host, name, impact: 'critical', components: ['Playground'] };
      const { code } = await control(simulator, 'incidents', opening);
      await card.and(page.locator('[data-troubled]')).waitFor(patience);
      await card.getByText(name).waitFor(patience);
      await eventually(async () => {
        const { summary } = await api(world.base, 'status');
        assert.ok(summary.troubled > troubledAtFirst);
        const sentence = await page.getByRole('heading', { level: 1 }).innerText();
        assert.match(sentence, new RegExp(`^${summary.troubled} of ${summary.services} `));
      });

      const body = `Over ${Date.now()}.`;
      await control(simulator, `incidents/${code}/updates`, { status: 'resolved', body });
      await card.and(page.locator('[data-service-state="operational"]')).waitFor(patience);
      await card.getByText(name).waitFor({ ...patience, state: 'detached' });
      assert.equal(await page.evaluate(() => window.notReloaded), true);
      assert.deepEqual(watch.found, []);
      await close();
    });

    test('a new incident does not move what is being read', async () => {
      const { page, watch, close } = await openPage(world.browser, world.base);
      await gotoList(page, world.base);
      await waitUntilLive(page);
      const read = rows(page).nth(25);
      await read.evaluate((row) => row.scrollIntoView({ block: 'center' }));
      const id = await read.getAttribute('data-incident');
      const top = () =>
        page.evaluate(
          (wanted) =>
            document.querySelector(`[data-incident="${wanted}"]`).getBoundingClientRect().top,
          id,
        );
      const before = await top();
      const name = `Above the reader ${Date.now()}`;
      const opening = { host, name, impact: 'minor', components: ['API'] };
      const { code } = await control(simulator, 'incidents', opening);
      await named(page, name).waitFor({ ...patience, state: 'attached' });
      await page.getByRole('button', { name: /new incidents? above/ }).waitFor();
      assert.ok(Math.abs((await top()) - before) < 2, `moved by ${(await top()) - before} px`);
      await control(simulator, `incidents/${code}/updates`, { status: 'resolved', body: 'Over.' });
      assert.deepEqual(watch.found, []);
      await close();
    });

    test('hostile text is harmless and readable', async () => {
      const { page, watch, close } = await openPage(world.browser, world.base);
      await gotoList(page, world.base);
      await waitUntilLive(page);
      const mark = Date.now();
      const attack = `<img src=x onerror="alert(1)"><script>alert(2)</script>`;
      const name = `${attack} \u202e ${mark}`;
      const opening = { host, name, impact: 'minor', components: ['API'] };
      const { code } = await control(simulator, 'incidents', opening);
      const body = `${attack}<a href="javascript:alert(3)">x</a> ${'y'.repeat(100_000)} ${mark}`;
      await control(simulator, `incidents/${code}/updates`, { status: 'resolved', body });
      const row = named(page, String(mark));
      await row.waitFor(patience);
      assert.ok((await row.innerText()).includes('<script>'));
      await row.getByRole('link').click();
      await page.getByText('<a href="javascript:alert(3)">x</a>').waitFor(patience);
      assert.equal(await page.locator('main :is(img, script, [href^="javascript"])').count(), 0);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      assert.ok(wide <= 1280, `the page is ${wide} px wide`);
      assert.deepEqual(watch.found, []);
      await close();
    });
  });
}
