/**
 * Takes the README's pictures from the running application: the sample dataset, and a run on it.
 * Run: npm run screenshots. Writes build/screenshots/<view>-<theme>.webp.
 */
import { chromium, type Page } from '@playwright/test';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { findChromium } from '../../build/setup/chromium.ts';
import { ensureWindow } from '../../build/window.ts';
import { startServer } from './support/anneal-server.ts';

const target = join(import.meta.dirname, '..', '..', 'build', 'screenshots');
const themes = ['light', 'dark'] as const;
const minute = 60_000;

mkdirSync(target, { recursive: true });
await ensureWindow((line) => process.stderr.write(`${line}\n`));
const workspace = mkdtempSync(join(tmpdir(), 'anneal-screenshots-'));
const server = await startServer(workspace);
const executablePath = findChromium();
const browser = await chromium.launch({
  args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
  ...(executablePath === null ? {} : { executablePath }),
});
try {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, deviceScaleFactor: 1.5 });
  page.setDefaultTimeout(minute);
  await page.goto(server.url);
  await walk(page);
} finally {
  await browser.close();
  await server.stop();
  rmSync(workspace, { recursive: true, force: true });
}

async function walk(page: Page): Promise<void> {
  const main = page.getByRole('main');
  const button = (name: string | RegExp) => main.getByRole('button', { name }).first();

  const openStep = (name: string) => main.getByRole('tab', { name: new RegExp(`^\\d? ?${name}`) }).click();
  const type = async (name: string, value: string): Promise<void> => {
    const field = main.getByRole('textbox', { name, exact: true });
    await field.fill(value);
    await field.press('Enter');
  };

  await button('Open the sample').click();
  await page.waitForURL(/#\/dataset\/1/);
  await main.getByRole('gridcell').nth(20).waitFor();
  await take(page, 'dataset');

  await button('Train').click();
  await main.getByRole('radio', { name: /^Balanced/ }).click();
  // Small inputs, so that the members have something to disagree about; one validation part, so that there are cycles to see.
  await openStep('Backbone');
  await type('Picture side', '96');
  await openStep('Pictures');
  await type('Folds below', '0');
  await openStep('Schedule');
  await type('Cycles', '4');
  await page.mouse.wheel(0, -2000);
  await take(page, 'schedule');

  await button('Start training').click();
  await page.locator('[data-snapshot="2"]').waitFor({ timeout: 10 * minute });
  await take(page, 'run');
  await button('See the ensemble').click({ timeout: 10 * minute });
  await page.waitForURL(/\/ensemble/);
  await take(page, 'ensemble');

  await page.getByRole('link', { name: /Try it/ }).click();
  const [chooser] = await Promise.all([page.waitForEvent('filechooser'), button('Choose a picture').click()]);
  await chooser.setFiles(join(workspace, 'sample', 'snail', '007.jpg'));
  await main.getByRole('region', { name: 'Answer' }).getByText('%').first().waitFor();
  await take(page, 'try-it');
}

/** One picture a theme, with everything loaded and at rest. */
async function take(page: Page, name: string): Promise<void> {
  for (const colorScheme of themes) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.mouse.move(640, 795);
    await page.waitForTimeout(2000);
    const picture = sharp(await page.screenshot()).webp({ quality: 82, effort: 6 });
    await picture.toFile(join(target, `${name}-${colorScheme}.webp`));
    process.stderr.write(`${name}, ${colorScheme}\n`);
  }
}
