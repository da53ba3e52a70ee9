import type { Page } from '@playwright/test';
import { english } from '../../src/messages/ui/en/index.ts';
import { expect, test } from './fixtures.ts';

const main = (page: Page) => page.getByRole('main');
const field = (page: Page, name: string) => main(page).getByRole('textbox', { name, exact: true });
const handle = (page: Page, name: string) => main(page).getByRole('slider', { name, exact: true });

/** Opens the wizard at a step, with a goal that fine-tunes. */
async function open(page: Page, url: string, dataset: string, step: string): Promise<void> {
  await page.goto(url);
  await page.evaluate((to) => location.assign(to), `#/train/${dataset}`);
  await main(page)
    .getByRole('radio', { name: /^Balanced/ })
    .click();
  await main(page)
    .getByRole('tab', { name: new RegExp(`^${step}`) })
    .click();
}

/** Takes hold of the middle of an element and moves by so many pixels; lets go unless told otherwise. */
async function drag(page: Page, name: string, by: { x: number; y: number }, drop = true): Promise<void> {
  const box = (await handle(page, name).boundingBox())!;
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + by.x, y + by.y, { steps: 8 });
  if (drop) await page.mouse.up();
}

test('curve, field and sentence follow a drag, which undo takes back whole', async ({ trained, page }) => {
  await open(page, trained.url, trained.dataset, 'Schedule');
  await expect(main(page)).toContainText('2 cycles of 2 epochs, 4 in all, 2 snapshots');

  await drag(page, 'Peak learning rate', { x: 0, y: 60 }, false);
  const during = Number(await field(page, 'Peak').inputValue());
  expect(during).toBeLessThan(0.0005);
  expect(during).toBeGreaterThan(0.0001);
  await page.mouse.up();
  await expect(handle(page, 'Peak learning rate')).toHaveAttribute('aria-valuenow', String(during));

  await drag(page, 'Length of the first cycle', { x: 90, y: 0 });
  await expect(main(page)).toContainText('2 cycles of 3 epochs, 6 in all, 2 snapshots');
  await handle(page, 'Growth from cycle to cycle').press('ArrowRight');
  await expect(field(page, 'Growth')).toHaveValue('1.1');
  await expect(page.getByRole('button', { name: '3 changes' })).toBeVisible();

  for (const [name, value] of [
    ['Growth', '1'],
    ['Length', '2'],
    ['Peak', '5e-4'],
  ] as const) {
    await page.keyboard.press('ControlOrMeta+z');
    await expect(field(page, name)).toHaveValue(value);
  }
  await expect(main(page)).toContainText('no changes');
});

test('a wrong value is told at its field, on its step and by Start, and mended by a click', async ({
  trained,
  page,
}) => {
  await open(page, trained.url, trained.dataset, 'Schedule');
  await field(page, 'Cycles').fill('1000');
  await expect(main(page)).toContainText('Needs a whole number from 1 to 100.');
  await expect(main(page).getByRole('tab', { name: /^Schedule/ })).toContainText('1 setting needs you');

  await main(page).getByRole('tab', { name: /^Goal/ }).click();
  await main(page).getByRole('button', { name: 'Start training' }).click();
  await expect(field(page, 'Cycles')).toBeFocused();
  await main(page).getByRole('button', { name: 'Use 100' }).click();
  await expect(field(page, 'Cycles')).toHaveValue('100');

  // What two settings say together, the engine tells.
  await field(page, 'Floor').fill('0,5');
  await field(page, 'Floor').press('Tab');
  await expect(main(page)).toContainText('“Floor” 0.5 and “Peak” 5e-4 contradict each other');
  await main(page).getByRole('button', { name: 'Use 5e-4' }).click();
  await expect(main(page)).not.toContainText('contradict');
});

test('another goal than the proposed one is nowhere called as proposed, and the review lists what was changed of it', async ({
  trained,
  page,
}) => {
  await page.goto(trained.url);
  await page.evaluate((to) => location.assign(to), `#/train/${trained.dataset}`);
  const { train } = english;
  const proposed = main(page).getByRole('radio').filter({ hasText: train.goal.proposed });
  await expect(proposed).toBeChecked();
  await expect(proposed).toHaveAccessibleName(/^Quick/);
  const asProposed = main(page).getByText(train.proposal.unchanged, { exact: true });
  await expect(asProposed).toBeVisible();

  await main(page)
    .getByRole('radio', { name: /^Thorough/ })
    .click();
  await expect(asProposed).toHaveCount(0);
  await expect(main(page)).toContainText('no changes');
  await expect(main(page)).toContainText('Quick is what was proposed:');

  await main(page).getByRole('tab', { name: 'Review' }).click();
  await expect(main(page)).toContainText('Nothing differs from Thorough for these pictures.');
  await main(page)
    .getByRole('tab', { name: /^Schedule/ })
    .click();
  await field(page, 'Cycles').fill('6');
  await expect(page.getByRole('button', { name: '1 change' })).toBeVisible();
  await main(page).getByRole('tab', { name: 'Review' }).click();
  const table = main(page).getByRole('table', { name: train.review.title });
  await expect(table.getByRole('row')).toHaveCount(2);
  await expect(table.getByRole('row').last()).toContainText('schedule.numCycles');
});

