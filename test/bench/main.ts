import { parseArgs } from 'node:util';
import { sharedData } from '../support/shared.ts';
import type { Bench } from './bench.ts';
import { runBenches } from './run-benches.ts';

/** Every bench by its name; loaded when it is named. */
const benches: Readonly<Record<string, () => Promise<Bench>>> = {
  'quick-hymenoptera': async () => (await import('./quick-hymenoptera.ts')).quickHymenoptera,
  'quick-accuracy': async () => (await import('./quick-accuracy.ts')).quickAccuracy,
  'interval-coverage': async () => (await import('./interval-coverage.ts')).intervalCoverage,
  'resnet20-step': async () => (await import('./training-step.ts')).resnet20Step,
  'mobilenetv2-step': async () => (await import('./training-step.ts')).mobilenetV2Step,
  'efficientnet-lite0-step': async () => (await import('./training-step.ts')).efficientnetLite0Step,
  'feature-extraction': async () => (await import('./feature-extraction.ts')).featureExtraction,
  memory: async () => (await import('./memory.ts')).memory,
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { json: { type: 'boolean' }, runs: { type: 'string', default: '5' } },
});
const unknown = positionals.filter((name) => !(name in benches));
if (unknown.length > 0) {
  process.stderr.write(`No bench ${unknown.join(', ')}; there are ${Object.keys(benches).join(', ')}.\n`);
  process.exit(2);
}
const names = positionals.length > 0 ? positionals : Object.keys(benches);
process.exitCode = await runBenches(await Promise.all(names.map((name) => benches[name]!())), {
  runs: Number(values.runs),
  data: sharedData,
  result: (result) => process.stdout.write(`${JSON.stringify(result, null, values.json ? 0 : 2)}\n`),
  warn: (sentence) => process.stderr.write(`${sentence}\n`),
});
