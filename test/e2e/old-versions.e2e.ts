import { draftFromText } from '../../renderer/state/wizard-draft.ts';
import { russian } from '../../src/messages/ui/ru/index.ts';
import { oldText, oldVersions } from '../support/old-workspace.ts';
import { expect, test } from './fixtures.ts';

interface Kept {
  readonly localStorage: Readonly<Record<string, string>>;
  readonly sessionStorage: Readonly<Record<string, string>>;
}

for (const version of oldVersions) {
  test(`preferences and the wizard's draft that ${version} kept are read`, async ({ trained, page }) => {
    const kept = JSON.parse(oldText(version, 'window.json')) as Kept;
    await page.goto(trained.url);
    await page.evaluate(({ localStorage: own, sessionStorage: tab }) => {
      for (const [key, text] of Object.entries(own)) localStorage.setItem(key, text);
      for (const [key, text] of Object.entries(tab)) sessionStorage.setItem(key, text);
    }, kept);
    await page.reload();

    const { theme, motion, textSize } = JSON.parse(kept.localStorage['anneal.preferences']!) as Record<string, unknown>;
    const root = page.locator('html');
    await expect(root).toHaveAttribute('lang', 'ru');
    await expect(root).toHaveAttribute('data-theme', String(theme));
    await expect(root).toHaveAttribute('data-motion', String(motion));
    await expect(root).toHaveCSS('--text-scale', String(Number(textSize) / 100));

    await page.evaluate(() => location.assign('#/settings'));
    const main = page.getByRole('main');
    await expect(main.getByRole('switch', { name: russian.settings.singleKeys })).not.toBeChecked();

    await page.evaluate((to) => location.assign(to), `#/train/${trained.dataset}`);
    const { preset, changes } = draftFromText(kept.sessionStorage['anneal.wizard.1']!)!;
    const { train } = russian;
    await expect(main.getByRole('radio', { name: new RegExp(`^${train.presets[preset]}`) })).toBeChecked();
    await page.getByRole('button', { name: train.changes(changes.size) }).click();
    const list = page.getByRole('dialog').getByRole('listitem');
    await expect(list).toHaveCount(changes.size);
    await expect(list.first()).toContainText('3');
  });
}
