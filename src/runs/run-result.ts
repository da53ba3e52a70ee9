import { figuresOf } from '../metrics/figures.ts';
import { tempered } from '../metrics/temperature.ts';
import { verdictsOf, type Judgement } from '../metrics/verdicts/index.ts';
import type { Accuracy } from '../protocol/accuracy.ts';
import type { RunResult } from '../protocol/run-event.ts';
import type { PreparedRun } from '../train/prepare-run.ts';
import type { RunContext } from '../train/run-context.ts';
import type { Calibrated } from './calibrate.ts';
import { doubtedLabels } from './doubted-labels.ts';
import type { Trained } from './trained.ts';

/** What the ensemble says of the test part. */
export interface Tested {
  readonly labels: readonly number[];
  /** float32 [pictures, classes] */
  readonly probabilities: Float32Array;
  readonly accuracy: Accuracy;
}

/** What a run ends with: accuracies with the figures beside them, and what they come to. */
export function resultOf(
  context: RunContext,
  prepared: PreparedRun,
  trained: Trained,
  { heldOut, test }: { readonly heldOut: Calibrated; readonly test: Tested | null },
): RunResult {
  const { dataset, runId } = context.job;
  const { classes } = prepared;
  const { pictures } = trained.heldOut;
  const labels = pictures.map(prepared.labelOf);
  return {
    runId,
    backbone: trained.backbone,
    classes: dataset.classes,
    members: trained.members.map(({ name, accuracy, sha256 }) => ({
      name,
      accuracy: accuracy?.accuracy ?? null,
      sha256,
    })),
    selected: trained.members.flatMap(({ name, weight }) => (weight > 0 ? [{ name, weight }] : [])),
    ensemble: heldOut.accuracy,
    test: test?.accuracy ?? null,
    figures: {
      ensemble: figuresOf(heldOut.probabilities, labels, classes),
      test: test && figuresOf(test.probabilities, test.labels, classes),
    },
    temperature: heldOut.temperature,
    verdicts: verdictsOf(judgements(dataset.classes, trained, { labels, heldOut, test })),
    timings: context.timings(),
    problems: [...dataset.problems, ...prepared.problems],
    doubtedLabels: doubtedLabels(dataset, pictures, heldOut.probabilities),
    split: { ...trained.parts, test: prepared.split.test.length },
  };
}

/** The test part first: it tells most, and members are not to be chosen by it. */
function judgements(
  classes: readonly string[],
  { members, heldOut: { judged } }: Trained,
  found: { readonly labels: readonly number[]; readonly heldOut: Calibrated; readonly test: Tested | null },
): Judgement[] {
  const { labels, heldOut, test } = found;
  const { probabilities, temperature } = heldOut;
  const averaged = judged?.flatMap((given, i) =>
    members[i]!.weight > 0 ? [{ ...members[i]!, probabilities: tempered(given, classes.length, temperature) }] : [],
  );
  return [
    ...(test ? [{ ...test, split: 'test' as const, classes, members: null }] : []),
    { split: heldOut.accuracy.split, classes, labels, probabilities, members: averaged ?? null },
  ];
}
