import { defineConfig, type PlaywrightTestOptions } from '@playwright/test';
import { join } from 'node:path';
import { findChromium } from '../../build/setup/chromium.ts';
import type { ShellOption } from './fixtures.ts';

const root = join(import.meta.dirname, '..', '..');
const executablePath = findChromium();
/** Chromium's own sandbox does not start for root. */
const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];

/** The window's tests: the built window in a real browser, against a real `anneal serve`; some of them in Electron too. */
export default defineConfig<ShellOption & PlaywrightTestOptions>({
  testDir: '.',
  testMatch: '**/*.e2e.ts',
  outputDir: join(root, 'dist', 'test-results'),
  workers: 1,
  // The machine computes beside: a slow answer is no defect, a missing one is.
  timeout: 120_000,
  expect: { timeout: 20_000 },
  reporter: [['list'], ...(process.env['PLAYWRIGHT_JSON_OUTPUT_NAME'] ? [['json'] as const] : [])],
  use: {
    viewport: { width: 1280, height: 800 },
    locale: 'en-GB',
    colorScheme: 'light',
    actionTimeout: 20_000,
    launchOptions: { args: asRoot, ...(executablePath === null ? {} : { executablePath }) },
  },
  projects: [
    { name: 'chromium', use: { shell: 'browser' } },
    { name: 'electron', use: { shell: 'electron' }, testMatch: '**/journey.e2e.ts' },
  ],
});
