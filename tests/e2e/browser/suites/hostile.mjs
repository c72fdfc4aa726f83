// SPDX-License-Identifier: Apache-2.0
// Text of status pages is anybody's text: what the API answers is replaced by the worst of it, on every page that shows
// such text.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { eventually, openPage } from '../browser.mjs';

const attack = '<img src=x onerror="alert(1)"><script>alert(2)</script>';
const title = `${attack} \u202egnp.exe\u2066 ${'W'.repeat(100_000)}`;
const body = [
  attack,
  '[a link](javascript:alert(3)) <a href="javascript:alert(4)">x</a>',
  '![i](https://evil.example/x.png) <iframe src="https://evil.example"></iframe>',
  '<style>body { display: none }</style><svg onload="alert(5)"></svg>',
  '**bold** and `code`, \u202eright to left\u202c',
  'y'.repeat(100_000),
].join('\n\n');

const incident = {
  id: 'openai/evil',
  native_id: 'evil',
  provider: 'openai',
  page: 'openai',
  title,
  url: 'javascript:alert(6)',
  impact: 'critical',
  status: 'investigating',
  services: ['openai/<b>api</b>'],
  stages: { investigating: '2024-08-28T18:16:00Z' },
  started_at: '2024-08-28T18:16:00Z',
  ongoing: true,
  flags: ['<script>alert(7)</script>'],
  revision: 1,
  impact_intervals: [
    { service: 'openai/<i>x</i>', from: '2024-08-28T18:16:00Z', level: 'major_outage' },
  ],
};
const list = { incidents: [incident], total: 1, next_cursor: '' };

async function evilGateway(page) {
  const json = (value) => (route) =>
    route.fulfill({ status: 200, contentType: 'application/json', body: JSON.stringify(value) });
  await page.route('**/api/v1/events', (route) => route.abort());
  await page.route(/\/api\/v1\/incidents\?/, json(list));
  await page.route(/\/api\/v1\/analyses\/[^/]+\/incidents\?/, json({ ...list, data_version: 1 }));
  await page.route(
    /\/api\/v1\/incidents\/openai%2Fevil/,
    json({ ...incident, updates: [{ status: 'investigating', at: incident.started_at, body }] }),
  );
  await page.route(
    '**/api/v1/status',
    json({
      services: [
        {
          service: 'openai/api',
          provider: 'openai',
          status: 'major_outage',
          since: incident.started_at,
          page: 'openai',
          ongoing_incidents: ['openai/evil'],
        },
      ],
      summary: { services: 1, troubled: 1, unknown: 0 },
    }),
  );
  await page.route(
    '**/api/v1/pages',
    json({
      pages: [
        {
          id: 'openai',
          provider: 'openai',
          platform: attack,
          url: 'javascript:alert(8)',
          status: 'active',
          interval_seconds: 60,
          health: {
            page: 'openai',
            state: 'unreachable',
            last_error: title,
            consecutive_failures: 1,
            detected_platform: attack,
            redirected_to: attack,
          },
        },
      ],
    }),
  );
}

export function hostile(world) {
  describe('hostile text', () => {
    for (const width of [1280, 390]) {
      for (const [path, shown] of [
        ['/', '[data-service] bdi'],
        ['/incidents', '[data-incident] bdi'],
        ['/incidents?columns=incident,flags,id', '[data-incident] bdi'],
        ['/incidents/openai/evil', 'h1 bdi'],
        ['/analyses/weekday-distribution/incidents?cell=provider:openai', '[data-incident] bdi'],
        ['/sources', '[data-page]'],
      ]) {
        test(`is harmless and readable on ${path} at ${width} px`, async () => {
          const options = { viewport: { width, height: 900 } };
          const { page, watch, close } = await openPage(world.browser, world.base, options);
          watch.allowed = /Failed to load resource/;
          await evilGateway(page);
          await page.goto(`${world.base}${path}`);
          const words = page.locator(shown).first();
          await words.waitFor();
          // On the board the id stands for the title until the incident is loaded.
          await eventually(async () =>
            assert.ok((await words.innerText()).includes('<script>'), 'the markup is shown as text'),
          );
          assert.doesNotMatch(await words.innerText(), /[\u202a-\u202e\u2066-\u2069]/);
          const alive = 'main :is(script, iframe, style, img, [href^="javascript" i], [onerror], [onload])';
          assert.equal(await page.locator(alive).count(), 0);
          const wide = await page.evaluate(() => document.documentElement.scrollWidth);
          assert.ok(wide <= width, `the page is ${wide} px wide`);
          assert.deepEqual(watch.found, []);
          await close();
        });
      }
    }

    test('of an update is formatted, never run', async () => {
      const { page, watch, close } = await openPage(world.browser, world.base);
      watch.allowed = /Failed to load resource/;
      await evilGateway(page);
      await page.goto(`${world.base}/incidents/openai/evil`);
      const updates = page.locator('section[aria-labelledby="updates"]');
      await updates.getByText('bold').first().waitFor();
      await updates.getByRole('button', { name: /^Show all/ }).click();
      await updates.getByRole('button', { name: 'Show less' }).waitFor();
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      assert.ok(wide <= 1280, `the page is ${wide} px wide`);
      const links = await updates.locator('a').evaluateAll((all) => all.map(({ href }) => href));
      for (const href of links) assert.match(href, /^https?:/);
      assert.deepEqual(watch.found, []);
      await close();
    });

    test('in the address changes nothing but the search', async () => {
      const { page, watch, close } = await openPage(world.browser, world.base);
      watch.allowed = /400|404/;
      const evil = encodeURIComponent(attack);
      for (const path of [
        `/incidents?q=${evil}`,
        `/analyses?services=${evil}&tz=${evil}&from=${evil}&compare=${evil}`,
        `/analyses/impact-distribution?show=view:${evil}`,
        `/analyses/impact-distribution/incidents?cell=${evil}`,
        `/providers/${evil}`,
        `/services/${evil}/${evil}`,
      ]) {
        await page.goto(`${world.base}${path}`);
        await page.getByRole('heading', { level: 1 }).waitFor();
        assert.equal(await page.locator('main :is(script, img)').count(), 0, path);
      }
      assert.deepEqual(watch.found, []);
      await close();
    });
  });
}
