// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { api, axe, gotoList, openPage, waitUntilIdle } from '../browser.mjs';

export function accessibility(world) {
  describe('axe finds nothing serious', () => {
    for (const colorScheme of ['light', 'dark']) {
      for (const width of [1280, 390]) {
        test(`${colorScheme}, ${width} px`, async () => {
          // Without motion: a contrast in the middle of a fade says nothing.
          const options = { colorScheme, viewport: { width, height: 844 }, reducedMotion: 'reduce' };
          const { page, watch, close } = await openPage(world.browser, world.base, options);
          await gotoList(page, world.base);
          assert.deepEqual(await axe(page), [], 'the list');

          await page.getByRole('button', { name: 'Service: any' }).click();
          await page.getByRole('checkbox').first().click();
          await page.waitForURL(/\?service=/);
          await waitUntilIdle(page);
          assert.deepEqual(await axe(page), [], 'an open filter');

          const { incidents } = await api(world.base, 'incidents?limit=1&status=resolved');
          await page.goto(`${world.base}/incidents/${incidents[0].id}`);
          await page.getByRole('table').first().waitFor();
          assert.deepEqual(await axe(page), [], 'an incident');

          for (const [path, shown] of [
            ['/', '[data-service]'],
            ['/analyses', '[data-drawn]'],
            ['/analyses/impact-distribution?show=table:on', 'tbody'],
            ['/analyses/impact-distribution?period=365&compare=before', 'h3'],
            ['/providers', 'h2'],
            ['/providers/openai', 'section[data-shape]'],
            ['/services/openai/api', 'section[data-shape]'],
            ['/sources', '[data-page]'],
            ['/reference', 'h3'],
          ]) {
            await page.goto(`${world.base}${path}`);
            await page.locator(shown).first().waitFor({ state: 'attached' });
            if (shown === 'section[data-shape]') {
              // A chart is drawn when it is seen.
              await page.locator(shown).first().scrollIntoViewIfNeeded();
              await page.locator('[data-drawn]').first().waitFor();
            }
            assert.deepEqual(await axe(page), [], path);
          }

          await page.goto(`${world.base}/no/such/page`);
          await page.getByRole('heading', { level: 1 }).waitFor();
          assert.deepEqual(await axe(page), [], 'the 404 view');
          assert.deepEqual(watch.found, []);
          await close();
        });
      }
    }
  });
}
