// SPDX-License-Identifier: Apache-2.0
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

// The gateway that `npm run dev` talks to.
const gateway = process.env.FAILS_GATEWAY_URL ?? 'http://127.0.0.1:8080';

export default defineConfig({
  plugins: [react()],
  build: {
    // Old enough browsers for light-dark(), :has() and nested CSS; nothing is rewritten for older ones.
    target: ['chrome123', 'firefox128', 'safari17.5'],
    assetsDir: 'assets',
    // The content security policy allows no data: URLs but for images.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  server: { proxy: { '/api': gateway } },
  test: {
    environment: 'jsdom',
    include: ['src/**/*.test.{ts,tsx}'],
    setupFiles: ['src/testing/setup.ts'],
    restoreMocks: true,
    testTimeout: 30_000,
    // jsdom does not know the element yet; browsers do.
    onConsoleLog: (log) => !log.includes('The tag <search> is unrecognized'),
    // Fixed, so that formatted times can be asserted.
    env: { TZ: 'Europe/Berlin' },
  },
});
