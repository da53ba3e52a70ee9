import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { makePictures } from '../support/make-pictures.ts';
import { expect, test } from './fixtures.ts';

const classes = ['daisy', 'rose', 'tulip'];

const fill = (folder: string): Promise<string[]> =>
  makePictures(folder, { classes, perClass: 6, width: 48, height: 40, seed: 9, format: 'jpeg' });

/** As a file manager would: enters the page, moves, lets go. */
async function drop(page: Page, path: string): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const data = { items: [], files: [path], dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
    await session.send('Input.dispatchDragEvent', { type, x: 600, y: 600, data });
  }
}

async function showsFlowers(page: Page): Promise<void> {
  await expect(page).toHaveURL(/#\/dataset\/\d+/, { timeout: 60_000 });
  await expect(page.getByRole('heading', { level: 1 })).toContainText('flowers');
  await expect(page.getByRole('main').getByRole('option')).toHaveCount(classes.length + 1);
  await expect(page.getByRole('main')).toContainText('18 pictures');
}

test('a folder that is dropped from anywhere is copied into the workspace and opened', async ({ window, folders }) => {
  const folder = join(folders.memory, 'elsewhere', 'flowers');
  const files = await fill(folder);
  await drop(window, folder);
  await showsFlowers(window);
  const copy = join(folders.workspace, 'uploads', 'flowers');
  const copied = readdirSync(copy, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  expect(copied).toHaveLength(files.length);
});

test('a folder is chosen in the folder browser, which shows no other than the allowed ones', async ({
  window,
  folders,
}) => {
  await fill(join(folders.pictures, 'flowers'));
  await window
    .getByRole('main')
    .getByRole('button', { name: /^Choose a folder/ })
    .click();
  const dialog = window.getByRole('dialog');
  await expect(dialog.getByRole('option')).toHaveCount(1);
  await expect(dialog.getByRole('option')).toContainText([folders.pictures]);
  await dialog.getByRole('option', { name: folders.pictures }).dblclick();
  await expect(dialog.getByRole('option')).toContainText(['flowers']);
  await dialog.getByRole('option', { name: 'flowers' }).dblclick();
  await expect(dialog.getByRole('option')).toContainText(classes);
  await dialog.getByRole('button', { name: /Choose|Open/ }).click();
  await showsFlowers(window);
});

test('a bundle or a picture that is dropped leads to Try it, anything else is refused in words', async ({
  window,
  folders,
}) => {
  const [picture] = await fill(join(folders.memory, 'flowers'));
  await drop(window, join(folders.memory, 'flowers', picture!));
  await expect(window).toHaveURL(/\/try/);
  await drop(window, join(import.meta.dirname, 'playwright.config.ts'));
  await expect(window.getByText(/playwright\.config\.ts cannot be opened here/).first()).toBeVisible();
});
