// SPDX-License-Identifier: Apache-2.0
// The files behind the page's links hold what the API lists for the same filters.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { api, gotoAnalysis, gotoList, openPage } from '../browser.mjs';

/** The records of a CSV file (RFC 4180), the header among them. */
function records(text) {
  const found = [[]];
  for (const match of text.matchAll(/("(?:[^"]|"")*"|[^",\r\n]*)(,|\r?\n|$)/g)) {
    const [whole, field, end] = match;
    if (whole === '') break;
    found.at(-1).push(field.startsWith('"') ? field.slice(1, -1).replaceAll('""', '"') : field);
    if (end !== ',') found.push([]);
  }
  return found.filter((record) => record.length > 0 && record.join('') !== '');
}

async function idsOfApi(base, query) {
  const ids = [];
  let cursor = '';
  do {
    const answer = await api(base, `incidents?${query}&limit=200${cursor && `&cursor=${cursor}`}`);
    ids.push(...answer.incidents.map(({ id }) => id));
    cursor = answer.next_cursor ?? '';
  } while (cursor);
  return ids.toSorted();
}

export function exports_(world) {
  describe('the exports', () => {
    for (const query of ['impact=critical', 'status=resolved&q=error']) {
      test(`of the list narrowed to ${query}`, async () => {
        const { page, watch, close } = await openPage(world.browser, world.base);
        await gotoList(page, world.base, `?${query}`);
        await page.getByRole('button', { name: 'Export' }).click();
        const href = (name) => page.getByRole('link', { name }).getAttribute('href');
        const text = async (name) => (await fetch(new URL(await href(name), world.base))).text();
        const wanted = await idsOfApi(world.base, query);
        const lines = (await text('Incidents with updates (NDJSON)')).split('\n').filter(Boolean);
        assert.deepEqual(lines.map((line) => JSON.parse(line).id).toSorted(), wanted);
        const [header, ...table] = records(await text('Incidents (CSV)'));
        const column = header.indexOf('id');
        assert.deepEqual(table.map((record) => record[column]).toSorted(), wanted);
        assert.deepEqual(watch.found, []);
        await close();
      });
    }

    test('of the outage days of one service', async () => {
      const { page, watch, close } = await openPage(world.browser, world.base);
      const { providers } = await api(world.base, 'providers');
      const service = providers[0].services[0].id;
      await gotoList(page, world.base, `?service=${service}`);
      await page.getByRole('button', { name: 'Export' }).click();
      const link = page.getByRole('link', { name: 'Outage days (NDJSON)' });
      const response = await fetch(new URL(await link.getAttribute('href'), world.base));
      assert.equal(response.status, 200);
      const days = (await response.text()).split('\n').filter(Boolean).map((line) => JSON.parse(line));
      for (const day of days) assert.equal(day.service, service);
      assert.deepEqual(watch.found, []);
      await close();
    });

    test('of a chart’s numbers, over its own query', async () => {
      const { page, watch, close } = await openPage(world.browser, world.base);
      await gotoAnalysis(page, world.base, 'impact-distribution', '?from=2024-01-01');
      await page.getByRole('button', { name: 'Save', exact: true }).click();
      const href = await page.getByRole('link', { name: 'Numbers (CSV)' }).getAttribute('href');
      assert.match(href, /^\/api\/v1\/analyses\/impact-distribution\.csv\?from=/);
      const response = await fetch(new URL(href, world.base));
      assert.equal(response.status, 200);
      assert.match(response.headers.get('content-type'), /text\/csv/);
      const table = records(await response.text());
      const answer = await api(world.base, href.replace('/api/v1/', '').replace('.csv', ''));
      for (const { provider } of answer.result.groups) {
        assert.ok(table.some((record) => record.includes(provider)), provider);
      }
      assert.deepEqual(watch.found, []);
      await close();
    });
  });
}
