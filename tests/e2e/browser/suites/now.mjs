// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { api, eventually, openPage } from '../browser.mjs';

const cards = (page) => page.locator('[data-service]');

export function now(world) {
  describe('the page of now', () => {
    test('shows every service in the state that the API tells', async () => {
      const { page, watch, close } = await openPage(world.browser, world.base);
      await page.goto(world.base);
      await cards(page).first().waitFor();
      await eventually(async () => {
        const { services, summary } = await api(world.base, 'status');
        const shown = await cards(page).evaluateAll((all) =>
          all.map(({ dataset }) => `${dataset.service} ${dataset.serviceState}`),
        );
        assert.deepEqual(
          shown.toSorted(),
          services.map(({ service, status }) => `${service} ${status}`).toSorted(),
        );
        const sentence = await page.getByRole('heading', { level: 1 }).innerText();
        if (summary.troubled > 0) {
          assert.ok(sentence.startsWith(`${summary.troubled} of ${summary.services} `), sentence);
        } else {
          assert.doesNotMatch(sentence, /trouble/);
        }
      });
      assert.deepEqual(watch.found, []);
      await close();
    });

    test('leads from a service to its page and from a provider to its own', async () => {
      const { page, watch, close } = await openPage(world.browser, world.base);
      await page.goto(world.base);
      const card = cards(page).first();
      const service = await card.getAttribute('data-service');
      await card.getByRole('heading', { level: 3 }).getByRole('link').click();
      await page.waitForURL(`**/services/${service}`);
      await page.getByRole('heading', { level: 2, name: 'Last incidents' }).waitFor();
      await page.goBack();
      await page.getByRole('heading', { level: 2 }).first().getByRole('link').click();
      await page.waitForURL(`**/providers/${service.split('/')[0]}`);
      assert.deepEqual(watch.found, []);
      await close();
    });

    test('appears without a layout jump', async () => {
      const { page, watch, close } = await openPage(world.browser, world.base);
      watch.allowed = /Failed to load resource/;
      await page.route('**/api/v1/events', (route) => route.abort());
      await page.goto(world.base);
      await cards(page).first().waitFor();
      await page.evaluate(() => document.fonts.ready);
      const shifts = await page.evaluate(() => window.shifts);
      assert.ok(shifts < 0.1, `cumulative layout shift ${shifts}`);
      assert.deepEqual(watch.found, []);
      await close();
    });
  });
}
