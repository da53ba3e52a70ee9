import type { WebSocketRoute } from '@playwright/test';
import { expect, test, watchProblems } from './fixtures.ts';
import { startServer } from './support/anneal-server.ts';
import { engineLine, isUnderWay, lanesOf, openRun, showsTheTruth, startRun } from './support/running.ts';

test.describe.configure({ timeout: 240_000 });

test('a run whose compute process is killed from outside goes on, and the page says so', async ({
  window,
  server,
  folders,
}) => {
  const line = await engineLine(window.context(), server.port);
  const runId = await startRun(line, folders.pictures, 4);
  const events = line.events(runId);
  await openRun(window, runId);
  await isUnderWay(window);
  const lanes = lanesOf(server.process.pid!);
  expect(lanes.length).toBeGreaterThan(0);
  lanes.forEach((pid) => process.kill(pid, 'SIGKILL'));
  await expect(window.getByText(/The run stood still from .* and was resumed from step/)).toBeVisible({
    timeout: 60_000,
  });
  const record = await showsTheTruth(window, line, runId);
  expect(record.attempt).toBe(2);
  expect(record.snapshots).toHaveLength(3);
  expect(events.map(({ seq }) => seq)).toEqual(events.map((_, i) => i + 1));
  line.close();
});

test('a page that is reloaded in the middle of a run shows its true state', async ({ window, server, folders }) => {
  const line = await engineLine(window.context(), server.port);
  const runId = await startRun(line, folders.pictures, 3);
  await openRun(window, runId);
  await isUnderWay(window);
  for (let i = 0; i < 2; i++) {
    await window.reload();
    await expect(window.getByRole('heading', { level: 1 })).toContainText('disturbed');
    await isUnderWay(window);
  }
  await showsTheTruth(window, line, runId);
  line.close();
});

test('two pages on one run show the same, whichever steers it', async ({ window, server, folders, context }) => {
  const line = await engineLine(context, server.port);
  // Long enough that there is still something to pause when a second page has opened.
  const runId = await startRun(line, folders.pictures, 12);
  await openRun(window, runId);
  const other = await context.newPage();
  const problems = watchProblems(other);
  await other.goto(`http://127.0.0.1:${server.port}/#/run/${runId}`);
  await isUnderWay(window);
  const button = (page: typeof window, name: string) => page.getByRole('main').getByRole('button', { name });
  await button(window, 'Pause').click();
  for (const page of [window, other]) await expect(page.getByRole('main')).toContainText('Paused', { timeout: 60_000 });
  await button(other, 'Resume').click();
  for (const page of [window, other]) await expect(button(page, 'Pause')).toBeVisible();
  const record = await showsTheTruth(window, line, runId);
  expect(await showsTheTruth(other, line, runId)).toEqual(record);
  expect(problems()).toEqual([]);
  line.close();
});

test('a page whose WebSocket is cut says so, comes back, and has missed nothing', async ({
  server,
  folders,
  page,
  context,
}) => {
  const sockets: WebSocketRoute[] = [];
  let cut = false;
  await page.routeWebSocket(/\/socket$/, (socket) => {
    if (cut) return void socket.close();
    sockets.push(socket);
    socket.connectToServer();
  });
  const problems = watchProblems(page);
  await page.goto(server.url);
  const line = await engineLine(context, server.port);
  const runId = await startRun(line, folders.pictures, 3);
  await openRun(page, runId);
  await isUnderWay(page);
  cut = true;
  for (const socket of sockets) await socket.close();
  await expect(page.getByText(/Connection to Anneal lost at \d/)).toBeVisible();
  await page.waitForTimeout(3000);
  cut = false;
  await expect(page.getByText(/Connection to Anneal lost at \d/)).toBeHidden({ timeout: 30_000 });
  await showsTheTruth(page, line, runId);
  expect(problems()).toEqual([]);
  line.close();
});

test('a server that is ended in the middle of a run offers to resume it after its next start', async ({
  window,
  server,
  folders,
  browser,
  expectedErrors,
}) => {
  expectedErrors.push(/WebSocket connection|ERR_CONNECTION_REFUSED|401/);
  const line = await engineLine(window.context(), server.port);
  const runId = await startRun(line, folders.pictures, 4);
  await openRun(window, runId);
  await isUnderWay(window);
  await server.stop();
  await expect(window.getByText(/Connection to Anneal lost at \d/)).toBeVisible();

  const next = await startServer(folders.workspace, ['--allow', folders.pictures]);
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  try {
    const page = await context.newPage();
    const problems = watchProblems(page);
    await page.goto(next.url);
    const nextLine = await engineLine(context, next.port);
    await openRun(page, runId);
    await expect(page.getByText(/The run stopped at .* Everything up to there is kept/)).toBeVisible();
    await page.getByRole('main').getByRole('button', { name: 'Resume' }).click();
    await showsTheTruth(page, nextLine, runId);
    expect(problems()).toEqual([]);
    nextLine.close();
  } finally {
    await context.close();
    await next.stop();
  }
});
