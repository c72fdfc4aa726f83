// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe, test } from 'node:test';
import { api, eventually, gotoAnalysis, openPage, run } from '../browser.mjs';

const shownN = (page, id) => page.locator(`#${id} [data-n]`).first().getAttribute('data-n');

export function analyses(world) {
  describe('the analyses', () => {
    test('show one chart for each that the API lists, with its n', async () => {
      const { page, watch, close } = await openPage(world.browser, world.base);
      await page.goto(`${world.base}/analyses`);
      await page.locator('[data-drawn]').first().waitFor();
      const { analyses: listed } = await api(world.base, 'analyses');
      assert.ok(listed.length >= 17);
      const ids = await page.locator('section[data-shape]').evaluateAll((all) => all.map(({ id }) => id));
      assert.deepEqual(ids, listed.map(({ id }) => id));
      await eventually(async () => {
        const { analyses: answers } = await run(world.base, {});
        for (const { id, n } of answers) assert.equal(await shownN(page, id), String(n), id);
      });
      assert.deepEqual(watch.found, []);
      await close();
    });

    test('carry their filters in the address, forth and back', async () => {
      const { page, watch, close } = await openPage(world.browser, world.base);
      await page.goto(`${world.base}/analyses`);
      await page.locator('[data-drawn]').first().waitFor();
      const { providers } = await api(world.base, 'providers');
      const service = providers[0].services[0];
      await page.getByRole('button', { name: 'Services: any' }).click();
      await page.getByRole('checkbox', { name: service.name, exact: true }).first().click();
      await page.waitForURL(`**/analyses?services=${service.id}`);
      await page.getByRole('button', { name: 'Impact: any' }).click();
      await page.getByRole('checkbox', { name: 'Critical' }).click();
      await page.waitForURL(`**/analyses?services=${service.id}&impact=critical`);
      const id = 'weekday-distribution';
      const answers = async (query) => (await run(world.base, { analyses: [id], ...query })).analyses[0];
      await eventually(async () => {
        const { n } = await answers({ services: [service.id], impact: ['critical'] });
        assert.equal(await shownN(page, id), String(n));
      });
      await page.reload();
      await page.getByRole('button', { name: 'Impact Critical' }).waitFor();
      await eventually(async () => {
        const { n } = await answers({ services: [service.id], impact: ['critical'] });
        assert.equal(await shownN(page, id), String(n));
      });
      await page.goBack();
      await page.waitForURL(`**/analyses?services=${service.id}`);
      await eventually(async () => {
        const { n } = await answers({ services: [service.id] });
        assert.equal(await shownN(page, id), String(n));
      });
      assert.deepEqual(watch.found, []);
      await close();
    });

    test('zoom into the stretch of time that is marked on a chart', async () => {
      const { page, watch, close } = await openPage(world.browser, world.base);
      await gotoAnalysis(page, world.base, 'incident-outage-timeline');
      const box = await page.locator('[data-drawn]').boundingBox();
      const y = box.y + box.height * 0.25;
      await page.mouse.move(box.x + box.width * 0.4, y);
      await page.mouse.down();
      await page.mouse.move(box.x + box.width * 0.6, y, { steps: 6 });
      await page.mouse.up();
      await page.waitForURL(/[?&]from=\d{4}-\d\d-01&to=\d{4}-\d\d-01/);
      await page.getByRole('button', { name: /^Custom \d{1,2} \w+ \d{4} – / }).waitFor();
      assert.deepEqual(watch.found, []);
      await close();
    });

    test('zoom into what a finger is drawn across, and scroll under one that goes up', async () => {
      const { page, watch, close } = await openPage(world.browser, world.base, {
        viewport: { width: 390, height: 844 },
        hasTouch: true,
        isMobile: true,
      });
      await gotoAnalysis(page, world.base, 'incident-outage-timeline');
      await page.locator('[data-brush]').scrollIntoViewIfNeeded();
      const finger = await page.context().newCDPSession(page);
      // As a finger does it: what the browser takes for scrolling never reaches the chart.
      const swipe = async (points) => {
        await finger.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [points[0]] });
        for (const point of points.slice(1)) {
          await finger.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: [point] });
        }
        await finger.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
      };
      const { x, y, width, height } = await page.locator('[data-brush]').boundingBox();
      const at = (right, down) => ({ x: x + width * right, y: y + height * down });
      const scrolled = () => page.evaluate(() => window.scrollY);
      const before = await scrolled();
      await swipe([0.4, 0.35, 0.3, 0.2, 0.1, 0].map((down) => at(0.5, down)));
      await eventually(async () => assert.ok((await scrolled()) > before, 'the page stays where it is'));
      assert.doesNotMatch(page.url(), /from=/);

      await page.locator('[data-brush]').scrollIntoViewIfNeeded();
      const box = await page.locator('[data-brush]').boundingBox();
      const across = [0.4, 0.45, 0.5, 0.55, 0.6, 0.7];
      const level = Math.max(box.y + box.height * 0.25, 40);
      await swipe(across.map((right) => ({ x: box.x + box.width * right, y: level })));
      await page.waitForURL(/[?&]from=\d{4}-\d\d-01&to=\d{4}-\d\d-01/);
      assert.deepEqual(watch.found, []);
      await close();
    });

    test('stand side by side when two providers are compared', async () => {
      const { page, watch, close } = await openPage(world.browser, world.base);
      const { providers } = await api(world.base, 'providers');
      const [a, b] = providers;
      await page.goto(`${world.base}/analyses/impact-distribution?compare=${a.id}~${b.id}`);
      for (const { name } of [a, b]) {
        await page.getByRole('heading', { level: 3, name, exact: true }).waitFor();
      }
      await eventually(async () => {
        const ns = await page.locator('[data-n]').evaluateAll((all) => all.map(({ dataset }) => dataset.n));
        const wanted = [];
        for (const { services } of [a, b]) {
          const query = { analyses: ['impact-distribution'], services: services.map(({ id }) => id) };
          wanted.push(String((await run(world.base, query)).analyses[0].n));
        }
        assert.deepEqual(ns, wanted);
      });
      assert.deepEqual(watch.found, []);
      await close();
    });

    test('can be taken away as a drawing, a picture and a link', async () => {
      const { page, watch, close } = await openPage(world.browser, world.base, {
        permissions: ['clipboard-read', 'clipboard-write'],
      });
      await gotoAnalysis(page, world.base, 'hourly-distribution');
      const save = async (name) => {
        await page.getByRole('button', { name: 'Save', exact: true }).click();
        const [file] = await Promise.all([
          page.waitForEvent('download'),
          page.getByRole('button', { name }).click(),
        ]);
        return readFile(await file.path());
      };
      const svg = (await save('Drawing (SVG)')).toString();
      assert.match(svg, /^<svg/);
      assert.match(svg, /Incidents by hour/i);
      assert.doesNotMatch(svg, /<script|javascript:/i);
      const png = await save('Picture (PNG)');
      assert.deepEqual([...png.subarray(0, 4)], [0x89, 0x50, 0x4e, 0x47]);
      assert.ok(png.length > 20_000, `${png.length} bytes`);
      await page.getByText('Share', { exact: true }).click();
      await page.waitForURL(/show=values:share/);
      await page.getByRole('button', { name: 'Copy a link to this chart' }).click();
      const link = await page.evaluate(() => navigator.clipboard.readText());
      assert.equal(link, page.url());
      assert.deepEqual(watch.found, []);
      await close();
    });

    test('have a table with the same numbers, and a full screen', async () => {
      const { page, watch, close } = await openPage(world.browser, world.base);
      await gotoAnalysis(page, world.base, 'weekday-distribution');
      await page.getByRole('button', { name: 'As a table' }).click();
      const [answer] = (await run(world.base, { analyses: ['weekday-distribution'] })).analyses;
      const { services } = answer.result.groups[0];
      await eventually(async () => {
        const cells = await page.locator('tbody tr').first().locator('td').allInnerTexts();
        const counts = services[0].counts.map((count) => count.toLocaleString('en-GB'));
        assert.deepEqual(cells.slice(0, counts.length), counts);
      });
      assert.match(page.url(), /show=table:on/);
      await page.getByRole('button', { name: 'Full screen' }).click();
      await page.waitForFunction(() => document.fullscreenElement?.id === 'weekday-distribution');
      await page.getByRole('button', { name: 'As a table' }).click();
      // The drawing has what the words around it leave, and neither more nor less.
      await eventually(async () => {
        const { drawing, end, screen } = await page.evaluate(() => {
          const card = document.fullscreenElement;
          return {
            drawing: card.querySelector('[data-plot]').getBoundingClientRect().height,
            end: card.lastElementChild.getBoundingClientRect().bottom,
            screen: window.innerHeight,
          };
        });
        assert.ok(end <= screen && end > screen - 60, `ends at ${end} of ${screen}`);
        assert.ok(drawing > screen / 2, `${drawing} of ${screen}`);
      });
      await page.getByRole('button', { name: 'Leave the full screen' }).click();
      await page.waitForFunction(() => document.fullscreenElement === null);
      assert.deepEqual(watch.found, []);
      await close();
    });

    test('take a provider out of a chart and bring it back', async () => {
      const { page, watch, close } = await openPage(world.browser, world.base);
      await gotoAnalysis(page, world.base, 'weekday-distribution');
      const shapes = () => page.locator('[data-drawn] svg path').count();
      const all = await shapes();
      const { providers } = await api(world.base, 'providers');
      const [answer] = (await run(world.base, { analyses: ['weekday-distribution'] })).analyses;
      const name = providers.find(({ id }) => id === answer.result.groups[0].provider).name;
      const item = page.getByRole('list', { name: 'Legend' }).getByRole('button', { name, exact: true });
      await item.click();
      await eventually(async () => assert.ok((await shapes()) < all));
      assert.equal(await item.getAttribute('aria-pressed'), 'false');
      await item.click();
      await eventually(async () => assert.equal(await shapes(), all));
      assert.deepEqual(watch.found, []);
      await close();
    });
  });
}
