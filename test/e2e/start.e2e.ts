import { expect, test } from './fixtures.ts';

test('the window opens without a token in its address and without a complaint', async ({ window }) => {
  expect(window.url()).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/(#.*)?$/);
  await expect(window).toHaveTitle(/Anneal/);
});
