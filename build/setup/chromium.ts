import { accessSync, constants } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, join } from 'node:path';
import type { BrowserType } from '@playwright/test';
import { runProcess, lastLines } from './run-process.ts';
import type { Log } from './tensorflow-runtime.ts';

const names = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'chrome', 'microsoft-edge'];
const fixedPlaces: Partial<Record<NodeJS.Platform, readonly string[]>> = {
  darwin: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
  ],
  win32: ['ProgramFiles', 'ProgramFiles(x86)', 'LocalAppData'].flatMap((name) =>
    process.env[name] === undefined ? [] : [join(process.env[name], 'Google', 'Chrome', 'Application', 'chrome.exe')],
  ),
};

/** The browser for tests of the window: named by ANNEAL_CHROMIUM, installed, or Playwright's own; null where there is none. */
export function findChromium(): string | null {
  const named = process.env['ANNEAL_CHROMIUM'];
  if (named) return isProgram(named) ? named : null;
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  const onPath = folders.flatMap((folder) => names.map((name) => join(folder, name)));
  const candidates = [...onPath, ...(fixedPlaces[process.platform] ?? []), ...playwrightsOwn()];
  return candidates.find(isProgram) ?? null;
}

/**
 * As `findChromium`, after an attempt to install Debian's package where that is possible: as root, with apt-get. Says in a sentence
 * why there is none.
 */
export async function ensureChromium(log: Log): Promise<string | null> {
  const found = findChromium();
  if (found !== null) return found;
  const how = 'Install Chromium or Chrome, or name one in ANNEAL_CHROMIUM.';
  if (process.env['ANNEAL_CHROMIUM'] || process.platform !== 'linux' || process.getuid?.() !== 0) {
    log(`No browser for tests of the window was found. ${how}`);
    return null;
  }
  log('Installing Chromium for tests of the window …');
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  await runProcess('apt-get', ['update'], { env });
  const installed = await runProcess('apt-get', ['install', '-y', '--no-install-recommends', 'chromium'], { env });
  const now = findChromium();
  if (now === null) log(`No browser for tests of the window: ${lastLines(installed.output)}. ${how}`);
  return now;
}

function playwrightsOwn(): string[] {
  try {
    const playwright: { chromium: BrowserType } = createRequire(import.meta.url)('@playwright/test');
    return [playwright.chromium.executablePath()];
  } catch {
    return [];
  }
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
