import { accuracyOf } from '../metrics/accuracy-of.ts';
import { averageProbabilities } from '../metrics/average-probabilities.ts';
import { reportEnsemble } from '../metrics/ensemble-report.ts';
import { logLoss } from '../metrics/log-loss.ts';
import { memberWeights } from '../metrics/member-weights.ts';
import type { Accuracy } from '../protocol/accuracy.ts';
import type { TrainConfig } from '../settings/train-config.ts';
import type { TrainingPlan } from '../schedules/training-plan.ts';
import type { FineTuneTask } from '../train/fine-tune-task.ts';
import { fineTune } from '../train/fine-tune.ts';
import type { FineTuneSetup } from '../train/fine-tune-setup.ts';
import type { PreparedRun } from '../train/prepare-run.ts';
import type { RunContext } from '../train/run-context.ts';
import type { TrainListener } from '../train/train-listener.ts';
import { writeHeldOut } from '../weights/prediction-files.ts';
import type { HeldOutJudge, HeldOutPredictions } from './held-out-judge.ts';
import { RunMembers, type JudgedMember } from './run-members.ts';
import { storeTrunk, writeRunModel, type RunModel } from './run-model.ts';
import { RunReport } from './run-report.ts';
import { saveSnapshot, trainedSnapshots, trunkOf } from './snapshots.ts';
import type { Trained } from './trained.ts';

/** A run whose members are the networks at the ends of one training's cycles. */
export interface MemberTraining {
  readonly prepared: PreparedRun;
  readonly setup: FineTuneSetup;
  /** Its name, for the model's card. */
  readonly backbone: string;
}

/** Trains on the pool through all cycles, each giving a member; takes over the setup. */
export async function trainMembers(
  context: RunContext,
  training: MemberTraining,
  judge: HeldOutJudge,
): Promise<Trained> {
  const { config, runFolder } = context.job;
  const { prepared, setup, backbone } = training;
  const { pool, labelOf, classes } = prepared;
  const plan = setup.plan(pool.length);
  const labels = Int32Array.from(judge.pictures, labelOf);
  const heldOut = { split: judge.split, labels, trunkMilliseconds: setup.trunkMilliseconds };
  const pictures = Int32Array.from(judge.pictures);
  await writeHeldOut(runFolder, { ...heldOut, pictures, byFolds: null }, classes);
  const members = await RunMembers.open(runFolder);
  const trunk = await storeTrunk(runFolder, trunkOf(setup));
  const model = { backbone, trunk, spec: setup.network.spec };
  const task = { ...setup, plan, key: 'final', config, pictures: pool, labelOf };
  const heard = listening(context, training, { judge, plan, labels, members, model });
  const { best } = await context.timed('train', () => fineTune(context, { ...task, ...heard }));
  // Early stopping gives the best weights back: what came after the best snapshot is no member.
  if (plan.record.patience !== null) await members.keep(({ index }) => index <= best);
  const weighted = withWeights(members.judged(), labels, config);
  const probabilities = averageProbabilities(
    weighted.map((member) => member.probabilities),
    weighted.map(({ weight }) => weight),
  );
  return {
    backbone,
    ...trainedSnapshots(context, setup, weighted),
    ensemble: accuracyOf(probabilities, labels, classes, judge.split),
    heldOut: { pictures: judge.pictures, probabilities, judged: weighted.map((member) => member.probabilities) },
    parts: { train: pool.length, validation: prepared.validation.length },
  };
}

function withWeights(
  members: readonly JudgedMember[],
  labels: Int32Array,
  { ensemble }: TrainConfig,
): (JudgedMember & { readonly weight: number })[] {
  const weights = memberWeights(
    members.map(({ probabilities }) => probabilities),
    labels,
    ensemble.selection,
  );
  return members.map((member, i) => ({ ...member, weight: weights[i]! }));
}

/** What the listener works on. */
interface Listening {
  readonly judge: HeldOutJudge;
  readonly plan: TrainingPlan;
  /** Of the held-out pictures. */
  readonly labels: Int32Array;
  readonly members: RunMembers;
  readonly model: Pick<RunModel, 'backbone' | 'trunk' | 'spec'>;
}

/** Tells how training goes; saves a member at each snapshot and makes the run's folder a model of those so far. */
function listening(
  context: RunContext,
  { prepared, setup }: MemberTraining,
  { judge, plan, labels, members, model }: Listening,
): Pick<FineTuneTask, 'listener' | 'judge'> {
  const { config } = context.job;
  const { labelOf, classes } = prepared;
  const { split, trainSample } = judge;
  const { trunkMilliseconds } = setup;
  const sampleLabels = trainSample.map(labelOf);
  const report = new RunReport(context, plan);
  /** Of the network in training, for the parameters that were judged last. */
  let newest: HeldOutPredictions | null = null;
  /** Latency of a member that other networks judge: of the newest network on training pictures. */
  let trainMilliseconds: number | null = null;
  const accuracyOn = (probabilities: Float32Array): Accuracy => accuracyOf(probabilities, labels, classes, split);

  const listener: TrainListener = {
    started: (done) => report.started(done),
    stepEnded: (step) => report.step(step),

    async epochEnded({ epoch, trainLoss, validation, params }) {
      const started = performance.now();
      const onSample = await setup.evaluator.probabilities(params, trainSample);
      trainMilliseconds = (performance.now() - started) / trainSample.length;
      report.epoch(epoch, {
        trainLoss,
        train: accuracyOf(onSample, sampleLabels, classes, 'train'),
        validation: newest && accuracyOn(newest.probabilities),
        validationLoss: validation?.loss ?? null,
      });
    },

    async snapshot({ index, params }) {
      const probabilities = 'ofMembers' in judge ? judge.ofMembers[index]! : newest!.probabilities;
      const milliseconds = newest?.milliseconds ?? trainMilliseconds;
      const accuracy = accuracyOn(probabilities);
      const member = await saveSnapshot(context, setup, { index, params, accuracy, milliseconds });
      await members.put(member, probabilities, classes);
      const weighted = withWeights(members.judged(), labels, config);
      const evaluated = reportEnsemble(weighted, { labels, classes, split, trunkMilliseconds });
      const ensemble = evaluated.accuracy;
      await writeRunModel(context.job, prepared, { ...model, members: weighted, ensemble, test: null, temperature: 1 });
      report.snapshot(index, evaluated);
    },
  };
  if (!('ofNetwork' in judge)) return { listener };
  return {
    listener,
    async judge(params) {
      newest = await judge.ofNetwork(params);
      const { probabilities } = newest;
      return { accuracy: accuracyOn(probabilities).accuracy, loss: logLoss(probabilities, labels) };
    },
  };
}
