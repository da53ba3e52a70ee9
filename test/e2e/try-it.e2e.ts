import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test, watchProblems } from './fixtures.ts';

const main = (page: Page) => page.getByRole('main');
const answer = (page: Page) => main(page).getByRole('region', { name: 'Answer' });
const button = (page: Page, name: string | RegExp) => main(page).getByRole('button', { name });

test.use({
  launchOptions: async ({ launchOptions }, use) => {
    const camera = ['--use-fake-ui-for-media-stream', '--use-fake-device-for-media-stream'];
    await use({ ...launchOptions, args: [...(launchOptions.args ?? []), ...camera] });
  },
});

/** Paths of a few pictures of the first class. */
function picturesOf(folder: string): string[] {
  const parts = readdirSync(folder, { recursive: true, withFileTypes: true });
  return parts
    .filter((entry) => entry.isFile() && /\.(jpe?g|png)$/i.test(entry.name))
    .slice(0, 3)
    .map((entry) => join(entry.parentPath, entry.name));
}

test('pictures are answered from a file, the clipboard, a drop, the camera and in a table', async ({
  page,
  trained,
}) => {
  const problems = watchProblems(page);
  const [first, ...others] = picturesOf(trained.pictures);
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write', 'camera']);
  await page.goto(trained.url);
  await page.goto(`${trained.url.split('?')[0]}#/run/last/try`);

  await test.step('a file', async () => {
    const [chooser] = await Promise.all([page.waitForEvent('filechooser'), button(page, 'Choose a picture').click()]);
    await chooser.setFiles(first!);
    await expect(answer(page)).toContainText(/member/, { timeout: 60_000 });
    await expect(answer(page)).toContainText('not sent');
    await expect(page.getByRole('navigation').getByRole('link', { name: /Try it.*Done/ })).toBeVisible();
  });

  await test.step('the clipboard', async () => {
    await page.evaluate(async () => {
      const canvas = document.createElement('canvas');
      canvas.width = canvas.height = 64;
      const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
      await navigator.clipboard.write([new ClipboardItem({ 'image/png': blob! })]);
    });
    await button(page, 'Paste').click();
    await expect(main(page)).toContainText('clipboard.png');
    await expect(answer(page)).toContainText('not sent', { timeout: 60_000 });
    await expect(main(page).getByRole('region', { name: 'Last pictures' }).getByRole('button')).toHaveCount(2);
  });

  await test.step('a drop from another view', async () => {
    await page.keyboard.press('Control+,');
    await expect(page.getByRole('heading', { name: 'Settings' })).toBeVisible();
    const base64 = readFileSync(others[0]!).toString('base64');
    const transfer = await page.evaluateHandle((content) => {
      const bytes = Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0));
      const data = new DataTransfer();
      data.items.add(new File([bytes], 'dropped.jpg', { type: 'image/jpeg' }));
      return data;
    }, base64);
    await page.dispatchEvent('body', 'dragenter', { dataTransfer: transfer });
    await expect(page.getByText('Drop to try it')).toBeVisible();
    await page.dispatchEvent('body', 'drop', { dataTransfer: transfer });
    await expect(page).toHaveURL(/\/try$/);
    await expect(main(page)).toContainText('dropped.jpg');
    await expect(answer(page)).toContainText('not sent', { timeout: 60_000 });
  });

  await test.step('the camera, live and frozen', async () => {
    await button(page, 'Camera').click();
    await expect(answer(page)).toContainText('not sent', { timeout: 60_000 });
    await main(page).getByRole('group', { name: 'Camera' }).focus();
    await page.keyboard.press('Space');
    await expect(main(page)).toContainText('Frozen');
    await button(page, 'Stop the camera').click();
    await expect(main(page).locator('video')).toHaveCount(0);
  });

  await test.step('several pictures as a table and as CSV', async () => {
    const [chooser] = await Promise.all([page.waitForEvent('filechooser'), button(page, 'Choose a picture').click()]);
    await chooser.setFiles([first!, ...others]);
    await expect(main(page).getByRole('row')).toHaveCount(4, { timeout: 60_000 });
    const [download] = await Promise.all([page.waitForEvent('download'), button(page, 'Save as CSV').click()]);
    const lines = readFileSync(await download.path(), 'utf8')
      .trim()
      .split('\r\n');
    expect(lines).toHaveLength(4);
    expect(lines[0]).toMatch(/^picture,answer,probability,/); // trim takes the mark at the beginning
  });

  await test.step('what is no picture', async () => {
    const [chooser] = await Promise.all([page.waitForEvent('filechooser'), button(page, 'Choose a picture').click()]);
    await chooser.setFiles({ name: 'words.png', mimeType: 'image/png', buffer: Buffer.from('no picture') });
    await expect(answer(page)).toContainText('Details', { timeout: 60_000 });
  });
  expect(problems()).toEqual([]);
});
