import { expect, test } from './fixtures.ts';
import { axeViolations } from './support/axe.ts';

/** Every view, with the trained run where it needs one. */
const places = (dataset: string, run: string): [string, string][] => [
  ['start', ''],
  ['dataset', `dataset/${dataset}`],
  ['dataset problems', `dataset/${dataset}?show=problems`],
  ['dataset statistics', `dataset/${dataset}?show=statistics`],
  ['dataset network', `dataset/${dataset}?show=eyes`],
  ['models', 'models'],
  ['models table', 'models?view=table'],
  ['models map', 'models?view=map'],
  ...['goal', 'backbone', 'layers', 'schedule', 'pictures', 'review'].map((step): [string, string] => [
    `train ${step}`,
    `train/${dataset}?step=${step}`,
  ]),
  ['run', `run/${run}`],
  ['ensemble', `run/${run}/ensemble`],
  ['try it', `run/${run}/try`],
  ['export', `run/${run}/export`],
  ['runs', 'runs'],
  ['settings', 'settings'],
];

for (const theme of ['light', 'dark'] as const) {
  test(`axe finds nothing against WCAG 2.2 AA on any view, ${theme}`, async ({ trained, page }) => {
    test.setTimeout(300_000);
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
    await page.goto(trained.url);
    for (const [name, hash] of places(trained.dataset, trained.runId)) {
      await page.evaluate((to) => location.assign(`#/${to}`), hash);
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      // Skeletons stay for 300 ms, previews come after.
      await page.waitForTimeout(1200);
      expect.soft(await axeViolations(page), name).toEqual([]);
    }
  });
}

for (const theme of ['light', 'dark'] as const) {
  test(`axe finds nothing on what opens over the views, ${theme}`, async ({ trained, page }) => {
    test.setTimeout(300_000);
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
    await page.goto(trained.url);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    const dialog = page.getByRole('dialog');
    const openings: readonly [name: string, open: () => Promise<void>][] = [
      ['folder browser', () => page.keyboard.press('Control+o')],
      ['palette', () => page.keyboard.press('Control+k')],
      ['shortcuts', () => page.keyboard.press('?')],
    ];
    for (const [name, open] of openings) {
      await open();
      await expect(dialog).toBeVisible();
      await page.waitForTimeout(600);
      expect.soft(await axeViolations(page), name).toEqual([]);
      await page.keyboard.press('Escape');
      await expect(dialog).toBeHidden();
    }

    await page.evaluate((to) => location.assign(`#/dataset/${to}`), trained.dataset);
    await page.getByRole('gridcell').nth(3).click();
    await expect(page.getByRole('complementary')).toBeVisible();
    await page.waitForTimeout(600);
    expect.soft(await axeViolations(page), 'picture in the inspector').toEqual([]);
    await page.getByRole('gridcell').nth(3).press('Space');
    await page.waitForTimeout(600);
    expect.soft(await axeViolations(page), 'large picture').toEqual([]);

    await page.evaluate((to) => location.assign(`#/run/${to}/ensemble`), trained.runId);
    await page.getByRole('button', { name: 'Open…' }).click();
    await expect(dialog).toBeVisible();
    await page.waitForTimeout(600);
    expect.soft(await axeViolations(page), 'test set').toEqual([]);
    await page.keyboard.press('Escape');

    await page.evaluate(() => location.assign('#/runs'));
    await page
      .getByRole('main')
      .getByRole('button', { name: /^More for/ })
      .click();
    await expect(page.getByRole('menu')).toBeVisible();
    await page.waitForTimeout(300);
    expect.soft(await axeViolations(page), 'menu').toEqual([]);
  });
}
