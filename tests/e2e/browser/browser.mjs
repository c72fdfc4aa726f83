// SPDX-License-Identifier: Apache-2.0
// A Chromium that sends nothing to anybody but the gateway, and a watch over what its pages do.
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { chromium } from 'playwright-core';

const require = createRequire(import.meta.url);
const zone = 'Europe/Berlin';

export function launch() {
  return chromium.launch({
    executablePath: process.env.FAILS_CHROMIUM ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--headless',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

/** What a page did that it must not do. `allowed` (a regular expression) lets expected console errors pass. */
export class Watch {
  found = [];
  allowed = undefined;

  constructor(page, base) {
    const own = new URL(base).origin;
    page.on('console', (message) => {
      if (message.type() !== 'error' || this.allowed?.test(message.text())) return;
      this.found.push(`console: ${message.text()}`);
    });
    page.on('pageerror', (error) => this.found.push(`uncaught: ${error.message}`));
    page.on('dialog', (dialog) => {
      this.found.push(`dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    page.on('request', (request) => {
      const { origin, protocol } = new URL(request.url());
      if (protocol !== 'data:' && origin !== own) this.found.push(`request to ${origin}`);
    });
  }
}

/** A new page in a context of its own. Violations of the content security policy count as findings, too. */
export async function openPage(browser, base, options = {}) {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 800 },
    timezoneId: zone,
    locale: 'en-GB',
    ...options,
  });
  context.setDefaultTimeout(60_000); // against hanging, not about speed
  const page = await context.newPage();
  const watch = new Watch(page, base);
  await page.exposeBinding('reportViolation', (_source, text) => watch.found.push(`CSP: ${text}`));
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      window.reportViolation(`${event.violatedDirective} ${event.blockedURI}`);
    });
    window.shifts = 0;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shifts += entry.value;
    }).observe({ type: 'layout-shift', buffered: true });
  });
  return { page, watch, close: () => context.close() };
}

/** The serious and critical findings of axe on the page as it is now. */
export async function axe(page) {
  // Evaluated by the debugger, not by the page: its policy stays in force.
  await page.evaluate(await readFile(require.resolve('axe-core/axe.min.js'), 'utf8'));
  const { violations } = await page.evaluate(() => window.axe.run());
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`);
}

/** Calls `check` until it does not throw; at the deadline its last error is thrown. */
export async function eventually(check, seconds = 60) {
  const deadline = Date.now() + seconds * 1000;
  for (;;) {
    try {
      return await check();
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await new Promise((resolve) => setTimeout(resolve, 200)); // between two looks, not instead of one
    }
  }
}

export const rows = (page) => page.locator('[data-incident]');

export async function gotoList(page, base, search = '') {
  await page.goto(`${base}/incidents${search}`);
  await rows(page).first().waitFor();
}

/** The list shows what its filters say, not yet what they said before. */
export async function waitUntilIdle(page) {
  await page.locator('section[aria-busy="false"]').first().waitFor();
}

export async function waitUntilLive(page) {
  await page.locator('[data-state="live"]').waitFor();
}

export async function api(base, path) {
  const response = await fetch(`${base}/api/v1/${path}`);
  if (!response.ok) throw new Error(`${path}: HTTP ${response.status} ${await response.text()}`);
  return response.json();
}

/** The control interface of the stand-in for the providers. */
export async function control(simulator, path, body) {
  const response = await fetch(`${simulator}/_control/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${path}: HTTP ${response.status} ${await response.text()}`);
  const text = await response.text();
  return text === '' ? {} : JSON.parse(text);
}

/** Presses Tab until the element has the focus. */
export async function tabTo(page, target) {
  for (let presses = 0; presses < 90; presses += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`90 presses of Tab did not reach ${target}`);
}

/** The page of one analysis, drawn or told to have nothing to draw. */
export async function gotoAnalysis(page, base, id, search = '') {
  await page.goto(`${base}/analyses/${id}${search}`);
  await page
    .locator('[data-drawn]')
    .or(page.getByText('No incident of this query can be counted here.'))
    .first()
    .waitFor();
}

/** What the API answers to a run of analyses. */
export async function run(base, query) {
  const response = await fetch(`${base}/api/v1/analyses:run`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(query),
  });
  if (!response.ok) throw new Error(`analyses:run: HTTP ${response.status} ${await response.text()}`);
  return response.json();
}
