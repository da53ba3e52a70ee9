import type { Page } from '@playwright/test';
import { english } from '../../src/messages/ui/en/index.ts';
import { expect, test, watchProblems } from './fixtures.ts';
import { anneal } from './support/trained-workspace.ts';

const main = (page: Page) => page.getByRole('main');
const button = (page: Page, name: string | RegExp) => main(page).getByRole('button', { name });
// Of the list alone: what is compared below it has rows too.
const rows = (page: Page) => main(page).getByRole('grid', { name: 'Runs', exact: true }).getByRole('row');

test('runs are filtered, renamed, pinned, compared and deleted with a way back', async ({ page, trained }) => {
  await anneal(['train', trained.pictures, '--preset', 'quick', '--json', '--workspace', trained.workspace]);
  const problems = watchProblems(page);
  await page.goto(trained.url);
  await page.goto(`${trained.url.split('?')[0]}#/runs`);
  await expect(rows(page)).toHaveCount(3);

  await test.step('rename with F2, undo with Ctrl+Z', async () => {
    await rows(page).nth(1).focus();
    await page.keyboard.press('F2');
    await page.keyboard.type('with fresh eyes');
    await page.keyboard.press('Enter');
    await expect(rows(page).nth(1)).toContainText('2 with fresh eyes');
    await page.keyboard.press('Control+z');
    await expect(rows(page).nth(1)).not.toContainText('fresh');
  });

  await test.step('a note is found by the filter, which stays in the address', async () => {
    await button(page, 'More for run 2').click();
    await page.getByRole('menuitem', { name: 'Write a note' }).click();
    await expect(main(page).getByRole('textbox', { name: 'Note' })).toBeFocused();
    await page.keyboard.type('two quick ones');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Control+f');
    await page.keyboard.type('quick ones');
    await page.keyboard.press('Enter');
    await expect(rows(page)).toHaveCount(2);
    await page.reload();
    await expect(rows(page)).toHaveCount(2);
    await button(page, /condition “ones”/).click();
    await page.keyboard.press('Control+f');
    await page.keyboard.type('pinned ');
    await expect(main(page)).toContainText('No run matches all conditions');
    await button(page, /Without “pinned”/).click();
    await expect(rows(page)).not.toHaveCount(0);
    await page.goto(`${trained.url.split('?')[0]}#/runs`);
    await expect(rows(page)).toHaveCount(3);
  });

  await test.step('compare two', async () => {
    for (const box of await main(page).getByRole('checkbox').all()) await box.check();
    await button(page, 'Compare 2').click();
    await expect(page).toHaveURL(/compare=2,1/);
    await expect(main(page)).toContainText(/\d+ settings differ\. [+−]/);
    await expect(main(page)).toContainText(/on the same \d+ pictures/);
  });

  await test.step('pinned runs are safe from deletion', async () => {
    await rows(page).nth(1).focus();
    await page.keyboard.press('Space');
    await rows(page).nth(2).focus();
    await page.keyboard.press('p');
    await expect(rows(page).nth(2).getByLabel('pinned')).toBeVisible();
    for (const box of await main(page).getByRole('checkbox').all()) await box.check();
    await button(page, 'Delete 2').click();
    await expect(page.getByText(/was deleted\. 1 pinned run was kept/).first()).toBeVisible();
    await expect(rows(page)).toHaveCount(2);
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect(rows(page)).toHaveCount(3);
  });
  expect(problems()).toEqual([]);
});

test('a trial is called one, and says why it has no test set', async ({ page, trained }) => {
  await anneal(['train', trained.pictures, '--preset', 'quick', '--trial', '--json', '--workspace', trained.workspace]);
  const { word, why } = english.common.trial;
  await page.goto(trained.url);
  await page.goto(`${trained.url.split('?')[0]}#/runs`);
  const tag = main(page).getByTitle(why);
  await expect(rows(page)).toHaveCount(3);
  await expect(tag).toHaveCount(1);
  await expect(tag).toHaveText(word);
  await rows(page)
    .filter({ has: page.getByTitle(why) })
    .getByRole('link')
    .click();
  await expect(main(page).getByRole('heading', { level: 1 })).toContainText('run 2');
  await expect(tag).toHaveText(word);
  await button(page, 'See the ensemble').click();
  await expect(main(page).getByRole('region', { name: english.ensemble.test.title })).toContainText(why);
});

test('a run that is gone says so and leads to those that are there', async ({ page, trained }) => {
  await page.goto(trained.url);
  await page.goto(`${trained.url.split('?')[0]}#/run/20200101-0000-none`);
  await expect(main(page)).toContainText('This run was deleted');
  await button(page, 'Show all runs').click();
  await expect(page).toHaveURL(/#\/runs$/);
  await page.goto(`${trained.url.split('?')[0]}#/run/last`);
  await expect(page).toHaveURL(/#\/run\/[\w]+-[\w-]+$/);
});
