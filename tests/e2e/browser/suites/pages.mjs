// SPDX-License-Identifier: Apache-2.0
// Providers, services, sources and the reference.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { api, eventually, openPage, rows } from '../browser.mjs';

const routes = ['/', '/analyses', '/analyses/ttr-boxplot', '/incidents', '/providers', '/sources', '/reference'];

export function pages(world) {
  describe('the other pages', () => {
    test('a provider has its services, numbers, calendars, incidents and analyses', async () => {
      const { providers } = await api(world.base, 'providers');
      const provider = providers[0];
      const { page, watch, close } = await openPage(world.browser, world.base);
      await page.goto(`${world.base}/providers`);
      await page.getByRole('link', { name: provider.name, exact: true }).click();
      await page.waitForURL(`**/providers/${provider.id}`);
      await page.getByRole('heading', { level: 1, name: provider.name }).waitFor();
      for (const { name } of provider.services) {
        await page.getByRole('main').getByRole('link', { name: new RegExp(`^${name}`) }).first().waitFor();
      }
      await page.getByText('Mean time to recover', { exact: true }).first().waitFor();
      await rows(page).first().waitFor();
      const { incidents, total } = await api(world.base, `incidents?provider=${provider.id}&limit=6`);
      await eventually(async () => {
        const shown = await rows(page).evaluateAll((all) => all.map(({ dataset }) => dataset.incident));
        assert.deepEqual(shown, incidents.map(({ id }) => id));
      });
      await page.getByRole('link', { name: `All ${total.toLocaleString('en-GB')}` }).waitFor();
      const charts = page.locator('section[data-shape]');
      const { analyses } = await api(world.base, 'analyses');
      await eventually(async () => assert.equal(await charts.count(), analyses.length));
      assert.deepEqual(watch.found, []);
      await close();
    });

    test('a service’s calendar leads to the incidents of a day', async () => {
      const { page, watch, close } = await openPage(world.browser, world.base);
      const { incidents } = await api(world.base, 'incidents?status=resolved&limit=50');
      const recent = incidents.find(
        ({ services, started_at: at }) =>
          services.length > 0 && Date.now() - Date.parse(at) < 300 * 86_400_000,
      );
      // Recorded pages may end years ago: then a year holds no outage.
      const service = (recent ?? incidents.find(({ services }) => services.length > 0)).services[0];
      await page.goto(`${world.base}/services/${service}`);
      await page.getByRole('heading', { level: 2, name: 'The last year' }).waitFor();
      if (recent) {
        await page.getByText(/days? with an outage/).click();
        await page.locator('figcaption li a').first().click();
        await page.waitForURL(/daily-availability\/incidents\?.*cell=group:/);
        await eventually(async () => assert.ok((await rows(page).count()) > 0));
      } else {
        await page.getByText('No record of days yet').or(page.getByRole('img').first()).first().waitFor();
      }
      assert.deepEqual(watch.found, []);
      await close();
    });

    test('unknown providers and services are told', async () => {
      const { page, watch, close } = await openPage(world.browser, world.base);
      for (const path of ['/providers/nobody', '/services/nobody/nothing', '/analyses/none-such']) {
        await page.goto(`${world.base}${path}`);
        await page.getByRole('heading', { level: 1, name: 'Nothing here' }).waitFor();
      }
      assert.deepEqual(watch.found, []);
      await close();
    });

    test('the sources are those of the API, each with its state', async () => {
      const { page, watch, close } = await openPage(world.browser, world.base);
      await page.goto(`${world.base}/sources`);
      const listed = (await api(world.base, 'pages')).pages;
      const shown = page.locator('[data-page]');
      await eventually(async () =>
        assert.deepEqual(
          await shown.evaluateAll((all) => all.map(({ dataset }) => dataset.page)),
          listed.map(({ id }) => id),
        ),
      );
      assert.ok(await shown.first().getByRole('button', { name: /Poll now/ }).isDisabled());
      assert.deepEqual(watch.found, []);
      await close();
    });

    test('a wrong key is refused, and told', async () => {
      const { page, watch, close } = await openPage(world.browser, world.base);
      watch.allowed = /401|403/;
      await page.goto(`${world.base}/sources`);
      await page.getByLabel('API key').fill('not-a-key');
      const listed = (await api(world.base, 'pages')).pages;
      const active = listed.find(({ status }) => status === 'active');
      if (active) {
        const row = page.locator(`[data-page="${active.id}"]`);
        await row.getByRole('button', { name: /Poll now/ }).click();
        await row.getByText('The key is not accepted').waitFor();
      }
      assert.deepEqual(watch.found, []);
      await close();
    });

    test('the reference shows every path of the contract', async () => {
      const { page, watch, close } = await openPage(world.browser, world.base);
      await page.goto(`${world.base}/reference`);
      const contract = await (await fetch(`${world.base}/api/v1/openapi.yaml`)).text();
      const paths = [...contract.matchAll(/^ {2}(\/api\S+):$/gm)].map(([, path]) => path);
      assert.ok(paths.length > 8);
      for (const path of paths) await page.getByText(path, { exact: true }).first().waitFor();
      await page.getByText(`curl -N '${world.base}/api/v1/events'`).waitFor();
      assert.deepEqual(watch.found, []);
      await close();
    });

    for (const width of [390, 1280, 1920, 3840]) {
      test(`every page fits ${width} px`, async () => {
        const options = { viewport: { width, height: 900 } };
        const { page, watch, close } = await openPage(world.browser, world.base, options);
        for (const path of routes) {
          await page.goto(`${world.base}${path}`);
          await page.getByRole('heading', { level: 1 }).waitFor();
          await page.locator('[aria-busy="true"]').first().waitFor({ state: 'detached' });
          const wide = await page.evaluate(() => document.documentElement.scrollWidth);
          assert.ok(wide <= width, `${path} is ${wide} px wide`);
        }
        assert.deepEqual(watch.found, []);
        await close();
      });
    }

    test('less than 300 KB of script before a chart is needed', async () => {
      const { page, close } = await openPage(world.browser, world.base);
      const client = await page.context().newCDPSession(page);
      await client.send('Network.enable');
      const scripts = new Map();
      let bytes = 0;
      client.on('Network.responseReceived', ({ requestId, type }) => {
        if (type === 'Script') scripts.set(requestId, true);
      });
      client.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
        if (scripts.has(requestId)) bytes += encodedDataLength;
      });
      for (const path of ['/', '/incidents', '/sources', '/providers']) {
        await page.goto(`${world.base}${path}`);
        await page.getByRole('heading', { level: 1 }).waitFor();
        await page.waitForLoadState('load');
      }
      assert.ok(scripts.size > 0);
      assert.ok(bytes < 300_000, `${bytes} bytes of script`);
      await close();
    });
  });
}