const snowLine = (page: Page) => handle(page, 'Frozen above this line');
const frozenGroups = (page: Page) => main(page).getByRole('switch', { name: /: frozen$/ });

/** Takes hold of the snow line and moves it by so many rows, in steps smaller than a row; the button stays pressed. */
async function dragLine(page: Page, rows: number): Promise<void> {
  const line = (await snowLine(page).boundingBox())!;
  const row = (await main(page).locator('[data-group]').last().boundingBox())!;
  const [x, y] = [line.x + line.width / 2, line.y + line.height / 2];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x, y + rows * row.height, { steps: 4 * Math.abs(rows) });
}

test('the snow line follows the pointer over many rows, and Escape takes the drag back', async ({ trained, page }) => {
  await open(page, trained.url, trained.dataset, 'Layers');
  const line = snowLine(page);
  await line.press('Home');
  await expect(line).toHaveAttribute('aria-valuenow', '0');

  // With all rows learning the table is at its widest; it still fits beside the summary.
  const table = main(page).getByRole('table', { name: english.train.layers.caption });
  expect(await table.evaluate((element) => element.scrollWidth - element.parentElement!.clientWidth)).toBe(0);

  await dragLine(page, 5);
  await expect(line).toHaveAttribute('aria-valuenow', '5');
  await expect(frozenGroups(page)).toHaveCount(5);
  await page.mouse.up();
  await dragLine(page, -3);
  await page.mouse.up();
  await expect(line).toHaveAttribute('aria-valuenow', '2');

  await dragLine(page, 4);
  await expect(line).toHaveAttribute('aria-valuenow', '6');
  await page.keyboard.press('Escape');
  await expect(line).toHaveAttribute('aria-valuenow', '2');
  // The hand that still moves has let go of it.
  await page.mouse.move(10, 10, { steps: 3 });
  await page.mouse.up();
  await expect(line).toHaveAttribute('aria-valuenow', '2');

  // Each drag is one edit, the one given up is none.
  for (const before of ['5', '0']) {
    await page.keyboard.press('ControlOrMeta+z');
    await expect(line).toHaveAttribute('aria-valuenow', before);
  }
});

test('the snow line keeps the focus while keys move it, as a switch does that freezes its row', async ({
  trained,
  page,
}) => {
  await open(page, trained.url, trained.dataset, 'Layers');
  const line = snowLine(page);
  await line.press('Home');
  await expect(line).toHaveAttribute('aria-valuenow', '0');
  await expect(line).toHaveAttribute('aria-valuetext', /^frozen above this line: 0 of /);
  for (const now of ['1', '2', '3']) {
    await page.keyboard.press('ArrowDown');
    await expect(line).toHaveAttribute('aria-valuenow', now);
  }
  await page.keyboard.press('ArrowUp');
  await expect(line).toHaveAttribute('aria-valuenow', '2');
  await expect(line).toBeFocused();

  const row = main(page).getByRole('switch', { name: /^blocks\.0\.0: / });
  await expect(row).toHaveAccessibleName('blocks.0.0: frozen');
  await row.press('Space');
  await expect(line).toHaveAttribute('aria-valuenow', '1');
  await page.keyboard.press('Space');
  await expect(line).toHaveAttribute('aria-valuenow', '2');
  await expect(row).toBeFocused();
});

test('what was changed outlives a reload, and a run can be repeated', async ({ trained, page }) => {
  await open(page, trained.url, trained.dataset, 'Schedule');
  await field(page, 'Cycles').fill('4');
  await expect(main(page)).toContainText('4 cycles of 2 epochs');
  await page.reload();
  await expect(main(page)).toContainText('4 cycles of 2 epochs');

  await page.evaluate((to) => location.assign(to), `#/train/${trained.dataset}?from=${trained.runId}&step=schedule`);
  await expect(main(page)).toContainText('3 cycles of 1 epoch, 3 in all, 3 snapshots');
  await expect(main(page)).toContainText('From scratch');
});

test('pictures show what an augmentation does to them', async ({ trained, page }) => {
  await open(page, trained.url, trained.dataset, 'Pictures');
  await main(page).getByRole('switch', { name: 'Rotation' }).click();
  const draws = main(page).getByRole('img', { name: 'Six draws of Rotation' });
  await expect(draws.locator('img')).toHaveCount(6, { timeout: 60_000 });
  await expect(main(page)).toContainText('Could change the class: a turned 6 is a 9.');
});
