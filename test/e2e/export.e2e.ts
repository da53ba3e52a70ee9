import type { Page } from '@playwright/test';
import { readFileSync } from 'node:fs';
import { english } from '../../src/messages/ui/en/index.ts';
import { expect, test } from './fixtures.ts';
import { startServer } from './support/anneal-server.ts';
import { classes } from './support/trained-workspace.ts';

const main = (page: Page) => page.getByRole('main');

async function open(page: Page, url: string, run: string, query = ''): Promise<void> {
  await page.goto(url);
  await page.evaluate((to) => location.assign(to), `#/run/${run}/export${query}`);
}

test('an export is written, loaded again, compared, handed over and listed with its hash', async ({
  trained,
  page,
}) => {
  await open(page, trained.url, trained.runId, '?format=savedmodel');
  const download = page.waitForEvent('download', { timeout: 100_000 });
  await main(page).getByRole('button', { name: 'Export SavedModel' }).click();
  expect((await download).suggestedFilename()).toBe('flowers-1-savedmodel.zip');
  await expect(main(page)).toContainText(/Verified on \d+ pictures/);
  await expect(main(page).getByRole('img', { name: /^Differences of \d+ pictures/ })).toBeVisible();
  const row = main(page).getByRole('row').filter({ hasText: 'flowers-1-savedmodel' });
  await expect(row).toContainText('SavedModel');
  await expect(row.getByRole('button', { name: /^Copy the hash [0-9a-f]{7}$/ })).toBeVisible();
  await expect(main(page).getByRole('region', { name: 'Sample code: Python' })).toContainText(
    `labels = ${JSON.stringify(classes).replaceAll(',', ', ')}`,
  );

  await page.reload();
  await expect(row).toBeVisible();
});

test('what only the native runtime can write is offered with its reason, and cannot be chosen', async ({
  trained,
  folders,
  page,
}) => {
  const portable = await startServer(folders.workspace, [], { ANNEAL_RUNTIME: 'wasm' });
  try {
    await open(page, portable.url, trained.runId, '?format=savedmodel');
    const savedModel = main(page).getByRole('radio', { name: /^SavedModel/ });
    await expect(savedModel).toBeDisabled();
    await expect(savedModel).toContainText(english.exporting.onlyNative);
    const bundle = main(page).getByRole('radio', { name: /^Anneal bundle/ });
    await expect(bundle).toBeEnabled();
    await expect(bundle).toBeChecked();
    await savedModel.click({ force: true });
    await expect(bundle).toBeChecked();
    await expect(main(page).getByRole('button', { name: 'Export bundle' })).toBeVisible();
  } finally {
    await portable.stop();
  }
});

test('the model card says what the model knows, and is saved as it is shown', async ({ trained, page }) => {
  await open(page, trained.url, trained.runId);
  await main(page).getByRole('button', { name: 'Model card' }).click();
  const card = main(page).getByRole('region', { name: 'Model card: MODEL_CARD.md' });
  for (const text of ['# flowers', '0 cherry', '## Accuracy', 'its central 32 × 32 square', '"numCycles": 3'])
    await expect(card).toContainText(text);
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    main(page).getByRole('button', { name: 'Save as Markdown' }).click(),
  ]);
  expect(readFileSync(await download.path(), 'utf8')).toContain('# flowers');
  await main(page).getByRole('button', { name: 'Close the model card' }).click();
  await expect(card).toHaveCount(0);
});
