import type { Page } from '@playwright/test';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makePictures } from '../support/make-pictures.ts';
import { expect, test } from './fixtures.ts';

const classes = ['daisy', 'rose', 'tulip'];
const perClass = 12;

const main = (page: Page) => page.getByRole('main');
const cells = (page: Page) => main(page).getByRole('gridcell');
const classRow = (page: Page, name: string) => main(page).getByRole('option', { name: new RegExp(`^${name}, `) });

/** Fills the allowed folder and opens it by keys alone, in the browser of the host's folders. */
async function openFolder(page: Page, folder: string): Promise<void> {
  await makePictures(folder, { classes, perClass, width: 48, height: 40, seed: 5 });
  await page.keyboard.press('ControlOrMeta+o');
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('option', { name: folder })).toBeVisible();
  await dialog.getByRole('listbox').press('Enter');
  await expect(dialog.getByRole('option', { name: 'rose' })).toBeVisible();
  await dialog.getByRole('button', { name: 'Choose this folder' }).press('Enter');
  await expect(page).toHaveURL(/#\/dataset\/1/);
  await expect(cells(page).first()).toBeVisible();
  await expect(main(page)).toContainText(`${classes.length * perClass} pictures`);
  // Changes by hand wait for the folder to be read.
  await expect(main(page)).toContainText(/v1 [0-9a-f]{7}/);
}

test('pictures are moved, left out and brought back by keys', async ({ window, folders }) => {
  await openFolder(window, folders.pictures);
  await classRow(window, 'daisy').click();
  await cells(window).first().click();
  await window.keyboard.press('Shift+ArrowRight');
  await expect(main(window).getByRole('gridcell', { selected: true })).toHaveCount(2);

  await window.keyboard.press('m');
  await expect(window.getByRole('combobox', { name: 'Move all to' })).toBeFocused();
  await window.keyboard.type('tul');
  await window.keyboard.press('Enter');
  await expect(window.getByText('Moved 2 to tulip.').first()).toBeVisible();
  await expect(classRow(window, 'daisy')).toContainText('10');
  await expect(classRow(window, 'tulip')).toContainText('14');
  await expect(cells(window)).toHaveCount(10);
  // The focus stays in the grid, at the place of what has gone.
  await expect(main(window).locator('[role=gridcell]:focus')).toHaveCount(1);

  await window.keyboard.press('ControlOrMeta+z');
  await expect(classRow(window, 'daisy')).toContainText('12');

  await cells(window).nth(3).click();
  await window.keyboard.press('x');
  await expect(main(window)).toContainText('1 left out');
  await expect(cells(window).nth(3)).toHaveAccessibleName(/left out/);
  await window.keyboard.press('x');
  await expect(main(window)).not.toContainText('1 left out');
  expect(readdirSync(join(folders.pictures, 'tulip'))).toHaveLength(perClass);
});

test('a picture is shown large and gives the focus back', async ({ window, folders }) => {
  await openFolder(window, folders.pictures);
  await cells(window).nth(1).click();
  await window.keyboard.press(' ');
  await expect(window).toHaveURL(/picture=daisy%2F00001\.jpg/);
  const large = main(window).getByRole('region', { name: '00001.jpg' });
  await expect(large).toBeFocused();
  await window.keyboard.press('ArrowRight');
  await expect(window).toHaveURL(/picture=daisy%2F00002\.jpg/);
  await window.keyboard.press('Escape');
  await expect(window).not.toHaveURL(/picture=/);
  await expect(cells(window).nth(2)).toBeFocused();
});

test('the folder itself changes only after every file was named', async ({ window, folders }) => {
  await openFolder(window, folders.pictures);
  await cells(window).first().click();
  await window.keyboard.press('m');
  await window.keyboard.type('rose');
  await window.keyboard.press('Enter');
  await expect(window.getByText('Moved 1 to rose.').first()).toBeVisible();

  await main(window).getByRole('button', { name: 'More for this dataset' }).click();
  await window.getByRole('menuitem', { name: 'Apply to the folder…' }).click();
  const plan = main(window).getByRole('table', { name: 'Apply to the folder' });
  await expect(plan.getByRole('row')).toHaveCount(2);
  await expect(plan).toContainText('daisy/00000.jpg');
  await expect(plan).toContainText('rose/00000-2.jpg');
  expect(existsSync(join(folders.pictures, 'daisy', '00000.jpg'))).toBe(true);
  await main(window).getByRole('button', { name: 'Move 1 file' }).click();
  await expect(window.getByText('Moved 1 file in the folder.').first()).toBeVisible();
  expect(existsSync(join(folders.pictures, 'daisy', '00000.jpg'))).toBe(false);
  expect(readdirSync(join(folders.pictures, 'rose'))).toHaveLength(perClass + 1);
});

test('new files are noticed and make a new version; files that are no pictures are told', async ({
  window,
  folders,
}) => {
  await openFolder(window, folders.pictures);
  await makePictures(folders.pictures, { classes: ['lily'], perClass: 2, width: 48, height: 40, seed: 9 });
  writeFileSync(join(folders.pictures, 'rose', 'page.jpg'), '<!doctype html><title>not found</title>');
  // As coming back from the file manager.
  await window.evaluate(() => dispatchEvent(new Event('focus')));
  await expect(main(window)).toContainText('3 pictures were added.');
  await main(window).getByRole('button', { name: 'Make v2' }).click();
  await expect(main(window)).toContainText(/v2 [0-9a-f]{7}/);
  await expect(classRow(window, 'lily')).toBeVisible();

  await main(window).getByRole('tab', { name: 'Problems' }).click();
  await expect(main(window)).toContainText('1 file is not a picture by its content');
  await main(window).getByRole('button', { name: 'Show the files' }).first().click();
  await expect(main(window).getByRole('row', { name: /rose\/page\.jpg/ })).toContainText('a web page');
});

test('what the network sees is drawn for the selected pictures', async ({ window, folders }) => {
  await openFolder(window, folders.pictures);
  await cells(window).nth(4).click();
  await main(window).getByRole('tab', { name: 'What the network sees' }).click();
  await expect(main(window)).toContainText('Of the pictures that are selected.');
  const drawn = main(window).getByRole('img', { name: /Six draws for training/ });
  await expect(drawn).toHaveCount(6, { timeout: 60_000 });
  const before = await drawn.first().getAttribute('src');
  await main(window).getByRole('button', { name: 'Draw again' }).click();
  await expect(drawn.first()).not.toHaveAttribute('src', before!);
});

test('a figure of the statistics leads to its pictures, and back', async ({ window, folders }) => {
  await openFolder(window, folders.pictures);
  await main(window).getByRole('tab', { name: 'Statistics' }).click();
  await main(window).getByRole('button', { name: 'jpeg: 36' }).click();
  await expect(window).toHaveURL(/where=format/);
  await expect(main(window).getByRole('grid')).toBeVisible();
  await expect(main(window)).toContainText('jpeg');
  await window.goBack();
  await main(window).getByRole('button', { name: 'Show them' }).click();
  await expect(main(window)).toContainText('Shorter side 0 px to 224 px');
  await main(window).getByRole('button', { name: 'Show all' }).click();
  await expect(window).not.toHaveURL(/where=/);
});
