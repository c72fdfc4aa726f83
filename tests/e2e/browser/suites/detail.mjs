// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { api, eventually, gotoList, openPage, rows } from '../browser.mjs';

const collapse = (text) => text.replace(/\s+/g, ' ').trim();

export function detail(world) {
  describe('the incident page', () => {
    test('opens from the list and leads back to the same list', async () => {
      const { page, watch, close } = await openPage(world.browser, world.base);
      await gotoList(page, world.base, '?status=resolved');
      const id = await rows(page).first().getAttribute('data-incident');
      const row = page.locator(`[data-incident="${id}"]`); // others may arrive above it
      const title = await row.getByRole('heading').innerText();
      await row.getByRole('link').click();
      await page.waitForURL(`**/incidents/${id}`);
      await eventually(async () =>
        assert.equal(collapse(await page.getByRole('heading', { level: 1 }).innerText()), collapse(title)),
      );
      await page.getByRole('main').getByRole('link', { name: 'Incidents' }).click();
      await page.waitForURL('**/incidents?status=resolved');
      await rows(page).first().waitFor();
      assert.deepEqual(watch.found, []);
      await close();
    });

    test('shows stages, updates and facts of the API', async () => {
      const { incidents } = await api(world.base, 'incidents?status=resolved&limit=20');
      const { id } = incidents.find(({ stages }) => Object.keys(stages).length > 2) ?? incidents[0];
      const incident = await api(world.base, `incidents/${encodeURIComponent(id)}`);
      const { page, watch, close } = await openPage(world.browser, world.base);
      await page.goto(`${world.base}/incidents/${id}`);
      await page.getByRole('table').first().waitFor();

      const times = await page
        .locator('section[aria-labelledby="stages"] tbody time')
        .evaluateAll((all) => all.map((time) => [time.dateTime, time.title]));
      assert.deepEqual(
        times.map(([at]) => at).toSorted(),
        Object.values(incident.stages).toSorted(),
      );
      assert.ok(times.every(([, title]) => /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC$/.test(title)));

      // Letters and digits alone: what formats the text is not shown as text.
      const words = (text) => text.replace(/[^\p{L}\p{N}]/gu, '');
      const bodies = await page
        .locator('section[aria-labelledby="updates"] li > [dir="auto"]')
        .evaluateAll((all) => all.map((body) => body.textContent));
      assert.deepEqual(
        bodies.map(words),
        incident.updates.map(({ body }) => words(body)).filter((body) => body !== ''),
      );
      assert.equal(await page.getByText('Times in Europe/Berlin').count(), 1);
      const link = page.getByRole('link', { name: /^Read on/ });
      assert.equal(await link.count(), /^https?:/.test(incident.url) ? 1 : 0);
      assert.deepEqual(watch.found, []);
      await close();
    });

    test('says when there is no such incident', async () => {
      const { page, watch, close } = await openPage(world.browser, world.base);
      watch.allowed = /404/;
      await page.goto(`${world.base}/incidents/openai/none-of-that-name`);
      await page.getByRole('heading', { level: 1, name: 'Nothing here' }).waitFor();
      await page.getByRole('link', { name: 'To the incidents' }).click();
      await rows(page).first().waitFor();
      assert.deepEqual(watch.found, []);
      await close();
    });
  });
}
