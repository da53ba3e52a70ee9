import type { Page } from '@playwright/test';
import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from './fixtures.ts';

const embedded = join(import.meta.dirname, '..', '..', 'pretrained', 'efficientnet_lite0.safetensors');
const main = (page: Page) => page.getByRole('main');

test('a weights file is recognised, removed, and brought back', async ({ window, folders }) => {
  const own = join(folders.memory, 'mine');
  mkdirSync(own);
  copyFileSync(embedded, join(own, 'my_flowers.safetensors'));
  await window.evaluate(() => location.assign('#/models'));
  await expect(main(window).getByRole('button', { name: 'EfficientNet-Lite0', exact: true })).toBeVisible();

  const [chooser] = await Promise.all([
    window.waitForEvent('filechooser'),
    main(window).getByRole('button', { name: 'Import a file…' }).click(),
  ]);
  await chooser.setFiles(join(own, 'my_flowers.safetensors'));
  await expect(main(window)).toContainText('Imported my_flowers: tf_efficientnet_lite0.', { timeout: 60_000 });
  const card = main(window).getByRole('button', { name: 'my_flowers', exact: true });
  await expect(card).toHaveAttribute('aria-pressed', 'true');

  await window.getByRole('button', { name: 'Remove', exact: true }).click();
  await expect(card).toHaveCount(0);
  await window.keyboard.press('ControlOrMeta+z');
  await expect(card).toBeVisible();
});

test('what is no weights file is refused with the reason', async ({ window, folders }) => {
  const file = join(folders.memory, 'notes.safetensors');
  copyFileSync(join(import.meta.dirname, 'models.e2e.ts'), file);
  await window.evaluate(() => location.assign('#/models'));
  const [chooser] = await Promise.all([
    window.waitForEvent('filechooser'),
    main(window).getByRole('button', { name: 'Import a file…' }).click(),
  ]);
  await chooser.setFiles(file);
  await expect(main(window).getByRole('alert')).toContainText('Expected');
});

test('models are searched, sorted as a table, and taken to the wizard', async ({ window }) => {
  await window.getByRole('main').getByRole('button', { name: 'Open the sample' }).first().click();
  await expect(window).toHaveURL(/#\/dataset\/1/, { timeout: 60_000 });
  await window.evaluate(() => location.assign('#/models?view=table'));
  const table = main(window).getByRole('grid', { name: 'Models' });
  const rows = table.getByRole('row');
  await expect(rows).toHaveCount(4);
  await table.getByRole('button', { name: 'File' }).click();
  await expect(table.getByRole('columnheader', { name: 'File' })).toHaveAttribute('aria-sort', 'descending');
  await expect(rows.nth(1)).toContainText('EfficientNet-Lite2');
  await main(window).getByRole('searchbox', { name: 'Search models' }).fill('lite1');
  await expect(rows).toHaveCount(2);
  await main(window).getByRole('searchbox', { name: 'Search models' }).fill('');

  await rows.filter({ hasText: 'EfficientNet-Lite0' }).click();
  await main(window)
    .getByRole('button', { name: /^Use EfficientNet-Lite0/ })
    .click();
  await expect(window).toHaveURL(/#\/train\/1\?.*backbone=efficientnet_lite0/);
});
