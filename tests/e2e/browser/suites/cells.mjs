// SPDX-License-Identifier: Apache-2.0
// From every chart to the incidents behind it: by a click on the drawing, and from the table, where what is counted in
// the cell must be what is listed behind it.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { api, eventually, gotoAnalysis, openPage, rows } from '../browser.mjs';

// The 17 of FAILS. The summary and the data's quality are tables; they follow below with the others.
const charts = [
  'weekday-distribution',
  'hourly-distribution',
  'ttr-distribution',
  'ttr-by-provider',
  'ttr-boxplot',
  'tbf-distribution',
  'tbf-by-provider',
  'tbf-boxplot',
  'resolution-stages',
  'status-combinations',
  'daily-availability',
  'cooccurrence-matrix',
  'cooccurrence-probability',
  'impacted-services',
  'incident-outage-timeline',
  'autocorrelation',
  'impact-distribution',
];

// Whose table holds counts of incidents, so that a number can be compared with the list behind it.
const counted = [
  'weekday-distribution',
  'hourly-distribution',
  'status-combinations',
  'impacted-services',
  'incident-outage-timeline',
  'impact-distribution',
  'data-quality',
];

const cellUrl = /\/analyses\/[a-z0-9-]+\/incidents\?.*cell=/;

/** What the page of a cell shows equals what the API lists for the same address. */
async function matches(page, base) {
  const total = page.getByTestId('cell-total');
  await page.locator('[data-total]').waitFor();
  const { pathname, searchParams } = new URL(page.url());
  const id = pathname.split('/')[2];
  await eventually(async () => {
    const answer = await api(base, `analyses/${id}/incidents?${searchParams}`);
    assert.equal(await total.getAttribute('data-total'), String(answer.total), page.url());
    const shown = await rows(page).evaluateAll((all) => all.map(({ dataset }) => dataset.incident));
    assert.deepEqual(shown.slice(0, 20), answer.incidents.slice(0, 20).map(({ id: each }) => each));
  });
  return Number(await total.getAttribute('data-total'));
}

/** Clicks on one shape of the drawing after the other until one leads away. */
async function clickThrough(page) {
  const shapes = await page.locator('[data-drawn] svg path').evaluateAll((all) =>
    all.flatMap((path) => {
      const { x, y, width, height } = path.getBoundingClientRect();
      const fill = getComputedStyle(path).fill;
      const seen = x >= 0 && y >= 0 && x + width <= innerWidth && y + height <= innerHeight;
      return fill !== 'none' && seen && width >= 1 && height > 2
        ? [{ x: x + width / 2, y: y + height / 2, area: width * height }]
        : [];
    }),
  );
  assert.ok(shapes.length > 0, 'nothing is drawn');
  for (const { x, y } of shapes.toSorted((a, b) => b.area - a.area).slice(0, 80)) {
    await page.mouse.move(x, y);
    await page.mouse.click(x, y);
    // What lies behind the shape is nothing where it leads nowhere within this time.
    const led = await page.waitForURL(cellUrl, { timeout: 1500 }).then(
      () => true,
      () => false,
    );
    if (led) return;
  }
  assert.fail(`none of ${shapes.length} shapes leads to incidents`);
}

export function cells(world) {
  describe('from a chart to its incidents', () => {
    for (const id of charts) {
      test(`a click on ${id}`, async () => {
        const { page, watch, close } = await openPage(world.browser, world.base, {
          viewport: { width: 1280, height: 1100 },
        });
        await gotoAnalysis(page, world.base, id);
        if (await page.getByText('No incident of this query can be counted here.').count()) {
          // Nothing to click on, and nothing to be found by the API either.
          const answer = await api(world.base, `analyses/${id}`);
          assert.equal(answer.n, 0);
        } else {
          await clickThrough(page);
          await matches(page, world.base);
        }
        assert.deepEqual(watch.found, []);
        await close();
      });
    }

    for (const id of counted) {
      test(`the counts in the table of ${id}`, async () => {
        const { page, watch, close } = await openPage(world.browser, world.base);
        await page.goto(`${world.base}/analyses/${id}?show=table:on`);
        await page.locator('tbody').waitFor();
        const links = await page.locator('tbody a').evaluateAll((all) =>
          all
            .filter((link) => /^[\d,]+$/.test(link.textContent))
            .map((link) => ({ href: link.href, count: Number(link.textContent.replaceAll(',', '')) })),
        );
        const step = Math.max(1, Math.floor(links.length / 4));
        for (const { href, count } of links.filter((_, at) => at % step === 0)) {
          await page.goto(href);
          assert.equal(await matches(page, world.base), count, href);
        }
        assert.deepEqual(watch.found, []);
        await close();
      });
    }

    test('the page of a cell leads on to an incident and back to its chart', async () => {
      const { page, watch, close } = await openPage(world.browser, world.base);
      await gotoAnalysis(page, world.base, 'weekday-distribution', '?tz=America/Los_Angeles');
      await clickThrough(page);
      await rows(page).first().getByRole('link').click();
      await page.waitForURL(/\/incidents\/[^/]+\/[^/?]+$/);
      await page.goBack();
      await page.waitForURL(cellUrl);
      await page.getByText('Days in America/Los_Angeles', { exact: true }).waitFor();
      await page.getByRole('main').getByRole('link', { name: 'Incidents by weekday' }).click();
      await page.waitForURL('**/analyses/weekday-distribution?tz=America/Los_Angeles');
      assert.deepEqual(watch.found, []);
      await close();
    });

    test('an address that names no cell, or none that there is, is told', async () => {
      const { page, watch, close } = await openPage(world.browser, world.base);
      watch.allowed = /400/;
      await page.goto(`${world.base}/analyses/weekday-distribution/incidents`);
      await page.getByRole('heading', { name: 'The address names no cell of the analysis.' }).waitFor();
      await page.goto(`${world.base}/analyses/weekday-distribution/incidents?cell=colour:red`);
      await page.getByRole('heading', { name: 'That did not work' }).waitFor();
      assert.deepEqual(watch.found, []);
      await close();
    });
  });
}
