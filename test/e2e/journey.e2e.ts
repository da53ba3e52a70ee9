import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { anneal } from './support/trained-workspace.ts';

const main = (page: Page) => page.getByRole('main');
const button = (page: Page, name: string | RegExp) => main(page).getByRole('button', { name });

test('from the sample pictures to a verified export, in minutes', async ({ window, folders, shell }) => {
  test.setTimeout(180_000);

  await test.step('open the sample', async () => {
    await button(window, 'Open the sample').first().click();
    await expect(window).toHaveURL(/#\/dataset\/1/, { timeout: 60_000 });
    await expect(main(window).getByRole('gridcell').first()).toBeVisible();
    await expect(main(window).getByRole('option')).toHaveCount(6);
  });

  await test.step('train as the wizard leads', async () => {
    await button(window, 'Train').click();
    await expect(main(window).getByRole('heading', { level: 1 })).toContainText('Train on');
    await expect(main(window)).toContainText('Why this proposal');
    await main(window)
      .getByRole('radio', { name: /^From scratch/ })
      .click();
    await main(window)
      .getByRole('tab', { name: /^Schedule/ })
      .click();
    for (const [name, value] of [
      ['Cycles', '3'],
      ['Length', '3'],
    ] as const) {
      const field = main(window).getByRole('textbox', { name, exact: true });
      await field.fill(value);
      await field.press('Tab');
    }
    await expect(main(window)).toContainText('3 cycles of 3 epochs, 9 in all, 3 snapshots');
    await main(window)
      .getByRole('tab', { name: /^Review/ })
      .click();
    await button(window, 'Start training').click();
  });

  await test.step('watch snapshots come', async () => {
    await expect(window).toHaveURL(/#\/run\/[\w-]+$/);
    await expect(window.locator('[data-snapshot="1"]')).toBeVisible({ timeout: 90_000 });
    await expect(main(window)).toContainText('Finished', { timeout: 120_000 });
    await expect(window.locator('[data-snapshot]')).toHaveCount(3);
    await expect(window).toHaveTitle(/Anneal/);
    await button(window, 'See the ensemble').click();
  });

  let sure = 0;
  await test.step('choose members and fix them', async () => {
    await expect(window).toHaveURL(/\/ensemble/);
    await main(window).getByRole('checkbox', { name: 'Member 3, cycle 3' }).click();
    await button(window, /^Use th/).click();
    await expect(window.getByText(/Try it and Export now use/).first()).toBeVisible();
    await expect(button(window, 'Try it')).toBeVisible();
  });

  const workspace = folders.workspace;
  const sample = join(workspace, 'sample');
  const label = readdirSync(sample)
    .filter((name) => !name.startsWith('.'))
    .sort()[0]!;
  const picture = join(sample, label, readdirSync(join(sample, label))[0]!);
  let answered = '';
  await test.step('try a picture', async () => {
    await button(window, 'Try it').click();
    const [chooser] = await Promise.all([
      window.waitForEvent('filechooser'),
      button(window, 'Choose a picture').click(),
    ]);
    await chooser.setFiles(picture);
    const answer = main(window).getByRole('region', { name: 'Answer' });
    await expect(answer).toContainText('%', { timeout: 60_000 });
    answered = (await answer.innerText()).replaceAll(/\s+/g, ' ');
    sure = Number(/(\d+(?:\.\d+)?) %/.exec(answered)![1]);
    expect(sure).toBeGreaterThan(20);
  });

  await test.step('export, and get the same answer from the file', async () => {
    await window.getByRole('link', { name: /Export/ }).click();
    const downloads = shell === 'browser' ? window.waitForEvent('download', { timeout: 90_000 }) : null;
    await button(window, 'Export bundle').click();
    await expect(main(window)).toContainText(/Verified on \d+ pictures: (largest difference|not one answer differs)/, {
      timeout: 90_000,
    });
    const file = join(folders.memory, await exportedFile());
    const told = await anneal(['predict', file, picture, '--json', '--out', join(folders.memory, 'elsewhere')]);
    const prediction = told.find(({ type }) => type === 'prediction') as { label: string; probability: number };
    expect(answered).toContain(prediction.label);
    expect(Math.abs(100 * prediction.probability - sure)).toBeLessThan(0.06);

    async function exportedFile(): Promise<string> {
      if (!downloads) return readdirSync(folders.memory).find((name) => name.endsWith('.anneal'))!;
      const download = await downloads;
      await download.saveAs(join(folders.memory, download.suggestedFilename()));
      return download.suggestedFilename();
    }
  });
});
