import * as v from 'valibot';
import type { Immutable } from '../base/immutable.ts';
import { accuracySchema } from './accuracy.ts';
import { problemSchema } from './dataset.ts';
import { chosenMemberSchema } from './ensemble-view.ts';
import { figuresSchema } from './figures.ts';
import { planSchema } from './plan-record.ts';
import { memberSchema } from './run-member.ts';
import { count, errorSchema, fraction, measured } from './schemas.ts';
import { verdictSchema } from './verdict.ts';

const reportSchema = v.object({
  /** Names of the members averaged. */
  members: v.array(v.string()),
  accuracy: accuracySchema,
  /** Accuracy of the ensemble minus the mean accuracy of its members, on the same pictures. */
  gainOverMean: measured,
  /** Ensemble accuracy minus that of the best single member. */
  gainOverBest: measured,
  /** Share of pictures on which a pair of members disagrees, mean over pairs; 0 with one member. */
  disagreement: measured,
  millisecondsPerPicture: measured,
});
export type EnsembleReport = Immutable<v.InferOutput<typeof reportSchema>>;

/** What `anneal train` ends with. */
export const resultSchema = v.object({
  runId: v.string(),
  backbone: v.string(),
  classes: v.array(v.string()),
  members: v.array(v.object({ name: v.string(), accuracy: v.nullable(fraction), sha256: v.string() })),
  /** The members that the ensemble averages, with their weight (how often greedy selection took it, or 1). */
  selected: v.array(chosenMemberSchema),
  ensemble: accuracySchema,
  test: v.nullable(accuracySchema),
  /** On the pictures of `ensemble` and of `test`; null in runs from before they were told, and for what there is none of. */
  figures: v.object({ ensemble: v.nullable(figuresSchema), test: v.nullable(figuresSchema) }),
  /** The logits of every member are divided by it; 1: they stay as they are. `ensemble`, `test` and `figures` are those of the divided ones. */
  temperature: v.number(),
  /** What all that comes to, the most important first. */
  verdicts: v.array(verdictSchema),
  /** Seconds spent, by phase; `total` includes all. */
  timings: v.objectWithRest({ total: v.number() }, v.number()),
  problems: v.array(problemSchema),
  /** Pictures whose label the held-out models doubt, most doubtful first. */
  doubtedLabels: v.array(
    v.object({ path: v.string(), label: v.string(), suggested: v.string(), probability: v.number() }),
  ),
  split: v.object({ train: count, validation: count, test: count }),
});
export type RunResult = Omit<Immutable<v.InferOutput<typeof resultSchema>>, 'timings'> & {
  readonly timings: Readonly<Partial<Record<RunPhase, number>>> & { readonly total: number };
};

const phaseSchema = v.picklist(['scan', 'cache', 'features', 'folds', 'train', 'evaluate', 'test', 'export']);
export type RunPhase = v.InferOutput<typeof phaseSchema>;

const base = {
  runId: v.string(),
  /** 1 for the first try, +1 with each resume. */
  attempt: count,
  /** Optimizer steps done in this run. */
  step: count,
};
const event = <const T extends string, E extends v.ObjectEntries>(type: T, entries: E) =>
  v.object({ ...base, type: v.literal(type), ...entries });

/** What a run tells; one terminal event (`runFinished | runFailed | runCancelled | runInterrupted`) an attempt. */
export const eventSchema = v.variant('type', [
  event('runQueued', {}),
  event('runStarted', {
    /** Of the run: what it did before this training, and the training. */
    totalSteps: count,
    resumedFromStep: v.nullable(count),
    /** What it is about to do; null in runs from before plans were told. */
    plan: v.nullable(planSchema),
    /** Steps of the run before the plan's first: trials on folds. */
    stepsBefore: count,
  }),
  /** Work before or beside steps: reading, caching, extracting. */
  event('phaseProgressed', {
    phase: phaseSchema,
    done: v.number(),
    total: v.number(),
    secondsLeft: v.nullable(v.number()),
  }),
  event('stepEnded', {
    /** Named numbers of the step: 'loss', 'learningRate' and what else was measured in it. What is not finite is null in JSON. */
    measures: v.record(v.string(), v.nullable(v.number())),
    picturesPerSecond: measured,
    totalSteps: count,
    secondsLeft: v.nullable(v.number()),
  }),
  event('epochEnded', {
    epoch: count,
    totalEpochs: count,
    /** Mean training loss of the epoch, augmentation included. */
    trainLoss: measured,
    /** Accuracy on (a sample of) the training pictures without augmentation. */
    train: v.nullable(accuracySchema),
    validation: v.nullable(accuracySchema),
    validationLoss: v.nullable(v.number()),
    residentBytes: v.number(),
  }),
  event('cycleEnded', { cycle: count, totalCycles: count }),
  event('snapshotSaved', { snapshot: memberSchema }),
  event('ensembleEvaluated', { report: reportSchema }),
  event('backboneCompared', { backbone: v.string(), l2: v.number(), accuracy: accuracySchema, chosen: v.boolean() }),
  event('diagnosticFound', errorSchema.entries),
  event('checkpointSaved', { epoch: count }),
  event('runPaused', {}),
  event('runResumed', {}),
  event('runFinished', { result: resultSchema }),
  event('runFailed', { error: errorSchema }),
  event('runCancelled', {}),
  event('runInterrupted', {}),
]);
export type RunEvent = Immutable<v.InferOutput<typeof eventSchema>>;
