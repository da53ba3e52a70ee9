/**
 * Snapshot ensembles from scratch, small: ResNet-20 on cifar10-small, equal epochs for every arm, one grid of rates, rates
 * chosen on validation inside train with seed 0, test looked at once a run. Compare Huang et al. 2017 (arXiv 1704.00109), table 1.
 * Run: tsx test/bench/experiments/scratch-ensembles.ts DATA WORK_FOLDER [SEEDS]; results are kept in WORK_FOLDER, a second call goes on.
 */
import { existsSync, readFileSync, writeFileSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { accuracyOf } from '../../../src/metrics/accuracy-of.ts';
import { averageProbabilities } from '../../../src/metrics/average-probabilities.ts';
import type { RunResult } from '../../../src/protocol/run-event.ts';
import { readSafetensors } from '../../../src/weights/safetensors.ts';
import { anneal, resultOf } from '../anneal-process.ts';

const epochs = 20;
const cycles = 4;
const rates = [0.05, 0.1, 0.2];
const arms = {
  cosine: ['schedule.name=cosine', `schedule.epochs=${epochs}`, `ensemble.snapshots=${cycles}`],
  step: ['schedule.name=step', `schedule.epochs=${epochs}`, 'ensemble.snapshots=1'],
  cycles: ['schedule.name=sgdr', `schedule.cycleEpochs=${epochs / cycles}`, `schedule.numCycles=${cycles}`],
} as const;
type Arm = keyof typeof arms;

interface Outcome {
  readonly arm: Arm;
  readonly rate: number;
  readonly seed: number;
  readonly validation: number;
  /** Test accuracy of each member, shallow to last. */
  readonly members: readonly number[];
  readonly all: number;
  readonly lastTwo: number;
  readonly greedy: number;
}

const [data, work, seedsText = '5'] = process.argv.slice(2);
if (!data || !work) throw new Error('usage: scratch-ensembles.ts DATA WORK_FOLDER [SEEDS]');
mkdirSync(work, { recursive: true });
const file = join(work, 'outcomes.json');
const outcomes: Outcome[] = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Outcome[]) : [];

for (const arm of Object.keys(arms) as Arm[]) for (const rate of rates) await outcome(arm, rate, 0);
for (let seed = 1; seed < Number(seedsText); seed++) {
  for (const arm of Object.keys(arms) as Arm[]) await outcome(arm, bestRate(arm), seed);
}
report();

async function outcome(arm: Arm, rate: number, seed: number): Promise<void> {
  if (outcomes.some((known) => known.arm === arm && known.rate === rate && known.seed === seed)) return;
  const workspace = join(work!, 'workspace');
  const sets = ['data.validationFraction=0.1', `schedule.maxLearningRate=${rate}`, ...arms[arm]].flatMap((s) => [
    '--set',
    s,
  ]);
  const args = ['train', data!, '--preset', 'scratch', '--seed', String(seed), '--out', workspace, ...sets];
  const result = resultOf<RunResult>(await anneal(args));
  const predictions = join(workspace, 'runs', result.runId, 'predictions', 'test.safetensors');
  const { tensors } = await readSafetensors(predictions);
  const labels = tensors.get('#labels')!.data as Int32Array;
  const members = result.members.map(({ name }) => tensors.get(name)!.data as Float32Array);
  const accuracy = (own: Float32Array) => accuracyOf(own, labels, result.classes.length, 'test').accuracy;
  outcomes.push({
    arm,
    rate,
    seed,
    validation: result.ensemble.accuracy,
    members: members.map(accuracy),
    all: accuracy(averageProbabilities(members)),
    lastTwo: accuracy(averageProbabilities(members.slice(-2))),
    greedy: result.test!.accuracy,
  });
  writeFileSync(file, JSON.stringify(outcomes, null, 1));
  rmSync(join(workspace, 'runs', result.runId), { recursive: true });
  console.log(JSON.stringify(outcomes.at(-1)));
}

function bestRate(arm: Arm): number {
  const tried = outcomes.filter((known) => known.arm === arm && known.seed === 0);
  return tried.reduce((best, next) => (next.validation > best.validation ? next : best)).rate;
}

function report(): void {
  const at = (arm: Arm) =>
    outcomes.filter((known) => known.arm === arm && known.rate === bestRate(arm)).sort((a, b) => a.seed - b.seed);
  const single = at('cosine').map(({ members }) => members.at(-1)!);
  const line = (name: string, values: readonly number[]) => {
    const differences = values.map((value, i) => value - single[i]!);
    console.log(
      JSON.stringify({
        name,
        values,
        mean: mean(values),
        differenceToSingleCosine: mean(differences),
        standardError: deviation(differences) / Math.sqrt(values.length),
      }),
    );
  };
  line('single cosine', single);
  line(
    'step decay',
    at('step').map(({ members }) => members.at(-1)!),
  );
  line(
    'snapshots without cycles, all',
    at('cosine').map(({ all }) => all),
  );
  line(
    'snapshots without cycles, last two',
    at('cosine').map(({ lastTwo }) => lastTwo),
  );
  line(
    'snapshot ensemble, all',
    at('cycles').map(({ all }) => all),
  );
  line(
    'snapshot ensemble, last two',
    at('cycles').map(({ lastTwo }) => lastTwo),
  );
  line(
    'snapshot ensemble, greedy on validation',
    at('cycles').map(({ greedy }) => greedy),
  );
  line(
    "mean of the cycles' members",
    at('cycles').map(({ members }) => mean(members)),
  );
  line(
    "last of the cycles' members",
    at('cycles').map(({ members }) => members.at(-1)!),
  );
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function deviation(values: readonly number[]): number {
  const centre = mean(values);
  return Math.sqrt(
    mean(values.map((value) => (value - centre) ** 2)) * (values.length / Math.max(1, values.length - 1)),
  );
}
