// SPDX-License-Identifier: Apache-2.0
// How fast the web is in a browser whose processor is slowed down four times: node bench.mjs BASE_URL [RUNS]
// Prints medians and the slowest of RUNS (default 5). It measures and asserts nothing about time.
import { createRequire } from 'node:module';
import { launch, openPage } from '../../e2e/browser/browser.mjs';

const require = createRequire(new URL('../../e2e/browser/run.mjs', import.meta.url));
require.resolve('playwright-core'); // says at once where npm ci is missing

const [base, count = '5'] = process.argv.slice(2);
if (!base) {
  process.stderr.write('usage: node bench.mjs BASE_URL [RUNS]\n');
  process.exit(2);
}
const slowdown = 4;
const runs = Number(count);

const sorted = (values) => values.toSorted((a, b) => a - b);
const median = (values) => sorted(values)[Math.floor(values.length / 2)];

function report(name, goal, values) {
  const words = `median ${Math.round(median(values))} ms, slowest ${Math.round(Math.max(...values))} ms`;
  process.stdout.write(`${name.padEnd(44)} ${words.padEnd(36)} (goal ${goal} ms)\n`);
}

async function slowPage(browser) {
  const opened = await openPage(browser, base, { reducedMotion: 'reduce' });
  const client = await opened.page.context().newCDPSession(opened.page);
  await client.send('Emulation.setCPUThrottlingRate', { rate: slowdown });
  return opened;
}

/** From the start of the navigation to when the page's content stands. */
async function firstView(browser, path, shown) {
  const { page, close } = await slowPage(browser);
  await page.addInitScript((selector) => {
    const look = () => {
      if (!document.querySelector(selector)) return requestAnimationFrame(look);
      return requestAnimationFrame(() => {
        window.shownAt = performance.now();
      });
    };
    requestAnimationFrame(look);
  }, shown);
  await page.goto(`${base}${path}`);
  await page.waitForFunction(() => window.shownAt !== undefined);
  const ms = await page.evaluate(() => window.shownAt);
  await close();
  return ms;
}

/** From the click on a level of impact until every chart in sight is drawn with the answer. */
async function filterChange(page, level) {
  await page.evaluate((wanted) => {
    window.drawnAt = undefined;
    const box = [...document.querySelectorAll('search input[type="checkbox"]')].find(
      (input) => input.parentElement.textContent === wanted,
    );
    const waiting = new Set(
      [...document.querySelectorAll('[data-draws]')].filter((chart) => {
        const { top, bottom } = chart.getBoundingClientRect();
        return bottom > 0 && top < innerHeight;
      }),
    );
    const started = performance.now();
    const observer = new MutationObserver((changes) => {
      for (const { target } of changes) waiting.delete(target);
      if (waiting.size > 0) return;
      observer.disconnect();
      requestAnimationFrame(() => {
        window.drawnAt = performance.now() - started;
      });
    });
    for (const chart of waiting) observer.observe(chart, { attributeFilter: ['data-draws'] });
    box.click();
  }, level);
  await page.waitForFunction(() => window.drawnAt !== undefined);
  return page.evaluate(() => window.drawnAt);
}

async function filterChanges(browser) {
  const { page, close } = await slowPage(browser);
  await page.goto(`${base}/analyses`);
  await page.locator('[data-draws]').first().waitFor();
  await page.getByRole('button', { name: 'Impact: any' }).click();
  const values = [];
  const levels = ['Major', 'Minor', 'Critical', 'None'];
  for (let at = 0; at < runs; at += 1) {
    await page.locator('[aria-busy="true"]').first().waitFor({ state: 'detached' });
    values.push(await filterChange(page, levels[at % levels.length]));
  }
  await close();
  return values;
}

const browser = await launch();
process.stdout.write(`${base}, processor slowed down ${slowdown} times, ${runs} runs\n`);
for (const [name, path, shown] of [
  ['first view: now', '/', '[data-service]'],
  ['first view: incidents', '/incidents', '[data-incident]'],
  ['first view: analyses, a chart drawn', '/analyses', '[data-draws]'],
]) {
  const values = [];
  for (let at = 0; at < runs; at += 1) values.push(await firstView(browser, path, shown));
  report(name, 1500, values);
}
report('another filter, until the charts are drawn', 300, await filterChanges(browser));
await browser.close();
