import type { Page } from '@playwright/test';
import { draftText } from '../../renderer/state/wizard-draft.ts';
import { english } from '../../src/messages/ui/en/index.ts';
import { hasEffect } from '../../src/settings/effect.ts';
import { wizardSteps } from '../../src/settings/form.ts';
import { settingsAt } from '../../src/settings/places.ts';
import type { PresetName } from '../../src/settings/preset-names.ts';
import { settings } from '../../src/settings/train-config.ts';
import { presetValues } from '../../src/settings/values.ts';
import { expect, test } from './fixtures.ts';

const { train } = english;
const folds = [train.layers.more, train.schedule.optimizer, train.pictures.loss];

/** Recipes that together give every setting something to do. */
const recipes: readonly { readonly preset: PresetName; readonly changes: Readonly<Record<string, unknown>> }[] = [
  { preset: 'quick', changes: {} },
  { preset: 'balanced', changes: {} },
  { preset: 'thorough', changes: { 'schedule.name': 'step', 'optimizer.name': 'adamw', 'augment.mode': 'none' } },
  // Fixed views have an effect only beside frozen layers, and no preset chooses them.
  { preset: 'balanced', changes: { 'tune.regime': 'upper', 'augment.mode': 'cachedViews' } },
  { preset: 'scratch', changes: { 'data.noTest': true } },
];

/** Keys of all that stands in the six steps, folds unfolded. */
async function shownIn(page: Page, url: string, dataset: string, draft: string): Promise<Set<string>> {
  const main = page.getByRole('main');
  await page.goto(url);
  await page.evaluate(([key, text]) => sessionStorage.setItem(key!, text!), [`anneal.wizard.${dataset}`, draft]);
  // The document is loaded anew, so that the wizard goes on with the draft.
  await page.goto('about:blank');
  await page.goto(url);
  await page.evaluate((to) => location.assign(to), `#/train/${dataset}`);
  const shown = new Set<string>();
  for (const step of wizardSteps) {
    await main.getByRole('tab', { name: train.steps[step] }).click();
    const panel = main.getByRole('tabpanel', { name: train.steps[step] });
    await expect(panel).toBeVisible();
    for (const label of folds) {
      const fold = panel.getByRole('button', { name: new RegExp(`^.?${label}`), expanded: false });
      if ((await fold.count()) > 0) await fold.first().click();
    }
    const places = panel.locator('[data-setting]');
    // A step shows what the engine's plan tells a moment after it opens.
    if (step === 'layers') await expect(panel.locator('[data-setting="tune.freezeTo"]').first()).toBeVisible();
    for (const place of await places.all()) shown.add((await place.getAttribute('data-setting'))!);
  }
  return shown;
}

/** Editors of their own: the line between frozen and learning layers, and the rows that switch augmentation on. */
const alwaysBeside = ['tune.freezeTo'];
const rows = settingsAt('pictures strengths').map(({ key }) => key);

test('every setting is shown in its step where it has an effect, and nowhere else', async ({ trained, page }) => {
  test.setTimeout(180_000);
  const everything = new Set<string>();
  for (const { preset, changes } of recipes) {
    const values = new Map([...presetValues(preset), ...Object.entries(changes)]);
    const draft = draftText({ preset, changes: new Map(Object.entries(changes)) });
    const shown = await shownIn(page, trained.url, trained.dataset, draft);
    const inEffect = [...settings.values()].filter((setting) => hasEffect(setting, values)).map(({ key }) => key);
    const learns = preset === 'quick' ? [] : rows;
    const expected = new Set([...inEffect, ...alwaysBeside, ...learns]);
    expect([...shown].sort(), preset).toEqual([...expected].sort());
    for (const key of shown) everything.add(key);
  }
  expect([...everything].sort()).toEqual([...settings.keys()].sort());
});
