import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { ensureSetup } from './setup/ensure-setup.ts';
import { ensureChromium } from './setup/chromium.ts';
import { addCounts, countTests, countWindowTests, noTests, type TestCounts } from './test-counts.ts';

// `npm test`: setup, the fast tests, the slow ones, those of the window; the last line is `N passed, N failed, N skipped`.
// `npm test -- fast|slow|window [filters]` runs one tier, or only the files whose path holds a filter.
const setup = await ensureSetup({ log: (line) => console.error(line) });
if (!setup.sqlite.ready) process.exit(1);

const tiers = ['fast', 'slow', 'window'];
const args = process.argv.slice(2);
const chosen = args[0] !== undefined && tiers.includes(args[0]) ? [args.shift()!] : tiers;

let total = noTests;
for (const tier of chosen) total = addCounts(total, await (tier === 'window' ? runWindowTier() : runTier(tier)));
console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exitCode = total.failed === 0 ? 0 : 1;

async function runTier(tier: string): Promise<TestCounts> {
  console.log(`\n${tier} tests`);
  const folder = await mkdtemp(join(tmpdir(), 'anneal-tests-'));
  try {
    const report = join(folder, 'report.json');
    const code = await vitest(['run', '--project', tier, '--passWithNoTests', ...reporters(report), ...args]);
    const text = await readFile(report, 'utf8').catch(() => null);
    return countTests(text, code);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The window in a browser, by Playwright. Without a browser its tests are listed by name and count as skipped. */
async function runWindowTier(): Promise<TestCounts> {
  console.log('\nwindow tests');
  const browser = await ensureChromium((line) => console.error(line));
  const folder = await mkdtemp(join(tmpdir(), 'anneal-tests-'));
  try {
    const report = join(folder, 'report.json');
    const config = join(import.meta.dirname, '..', 'test', 'e2e', 'playwright.config.ts');
    const list = browser === null ? ['--list'] : [];
    const env = { PLAYWRIGHT_JSON_OUTPUT_NAME: report };
    const code = await runBin(
      '@playwright/test',
      'cli.js',
      ['test', '-c', config, '--pass-with-no-tests', ...list, ...args],
      env,
    );
    const text = await readFile(report, 'utf8').catch(() => null);
    if (browser === null) console.log('Skipped, for want of a browser: all of the above');
    return countWindowTests(text, code, browser === null);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function reporters(report: string): string[] {
  return ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
}

function vitest(args: readonly string[]): Promise<number> {
  return runBin('vitest', 'vitest.mjs', args);
}

/** Runs a package's program; gives its exit code. */
function runBin(name: string, file: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<number> {
  const packageFolder = dirname(createRequire(import.meta.url).resolve(`${name}/package.json`));
  return new Promise((resolve, reject) => {
    const command = [join(packageFolder, file), ...args];
    const child = spawn(process.execPath, command, { stdio: 'inherit', env: { ...process.env, ...env } });
    child.once('error', reject);
    child.once('close', (code) => resolve(code ?? 1));
  });
}
