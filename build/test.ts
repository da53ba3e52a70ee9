import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { ensureSetup } from './setup/ensure-setup.ts';
import { addCounts, countTests, noTests, type TestCounts } from './test-counts.ts';

// `npm test`: setup, the fast tests, then the slow ones; the last line is `N passed, N failed, N skipped`.
// `npm test -- fast|slow [filters]` runs one tier, or only the files whose path holds a filter.
const setup = await ensureSetup({ log: (line) => console.error(line) });
if (!setup.sqlite.ready) process.exit(1);

const tiers = ['fast', 'slow'];
const args = process.argv.slice(2);
const chosen = args[0] !== undefined && tiers.includes(args[0]) ? [args.shift()!] : tiers;

let total = noTests;
for (const tier of chosen) total = addCounts(total, await runTier(tier));
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

function reporters(report: string): string[] {
  return ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
}

function vitest(args: readonly string[]): Promise<number> {
  const packageFolder = dirname(createRequire(import.meta.url).resolve('vitest/package.json'));
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(packageFolder, 'vitest.mjs'), ...args], { stdio: 'inherit' });
    child.once('error', reject);
    child.once('close', (code) => resolve(code ?? 1));
  });
}
