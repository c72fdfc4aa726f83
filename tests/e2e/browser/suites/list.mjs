// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { api, eventually, gotoList, openPage, rows, waitUntilIdle } from '../browser.mjs';

const startsOf = (page) =>
  rows(page).locator('time').evaluateAll((times) => times.map((time) => Date.parse(time.dateTime)));
const idsOf = (page) => rows(page).evaluateAll((all) => all.map((row) => row.dataset.incident));
const shownTotal = async (page) =>
  Number((await page.getByTestId('total').innerText()).replace(/\D/g, ''));

export function list(world) {
  describe('the incident list', () => {
    test('fills with what the API answers, newest first', async () => {
      const { page, watch, close } = await openPage(world.browser, world.base);
      await gotoList(page, world.base);
      await eventually(async () => {
        const answer = await api(world.base, 'incidents');
        // The page may hold more than the API's first answer: what arrived since it was opened.
        const first = answer.incidents.slice(0, 25).map(({ id }) => id);
        assert.deepEqual((await idsOf(page)).slice(0, first.length), first);
        assert.equal(await shownTotal(page), answer.total);
      });
      const starts = await startsOf(page);
      assert.ok(starts.length > 0);
      assert.deepEqual(starts, starts.toSorted((a, b) => b - a));
      assert.deepEqual(watch.found, []);
      await close();
    });

    test('appears without a layout jump', async () => {
      const { page, watch, close } = await openPage(world.browser, world.base);
      watch.allowed = /Failed to load resource/;
      // Incidents that arrive while this is measured may move the rows below them.
      await page.route('**/api/v1/events', (route) => route.abort());
      await gotoList(page, world.base);
      await page.evaluate(() => document.fonts.ready);
      const shifts = await page.evaluate(() => window.shifts);
      assert.ok(shifts < 0.05, `cumulative layout shift ${shifts}`);
      assert.deepEqual(watch.found, []);
      await close();
    });

    test('loads more by cursor, each incident once', async () => {
      const { page, watch, close } = await openPage(world.browser, world.base);
      await gotoList(page, world.base);
      const { total } = await api(world.base, 'incidents?limit=1');
      const before = await rows(page).count();
      if (total > before) {
        await page.getByRole('button', { name: 'Load more' }).click();
        await eventually(async () => assert.ok((await rows(page).count()) > before));
      }
      const ids = await idsOf(page);
      assert.equal(new Set(ids).size, ids.length);
      assert.deepEqual(watch.found, []);
      await close();
    });

    test('keeps its filters in the URL: there, reload, and back', async () => {
      const { page, watch, close } = await openPage(world.browser, world.base);
      await gotoList(page, world.base);
      const all = await shownTotal(page);
      const { incidents } = await api(world.base, 'incidents?limit=1');
      const { providers } = await api(world.base, 'providers');
      const { id, name } = providers.find((each) => each.id === incidents[0].provider);

      await page.getByRole('button', { name: 'Provider: any' }).click();
      await page.getByRole('checkbox', { name, exact: true }).click();
      await page.waitForURL(`**/incidents?provider=${id}`);
      await page.keyboard.press('Escape');
      const matching = async () => {
        const answer = await api(world.base, `incidents?provider=${id}`);
        assert.equal(await shownTotal(page), answer.total);
        assert.ok((await idsOf(page)).every((each) => each.startsWith(`${id}/`)));
      };
      await eventually(matching);

      await page.getByRole('button', { name: 'Impact: any' }).click();
      await page.getByRole('checkbox', { name: 'Minor' }).click();
      await page.waitForURL(`**/incidents?provider=${id}&impact=minor`);
      await page.reload();
      await page.getByRole('button', { name: 'Impact Minor' }).waitFor();
      await page.goBack();
      await page.waitForURL(`**/incidents?provider=${id}`);
      await eventually(matching);
      await page.goBack();
      await page.waitForURL('**/incidents');
      await eventually(async () => assert.ok((await shownTotal(page)) >= all));
      assert.deepEqual(watch.found, []);
      await close();
    });

    test('searches titles and updates', async () => {
      const { page, watch, close } = await openPage(world.browser, world.base);
      await gotoList(page, world.base);
      await page.getByRole('searchbox').fill('error');
      await page.waitForURL('**/incidents?q=error');
      await eventually(async () => {
        const answer = await api(world.base, 'incidents?q=error');
        assert.equal(await shownTotal(page), answer.total);
      });
      await page.getByRole('searchbox').fill('no incident says zxqj');
      await page.getByRole('heading', { name: 'No incident matches' }).waitFor();
      await page.getByRole('button', { name: 'Clear filters' }).first().click();
      await rows(page).first().waitFor();
      assert.equal(new URL(page.url()).search, '');
      assert.equal(await page.getByRole('searchbox').inputValue(), '');
      assert.deepEqual(watch.found, []);
      await close();
    });

    test('shows the notice of the API', async () => {
      const { page, watch, close } = await openPage(world.browser, world.base);
      await gotoList(page, world.base);
      const { notice } = await api(world.base, 'pages');
      const shown = page.getByRole('region', { name: 'Notice' });
      if (notice) assert.equal(await shown.innerText(), notice);
      else assert.equal(await shown.count(), 0);
      assert.deepEqual(watch.found, []);
      await close();
    });

    test('sorts where the server does, and keeps it in the address', async () => {
      const { page, watch, close } = await openPage(world.browser, world.base);
      await gotoList(page, world.base);
      await page.getByRole('button', { name: 'Started' }).click();
      await page.waitForURL('**/incidents?sort=started_at');
      await eventually(async () => {
        const { incidents } = await api(world.base, 'incidents?sort=started_at&limit=20');
        const first = incidents.map(({ id }) => id);
        assert.deepEqual((await idsOf(page)).slice(0, first.length), first);
      });
      const header = page.getByRole('columnheader', { name: 'Started' });
      assert.equal(await header.getAttribute('aria-sort'), 'ascending');
      assert.deepEqual(watch.found, []);
      await close();
    });

    test('shows the columns that are chosen', async () => {
      const { page, watch, close } = await openPage(world.browser, world.base);
      await gotoList(page, world.base);
      const header = (name) => page.getByRole('columnheader', { name, exact: true });
      assert.equal(await header('Id').count(), 0);
      await page.getByRole('button', { name: 'Columns' }).click();
      await page.getByRole('checkbox', { name: 'Id', exact: true }).click();
      await header('Id').waitFor();
      await page.getByRole('checkbox', { name: 'Duration' }).click();
      await header('Duration').waitFor({ state: 'detached' });
      assert.match(page.url(), /columns=started,impact,incident,stages,status,id$/);
      await page.reload();
      await header('Id').waitFor();
      const [first] = await idsOf(page);
      await rows(page).first().getByText(first, { exact: true }).waitFor();
      assert.deepEqual(watch.found, []);
      await close();
    });

    test('narrows to a period of days', async () => {
      const { page, watch, close } = await openPage(world.browser, world.base);
      const { incidents } = await api(world.base, 'incidents?status=resolved&limit=1');
      const day = new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/Berlin' }).format(
        new Date(incidents[0].started_at),
      );
      await gotoList(page, world.base);
      await page.getByRole('button', { name: 'Period' }).click();
      await page.getByLabel('From').fill(day);
      await page.getByLabel('Until').fill(day);
      await page.waitForURL(`**/incidents?from=${day}&to=${day}`);
      await waitUntilIdle(page);
      await eventually(async () => {
        const starts = await startsOf(page);
        assert.ok(starts.length > 0);
        const days = starts.map((at) =>
          new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/Berlin' }).format(new Date(at)),
        );
        assert.deepEqual([...new Set(days)], [day]);
      });
      assert.deepEqual(watch.found, []);
      await close();
    });

    for (const width of [390, 1280, 1920, 3840]) {
      test(`fits ${width} px`, async () => {
        const options = { viewport: { width, height: 900 } };
        const { page, watch, close } = await openPage(world.browser, world.base, options);
        await gotoList(page, world.base);
        const wide = await page.evaluate(() => document.documentElement.scrollWidth);
        assert.ok(wide <= width, `the page is ${wide} px wide`);
        assert.deepEqual(watch.found, []);
        await close();
      });
    }
  });
}
