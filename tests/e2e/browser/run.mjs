// SPDX-License-Identifier: Apache-2.0
// Browser tests against a running gateway: node run.mjs BASE_URL [SIMULATOR_URL]
// Without the simulator's address the live tests are skipped. FAILS_CHROMIUM names another Chromium,
// FAILS_E2E_LIVE_SECONDS how long a change may take from the stand-in to the page (default 180).
import { after, before, describe } from 'node:test';
import { launch } from './browser.mjs';
import { accessibility } from './suites/accessibility.mjs';
import { analyses } from './suites/analyses.mjs';
import { cells } from './suites/cells.mjs';
import { detail } from './suites/detail.mjs';
import { exports_ } from './suites/exports.mjs';
import { hostile } from './suites/hostile.mjs';
import { keyboard } from './suites/keyboard.mjs';
import { list } from './suites/list.mjs';
import { live } from './suites/live.mjs';
import { now } from './suites/now.mjs';
import { pages } from './suites/pages.mjs';
import { shell } from './suites/shell.mjs';

const [base, simulator] = process.argv.slice(2).map((url) => url.replace(/\/+$/, ''));
if (!base) {
  process.stderr.write('usage: node run.mjs BASE_URL [SIMULATOR_URL]\n');
  process.exit(2);
}

const world = { base, simulator, browser: undefined };

describe(`the web at ${base}`, () => {
  before(async () => {
    world.browser = await launch();
  });
  after(() => world.browser?.close());

  now(world);
  analyses(world);
  cells(world);
  list(world);
  detail(world);
  exports_(world);
  pages(world);
  hostile(world);
  keyboard(world);
  shell(world);
  accessibility(world);
  live(world);
});
