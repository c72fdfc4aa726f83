// SPDX-License-Identifier: Apache-2.0
// The pictures of the documentation: node screenshots.mjs BASE_URL OUTDIR [NAME ...]
// Every page in both themes at three widths; with names, only pictures whose name begins so.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { api, launch, openPage, waitUntilLive } from './browser.mjs';

const [base, directory, ...wanted] = process.argv.slice(2);
if (!base || !directory) {
  process.stderr.write('usage: node screenshots.mjs BASE_URL OUTDIR [NAME ...]\n');
  process.exit(2);
}

const viewports = {
  390: { width: 390, height: 844 },
  1280: { width: 1280, height: 800 },
  1920: { width: 1920, height: 1080 },
};

const stagesOf = ({ stages }) => Object.keys(stages).length;
const { incidents } = await api(base, 'incidents?status=resolved&limit=50');
const { id: incident } = incidents.toSorted((a, b) => stagesOf(b) - stagesOf(a))[0];
const { providers } = await api(base, 'providers');
const service = providers[0].services[0].id;

const pages = [
  { name: 'now', path: '/', shown: '[data-service] svg path' },
  { name: 'analyses', path: '/analyses', shown: '[data-drawn]' },
  { name: 'analysis', path: '/analyses/ttr-distribution?show=view:cumulative', shown: '[data-drawn]' },
  {
    name: 'compare',
    path: `/analyses/weekday-distribution?compare=${providers[0].id}~${providers[1]?.id ?? providers[0].id}`,
    shown: '[data-drawn]',
  },
  {
    name: 'behind',
    path: `/analyses/weekday-distribution/incidents?cell=provider:${providers[0].id};bin:Monday`,
    shown: '[data-incident]',
  },
  { name: 'incidents', path: '/incidents', shown: '[data-incident]' },
  { name: 'incident', path: `/incidents/${incident}`, shown: 'table' },
  { name: 'providers', path: '/providers', shown: 'svg path' },
  { name: 'provider', path: `/providers/${providers[0].id}`, shown: 'figure' },
  { name: 'service', path: `/services/${service}`, shown: 'figure' },
  { name: 'sources', path: '/sources', shown: '[data-page]' },
  { name: 'api', path: '/reference', shown: 'h3' },
];

await mkdir(directory, { recursive: true });
const browser = await launch();
for (const { name, path, shown } of pages) {
  for (const colorScheme of ['light', 'dark']) {
    for (const [width, viewport] of Object.entries(viewports)) {
      const file = `${name}-${colorScheme}-${width}`;
      if (wanted.length > 0 && !wanted.some((each) => file.startsWith(each))) continue;
      const options = { viewport, colorScheme, reducedMotion: 'reduce' };
      const { page, close } = await openPage(browser, base, options);
      await page.goto(`${base}${path}`);
      await page.locator(shown).first().waitFor({ state: 'attached' });
      await page.locator('[aria-busy="true"]').first().waitFor({ state: 'detached' });
      await waitUntilLive(page);
      await page.evaluate(() => document.fonts.ready);
      await page.screenshot({ path: join(directory, `${file}.png`) });
      await close();
    }
  }
}
await browser.close();
