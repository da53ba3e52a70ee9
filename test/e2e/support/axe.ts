import type { Page } from '@playwright/test';
import axe from 'axe-core';

const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** What axe finds against WCAG 2.2 AA on the page as it stands, in lines: rule, place, reason. */
export async function axeViolations(page: Page): Promise<string[]> {
  // Through the debugger: the content policy lets no script in otherwise.
  await page.evaluate(`${axe.source}; void 0`);
  const { violations } = await page.evaluate(
    (values) => (globalThis as unknown as { axe: typeof axe }).axe.run(document, { runOnly: { type: 'tag', values } }),
    tags,
  );
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(
      ({ target, failureSummary, html }) => `${id}: ${target.join(' ')} ${html.slice(0, 120)}\n${failureSummary}`,
    ),
  );
}
