import type { Page } from '@playwright/test';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from './fixtures.ts';

/** What has the focus, as a person would call it. */
const focused = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const element = document.activeElement!;
    const label = element instanceof HTMLInputElement ? element.labels?.[0]?.textContent : null;
    const name = element.getAttribute('aria-label') ?? label ?? element.textContent ?? '';
    return `${element.getAttribute('role') ?? element.tagName.toLowerCase()} ${name.trim().slice(0, 60)}`;
  });

/** Presses Tab until the focus is on what matches; fails when it has been all round. */
async function tabTo(page: Page, wanted: RegExp, key = 'Tab'): Promise<void> {
  const seen: string[] = [];
  for (let i = 0; i < 80; i++) {
    const now = await focused(page);
    if (wanted.test(now)) return;
    seen.push(now);
    await page.keyboard.press(key);
  }
  throw new Error(`no way by ${key} to ${wanted}: ${seen.join(' | ')}`);
}

/** The element with the focus shows it: an outline that is there and wide enough. */
async function focusIsVisible(page: Page): Promise<void> {
  const outline = await page.evaluate(() => {
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(document.activeElement!);
    return { drawn: outlineStyle !== 'none' || boxShadow !== 'none', width: parseFloat(outlineWidth) };
  });
  expect(outline.drawn && outline.width >= 2, await focused(page)).toBe(true);
}

/** The key for what the page's main button does, pressed once a person would see that button ready. */
async function pressPrimary(page: Page): Promise<void> {
  await expect(page.locator('main [data-primary]:not([aria-disabled="true"])')).toBeVisible({ timeout: 30_000 });
  await page.keyboard.press('Control+Enter');
}

test('the keyboard alone goes from opening to an export', async ({ window, folders }) => {
  test.setTimeout(240_000);
  const { keyboard } = window;
  const main = window.getByRole('main');
  const heading = main.getByRole('heading', { level: 1 });

  await test.step('open the sample with Tab and Enter', async () => {
    await keyboard.press('Tab');
    await tabTo(window, /^button Open the sample/);
    await focusIsVisible(window);
    await keyboard.press('Enter');
    await expect(window).toHaveURL(/#\/dataset\/1/, { timeout: 60_000 });
    await expect(main.getByRole('gridcell').first()).toBeVisible();
  });

  await test.step('look at pictures', async () => {
    await tabTo(window, /^gridcell /);
    const first = await focused(window);
    await keyboard.press('ArrowRight');
    await keyboard.press('ArrowDown');
    expect(await focused(window)).not.toBe(first);
    await focusIsVisible(window);
    await keyboard.press('x');
    await expect(main).toContainText(/1 left out/);
    await keyboard.press('Control+z');
    await expect(main).not.toContainText(/1 left out/);
  });

  await test.step('train', async () => {
    await pressPrimary(window);
    await expect(heading).toContainText('Train on');
    await expect(main).toContainText('Why this proposal');
    await tabTo(window, /^radio /);
    for (let i = 0; i < 4 && !/From scratch/.test(await focused(window)); i++) await keyboard.press('ArrowDown');
    expect(await focused(window)).toMatch(/From scratch/);
    await tabTo(window, /^tab .*Goal/, 'Shift+Tab');
    for (let i = 0; i < 3; i++) await keyboard.press('ArrowDown');
    await keyboard.press('Enter');
    for (const name of ['Cycles', 'Length']) {
      await tabTo(window, new RegExp(`^input ${name}$`));
      await keyboard.press('Control+a');
      await keyboard.type('3');
    }
    await keyboard.press('Tab');
    await expect(main).toContainText('3 cycles of 3 epochs');
    await pressPrimary(window);
    await expect(window).toHaveURL(/#\/run\//, { timeout: 30_000 });
  });

  await test.step('watch it, then see the ensemble', async () => {
    await expect(window.locator('[data-snapshot="1"]')).toBeVisible({ timeout: 90_000 });
    await expect(main).toContainText('Finished', { timeout: 120_000 });
    await pressPrimary(window);
    await expect(window).toHaveURL(/\/ensemble/);
  });

  await test.step('switch a member and use what is on', async () => {
    await expect(main.getByRole('checkbox').first()).toBeVisible();
    await tabTo(window, /Member \d, cycle \d/);
    for (let i = 0; i < 5 && !/Member 3/.test(await focused(window)); i++) await keyboard.press('Tab');
    await keyboard.press('Space');
    await expect(main.getByRole('button', { name: /^Use th/ })).toBeVisible();
    await pressPrimary(window);
    await expect(window.getByText(/Try it and Export now use/).first()).toBeVisible();
  });

  await test.step('try a picture', async () => {
    await keyboard.press('g');
    await keyboard.press('y');
    await expect(heading).toContainText('Try it');
    const sample = join(folders.workspace, 'sample');
    const label = readdirSync(sample).find((name) => !name.startsWith('.'))!;
    const [chooser] = await Promise.all([window.waitForEvent('filechooser'), pressPrimary(window)]);
    await chooser.setFiles(join(sample, label, readdirSync(join(sample, label))[0]!));
    await expect(main.getByRole('region', { name: 'Answer' })).toContainText('%', { timeout: 60_000 });
  });

  await test.step('export', async () => {
    await keyboard.press('g');
    await keyboard.press('x');
    await expect(heading).toContainText('Export');
    const download = window.waitForEvent('download', { timeout: 90_000 });
    await pressPrimary(window);
    await expect(main).toContainText(/Verified on \d+ pictures/, { timeout: 90_000 });
    expect((await download).suggestedFilename()).toMatch(/\.anneal$/);
  });
});
