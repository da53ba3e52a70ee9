import { test as base, expect, type Page } from '@playwright/test';
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureWindow } from '../../build/window.ts';
import { startServer, type AnnealServer } from './support/anneal-server.ts';
import { electronProgram, launchElectron, workspaceBelow } from './support/electron-window.ts';
import { removeWorkspace, trainWorkspace, type TrainedWorkspace } from './support/trained-workspace.ts';

export { expect } from '@playwright/test';

export interface ShellOption {
  /** What the window runs in. */
  shell: 'browser' | 'electron';
}

interface Folders {
  /** Goes when the test has ended. */
  readonly memory: string;
  readonly workspace: string;
  /** Open to pages; empty. */
  readonly pictures: string;
}

interface Fixtures {
  skipWhereImpossible: null;
  folders: Folders;
  server: AnnealServer;
  trained: TrainedServer;
  /** The window, opened at Start. What it says in its console as an error fails the test. */
  window: Page;
  /** Regular expressions of console errors that this test brings about on purpose. */
  expectedErrors: RegExp[];
}

interface WorkerFixtures {
  built: string;
  /** Made once; tests that change it take a copy. */
  trainedOnce: TrainedWorkspace;
}

/** A server on a copy of a workspace that holds one finished run. */
interface TrainedServer extends AnnealServer, TrainedWorkspace {
  /** The dataset's number in the workspace. */
  readonly dataset: string;
}

export const test = base.extend<Fixtures & ShellOption, WorkerFixtures>({
  shell: ['browser', { option: true }],

  built: [
    async ({}, use) => {
      await use(await ensureWindow(() => undefined));
    },
    { scope: 'worker', timeout: 300_000 },
  ],

  skipWhereImpossible: [
    async ({ shell }, use, testInfo) => {
      const found = electronProgram();
      testInfo.skip(shell === 'electron' && 'why' in found, 'why' in found ? found.why : '');
      await use(null);
    },
    { auto: true },
  ],

  folders: async ({}, use) => {
    const memory = mkdtempSync(join(tmpdir(), 'anneal-e2e-'));
    const folders = { memory, workspace: workspaceBelow(memory), pictures: join(memory, 'pictures') };
    mkdirSync(folders.pictures);
    await use(folders);
    rmSync(memory, { recursive: true, force: true, maxRetries: 5 });
  },

  server: async ({ folders, built }, use) => {
    void built;
    const server = await startServer(folders.workspace, ['--allow', folders.pictures]);
    await use(server);
    await server.stop();
  },

  expectedErrors: async ({}, use) => {
    await use([]);
  },

  trainedOnce: [
    async ({}, use) => {
      const trained = await trainWorkspace();
      await use(trained);
      removeWorkspace(trained);
    },
    { scope: 'worker', timeout: 300_000 },
  ],

  trained: async ({ built, trainedOnce, folders }, use) => {
    void built;
    cpSync(trainedOnce.workspace, folders.workspace, { recursive: true });
    const server = await startServer(folders.workspace, ['--allow', trainedOnce.pictures]);
    await use({ ...trainedOnce, ...server, workspace: folders.workspace, dataset: '1' });
    await server.stop();
  },

  window: async ({ shell, server, page, folders, expectedErrors }, use) => {
    const found = electronProgram();
    const application =
      shell === 'electron' && 'program' in found ? await launchElectron(found.program, folders.memory) : null;
    const window = application ? await application.firstWindow() : page;
    const problems = watchProblems(window);
    if (!application) await window.goto(server.url);
    await expect(window.getByRole('heading', { level: 1 })).toBeVisible();
    await use(window);
    await application?.close();
    expect(problems().filter((text) => !expectedErrors.some((expected) => expected.test(text)))).toEqual([]);
  },
});

/** Collects what a page complains of: errors in the console (also the content policy's) and exceptions that nobody caught. */
export function watchProblems(page: Page): () => string[] {
  const problems: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text());
  });
  page.on('pageerror', (error) => problems.push(error.stack ?? error.message));
  return () => problems;
}
