import type { CDPSession, Page } from '@playwright/test';
import { expect, test as base, watchProblems } from './fixtures.ts';
import { allowedBy } from './support/allowed-by.ts';
import { drawPlainly, interactions95, watchInteractions } from './support/interactions.ts';
import { madeEpoch, madeStep, startMadeHost, type MadeHost } from './support/made-host.ts';

const test = base.extend<{ host: MadeHost }>({
  host: async ({ folders, built }, use) => {
    void built;
    const host = await startMadeHost(folders.workspace);
    await use(host);
    await host.end();
  },
});

/** Opens the made run's view and waits until it has heard of its first step. */
async function openRun(page: Page, host: MadeHost): Promise<void> {
  host.tell({ type: 'runStarted', step: 0, totalSteps: 36_000, resumedFromStep: null, plan: null, stepsBefore: 0 });
  await page.goto(`${host.url}#/run/${host.runId}`);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
}

/** Milliseconds from a key to its paint on a plain page, 95th percentile: 16 with the machine at hand for it alone, and one step of the clock. */
const plainReference = 24;

test('the first paint comes within 1.5 s', async ({ server, browser }) => {
  const paints: number[] = [];
  const context = await browser.newContext();
  let url = server.url;
  // The machine works on other things too: what the window itself needs is the least of a few.
  for (let i = 0; i < 3; i++) {
    const page = await context.newPage();
    await page.goto(url);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    paints.push(
      await page.evaluate(() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Infinity),
    );
    url = `http://127.0.0.1:${server.port}/`;
    await page.close();
  }
  await context.close();
  test.info().annotations.push({ type: 'first paint', description: `${paints.map(Math.round).join(', ')} ms` });
  expect(Math.min(...paints)).toBeLessThan(1500);
});

test('an answer to a key is painted within 100 ms while 50 events a second arrive', async ({ host, page, browser }) => {
  const problems = watchProblems(page);
  await openRun(page, host);
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  // In a window of its own: of two tabs the one behind is hardly painted.
  const beside = await browser.newContext();
  const plain = await beside.newPage();
  await drawPlainly(plain);
  for (const one of [page, plain]) await watchInteractions(one);
  let step = 0;
  const timer = setInterval(() => host.tell(madeStep(++step)), 20);
  const keys = 30;
  const rounds: string[] = [];
  let least = Infinity;
  // As above: one of a few rounds shows what the window itself needs.
  for (let round = 0; round < 4 && least >= 1; round++) {
    const [from, before] = [performance.now(), await threadSeconds(session)];
    for (let i = 0; i < keys; i++) {
      await page.keyboard.press(i % 10 === 9 ? 'Control+b' : i % 5 === 4 ? 'Shift+Tab' : 'Tab');
      await page.waitForTimeout(50);
      await plain.keyboard.press('Tab');
      await page.waitForTimeout(50);
    }
    const busy = (1000 * ((await threadSeconds(session)) - before)) / (performance.now() - from);
    const [p95, yardstick] = [await interactions95(page, keys), await interactions95(plain, keys)];
    const allowed = allowedBy(100, yardstick, plainReference);
    least = Math.min(least, p95 / allowed);
    rounds.push(
      `95th percentile ${p95} ms, of a plain page ${yardstick} ms, allowed ${allowed.toFixed(0)} ms, thread ${(100 * busy).toFixed(0)} % busy`,
    );
  }
  clearInterval(timer);
  await beside.close();
  test.info().annotations.push({ type: 'interaction to next paint', description: rounds.join('; ') });
  expect(least, rounds.join('; ')).toBeLessThan(1);
  expect(problems()).toEqual([]);
});

test('36,000 events leave less than 10 MB behind from their first quarter to their end', async ({ host, page }) => {
  test.setTimeout(240_000);
  const problems = watchProblems(page);
  await openRun(page, host);
  const session = await page.context().newCDPSession(page);
  const total = 36_000;
  const heaps: number[] = [];
  for (let step = 1; step <= total; step++) {
    host.tell(madeStep(step, total));
    if (step % 500 === 0) await new Promise((resolve) => setTimeout(resolve, 20));
    if (step % (total / 4) === 0) {
      host.tell(madeEpoch((4 * step) / total, step));
      await expect(page.getByRole('main')).toContainText(`epoch ${(4 * step) / total}/5`, { timeout: 60_000 });
      heaps.push(await heapMegabytes(session));
    }
  }
  test.info().annotations.push({ type: 'heap', description: `${heaps.map((mb) => mb.toFixed(1)).join(', ')} MB` });
  expect(heaps.at(-1)! - heaps[0]!).toBeLessThan(10);
  expect(problems()).toEqual([]);
});

/** What the page's thread has computed, however many others want the processor. */
async function threadSeconds(session: CDPSession): Promise<number> {
  const { metrics } = await session.send('Performance.getMetrics');
  return metrics.find(({ name }) => name === 'TaskDuration')!.value;
}

async function heapMegabytes(session: CDPSession): Promise<number> {
  await session.send('HeapProfiler.collectGarbage');
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  return usedSize / 1e6;
}
