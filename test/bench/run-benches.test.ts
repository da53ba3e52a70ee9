import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../support/temporary-folder.ts';
import type { Bench, BenchResult } from './bench.ts';
import { intervalCoverage } from './interval-coverage.ts';
import { quickAccuracy } from './quick-accuracy.ts';
import { quickHymenoptera } from './quick-hymenoptera.ts';
import { runBenches } from './run-benches.ts';

/** Counts the runs that it is asked for. */
const counter: Bench = {
  name: 'counter',
  run: (runs) =>
    Promise.resolve({
      name: 'counter',
      ours: runs,
      peer: null,
      peerName: null,
      ratio: null,
      unit: 'runs',
      peakMemoryBytes: null,
      peerPeakMemoryBytes: null,
    }),
};

async function ran(benches: readonly Bench[], data: string | null) {
  const results: BenchResult[] = [];
  const warnings: string[] = [];
  const code = await runBenches(benches, {
    runs: 3,
    data,
    result: (result) => results.push(result),
    warn: (sentence) => warnings.push(sentence),
  });
  return { code, ours: results.map(({ ours }) => ours), warnings };
}

describe('benches', () => {
  it('give what they measured, and exit with 0', async () => {
    expect(await ran([counter], null)).toEqual({ code: 0, ours: [3], warnings: [] });
  });

  it('are left out with a sentence each where there are no shared data; the others run, and the exit code is 2', async () => {
    const { code, ours, warnings } = await ran([quickHymenoptera, quickAccuracy, intervalCoverage, counter], null);
    expect({ code, ours }).toEqual({ code: 2, ours: [3] });
    expect(warnings).toEqual([
      'quick-hymenoptera is left out: it needs the pictures hymenoptera of the shared data, which are not here.',
      'quick-accuracy is left out: it needs the pictures hymenoptera, flowers-1000, tiny-imagenet-20 of the shared data, which are not here.',
      'interval-coverage is left out: it needs the pictures flowers-1000 of the shared data, which are not here.',
    ]);
  });

  it('name the folders alone that are not there', async () => {
    const data = temporaryFolder();
    mkdirSync(join(data, 'hymenoptera'));
    expect((await ran([quickAccuracy], data)).warnings).toEqual([
      `quick-accuracy is left out: it needs the pictures flowers-1000, tiny-imagenet-20 of ${data}.`,
    ]);
  });
});
