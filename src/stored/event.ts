import * as v from 'valibot';
import type { PlanRecord } from '../protocol/plan-record.ts';
import type { EnsembleReport, RunEvent, RunPhase } from '../protocol/run-event.ts';
import { memberIndexOf, memberKindOf } from '../protocol/member-kinds/index.ts';
import { sectionSchema } from './configuration.ts';
import { fieldsOf, storedKind } from './kind.ts';
import { memberSchema } from './members.ts';
import { accuracySchema, errorSchema, measured, resultSchema } from './run.ts';

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
/** What a plan holds is told anew with each training: it has a version of its own, and grows with the event. */
const planSchema = v.object({
  formatVersion: v.literal(1),
  pictures: count,
  batchSize: count,
  totalSteps: count,
  warmupSteps: count,
  schedule: sectionSchema('schedule'),
  layerGroups: v.array(v.object({ name: v.string(), lrScale: v.number() })),
  snapshots: v.array(v.object({ step: count, member: v.string() })),
  restarts: v.array(count),
  branches: v.array(count),
  unfreezings: v.array(v.object({ step: count, freezeTo: count })),
  checkpoints: v.array(count),
  patience: v.nullable(count),
}) satisfies v.GenericSchema<unknown, PlanRecord>;

const reportSchema = v.object({
  members: v.array(v.string()),
  accuracy: accuracySchema,
  gainOverMean: measured,
  gainOverBest: measured,
  disagreement: measured,
  millisecondsPerPicture: measured,
}) satisfies v.GenericSchema<unknown, EnsembleReport>;

const phases = ['scan', 'cache', 'features', 'folds', 'train', 'evaluate', 'test', 'export'] as const;
phases satisfies readonly RunPhase[];

const base = { runId: v.string(), attempt: count, step: count };
const event = <const T extends string, E extends v.ObjectEntries>(type: T, entries: E) =>
  v.object({ ...base, type: v.literal(type), ...entries });

const eventSchema = v.variant('type', [
  event('runQueued', {}),
  event('runStarted', {
    totalSteps: count,
    resumedFromStep: v.nullable(count),
    plan: v.nullable(planSchema),
    stepsBefore: count,
  }),
  event('phaseProgressed', {
    phase: v.picklist(phases),
    done: v.number(),
    total: v.number(),
    secondsLeft: v.nullable(v.number()),
  }),
  event('stepEnded', {
    measures: v.record(v.string(), v.nullable(v.number())),
    picturesPerSecond: measured,
    totalSteps: count,
    secondsLeft: v.nullable(v.number()),
  }),
  event('epochEnded', {
    epoch: count,
    totalEpochs: count,
    trainLoss: measured,
    train: v.nullable(accuracySchema),
    validation: v.nullable(accuracySchema),
    validationLoss: v.nullable(v.number()),
    residentBytes: v.number(),
  }),
  event('cycleEnded', { cycle: count, totalCycles: count }),
  event('snapshotSaved', { snapshot: memberSchema }),
  event('ensembleEvaluated', { report: reportSchema }),
  event('backboneCompared', { backbone: v.string(), l2: v.number(), accuracy: accuracySchema, chosen: v.boolean() }),
  event('diagnosticFound', { code: v.string(), params: errorSchema.entries.params }),
  event('checkpointSaved', { epoch: count }),
  event('runPaused', {}),
  event('runResumed', {}),
  event('runFinished', { result: resultSchema }),
  event('runFailed', { error: errorSchema }),
  event('runCancelled', {}),
  event('runInterrupted', {}),
]) satisfies v.GenericSchema<unknown, RunEvent>;

/** An event of a run, steps left out: those lie in columns (store/step-chunks.ts). */
export const eventKind = storedKind<RunEvent>('event', eventSchema, [withPlanAndKinds]);

/** From version 1 to 2: a run that starts tells its plan, not only how many steps it has, and a member has a kind, not only a cycle. */
function withPlanAndKinds(raw: unknown): unknown {
  const told = fieldsOf(raw);
  if (told['type'] === 'runStarted') return { ...told, plan: null, stepsBefore: 0 };
  if (told['type'] !== 'snapshotSaved') return told;
  const { cycle, ...snapshot } = fieldsOf(told['snapshot']);
  const name = String(snapshot['name']);
  return { ...told, snapshot: { ...snapshot, kind: memberKindOf(name), index: cycle ?? memberIndexOf(name) } };
}
