import type { Page } from '@playwright/test';
import { expect, test, watchProblems } from './fixtures.ts';

/** Opens a view of the trained run, with nothing else on the page's mind. */
async function open(page: Page, url: string, hash: string): Promise<() => string[]> {
  const problems = watchProblems(page);
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.goto(url);
  await page.evaluate((to) => location.assign(to), hash);
  return problems;
}

test('a plot is read, zoomed and turned into a table by keys alone', async ({ trained, page }) => {
  const problems = await open(page, trained.url, `#/run/${trained.runId}`);
  const cursor = page.getByRole('slider', { name: 'Accuracy, position' });
  await expect(cursor).toHaveAttribute('aria-valuetext', /^newest, ensemble .*%, validation .*%, training .*%$/);
  await cursor.focus();
  await page.keyboard.press('Home');
  await expect(cursor).toHaveAttribute('aria-valuetext', /^epoch 1, snapshot 1, /);
  await page.keyboard.press('ArrowRight');
  await expect(cursor).toHaveAttribute('aria-valuetext', /^epoch 2, snapshot 2, /);
  // All plots of a run have one cursor.
  const loss = page.getByRole('slider', { name: 'Loss, position' });
  await expect(loss).toHaveAttribute('aria-valuetext', /^epoch 2, snapshot 2, training /);
  await page.keyboard.press('+');
  await expect(cursor).toHaveAttribute('aria-valuetext', /shown: epoch 1 to epoch 2\.5$/);
  await page.keyboard.press('0');
  await expect(cursor).not.toHaveAttribute('aria-valuetext', /shown/);
  await page.keyboard.press('t');
  const table = page.getByRole('region', { name: 'Accuracy' });
  await expect(table).toBeFocused();
  await expect(table.getByRole('row')).toHaveCount(4);
  await page.keyboard.press('t');
  await expect(cursor).toBeFocused();
  const gradient = page.getByRole('slider', { name: 'Size of the gradient, position' });
  await expect(gradient).toHaveAttribute('aria-valuetext', /, norm \d/);
  expect(problems()).toEqual([]);
});

test('a plot is copied as a picture of 1200 by 630', async ({ trained, page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const problems = await open(page, trained.url, `#/run/${trained.runId}`);
  for (const figure of ['Accuracy', 'Ensemble']) {
    await page.evaluate(() => navigator.clipboard.writeText('before'));
    await page
      .getByRole('figure', { name: new RegExp(`^${figure}`) })
      .getByRole('button', { name: 'Copy as picture' })
      .click();
    await expect(page.getByRole('group', { name: `Copied “${figure}” as a picture.` })).toBeVisible();
    const size = await page.evaluate(async () => {
      const [item] = await navigator.clipboard.read();
      const image = await createImageBitmap(await item!.getType('image/png'));
      return [image.width, image.height];
    });
    expect(size).toEqual([1200, 630]);
  }
  expect(problems()).toEqual([]);
});

test('switching a member answers from what is stored, and the address keeps it', async ({ trained, page }) => {
  const problems = await open(page, trained.url, `#/run/${trained.runId}/ensemble?members=1,2,3`);
  const switches = page.getByRole('checkbox', { name: /^Member / });
  await expect(switches).toHaveCount(3);
  const stairs = page.getByRole('figure', { name: /^Ensemble by member/ });
  const stones = stairs.locator('[data-member]');
  await expect(stones).toHaveCount(3);

  // From the press of the key to the figures on the screen, measured in the page.
  const times: number[] = [];
  for (let i = 0; i < 6; i++) {
    const members = i % 2 === 0 ? 2 : 3;
    await switches.nth(1).focus();
    // The listeners have to be there before the key comes.
    await page.evaluate((wanted) => {
      const switched = new Promise<number>((resolve) => {
        let start = 0;
        addEventListener('keydown', () => (start = performance.now()), { once: true, capture: true });
        new MutationObserver((_, observer) => {
          if (start === 0 || document.querySelectorAll('[data-member]').length !== wanted) return;
          observer.disconnect();
          resolve(performance.now() - start);
        }).observe(document.querySelector('main')!, { subtree: true, childList: true });
      });
      Object.assign(globalThis, { switched });
    }, members);
    await page.keyboard.press('Space');
    await expect(stones).toHaveCount(members);
    times.push(await page.evaluate(() => (globalThis as unknown as { switched: Promise<number> }).switched));
  }
  const least = Math.min(...times);
  test.info().annotations.push({ type: 'member switch', description: `${times.map(Math.round).join(', ')} ms` });
  expect(least).toBeLessThan(100);

  await page.keyboard.press('Space');
  await expect(page).toHaveURL(/members=1,3$/);
  await expect(switches.nth(1)).not.toBeChecked();
  await page.reload();
  await expect(switches.nth(1)).not.toBeChecked();
  await expect(stones).toHaveCount(2);
  await page.getByRole('button', { name: 'Use these 2' }).click();
  await expect(page.getByRole('group', { name: 'Try it and Export now use 2 members.' })).toBeVisible();
  await expect(page.getByRole('main').getByRole('button', { name: 'Try it' })).toBeVisible();
  expect(problems()).toEqual([]);
});

test('a cell of the matrix opens its pictures, and one of them is left out and put back', async ({ trained, page }) => {
  const problems = await open(page, trained.url, `#/run/${trained.runId}/ensemble`);
  const matrix = page.getByRole('grid', { name: 'Confusion' });
  await matrix.getByRole('gridcell').first().focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowLeft');
  await expect(matrix.getByRole('gridcell').first()).toBeFocused();
  // The first cell that is not empty, wherever this network puts it.
  const full = matrix.getByRole('gridcell', { name: /, [1-9]\d* pictures?$/ }).first();
  const name = (await full.getAttribute('aria-label'))!;
  const count = Number(/(\d+) pictures?$/.exec(name)![1]);
  await full.focus();
  await page.keyboard.press('Enter');
  const inspector = page.getByRole('complementary', { name: 'Inspector' });
  await expect(inspector.getByRole('heading', { level: 2 })).toContainText(`: ${count}`);
  await expect(page).toHaveURL(/cell=\w+,\w+/);
  await inspector.getByRole('button', { name: 'Leave out' }).click();
  await expect(inspector.getByRole('button', { name: 'Put back' })).toBeVisible();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(inspector.getByRole('button', { name: 'Leave out' })).toBeVisible();
  await page.goBack();
  await expect(inspector).toBeHidden();
  expect(problems()).toEqual([]);
});
