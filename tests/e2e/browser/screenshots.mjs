// SPDX-License-Identifier: Apache-2.0
// The pictures of the README: node screenshots.mjs BASE_URL OUTDIR
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { api, gotoList, launch, openPage, waitUntilLive } from './browser.mjs';

const [base, directory] = process.argv.slice(2);
if (!base || !directory) {
  process.stderr.write('usage: node screenshots.mjs BASE_URL OUTDIR\n');
  process.exit(2);
}

const desk = { width: 1280, height: 800 };
const phone = { width: 390, height: 844 };
const pictures = [
  { name: 'incidents-light', viewport: desk, colorScheme: 'light' },
  { name: 'incidents-dark', viewport: desk, colorScheme: 'dark' },
  { name: 'incidents-phone', viewport: phone, colorScheme: 'light' },
  { name: 'incident-light', viewport: desk, colorScheme: 'light', detail: true },
];

await mkdir(directory, { recursive: true });
const browser = await launch();
for (const { name, detail, ...options } of pictures) {
  const { page, close } = await openPage(browser, base, { ...options, reducedMotion: 'reduce' });
  if (detail) {
    const { incidents } = await api(base, 'incidents?status=resolved&limit=50');
    const { id } = incidents.toSorted((a, b) => stagesOf(b) - stagesOf(a))[0];
    await page.goto(`${base}/incidents/${id}`);
    await page.getByRole('table').waitFor();
  } else {
    await gotoList(page, base);
  }
  await waitUntilLive(page);
  await page.evaluate(() => document.fonts.ready);
  await page.screenshot({ path: join(directory, `${name}.png`) });
  await close();
}
await browser.close();

function stagesOf({ stages }) {
  return Object.keys(stages).length;
}
