import { accuracyOf } from '../metrics/accuracy-of.ts';
import { averageProbabilities } from '../metrics/average-probabilities.ts';
import { logLoss } from '../metrics/log-loss.ts';
import type { Accuracy } from '../protocol/accuracy.ts';
import type { Tensor } from '../tensor/tf.ts';
import type { Validation } from '../schedules/epoch-outcome.ts';
import type { TrainingPlan } from '../schedules/training-plan.ts';
import { fineTune, type FineTuneTask } from '../train/fine-tune.ts';
import type { TrainListener } from '../train/train-listener.ts';
import { setUpFineTune, type FineTuneSetup } from '../train/fine-tune-setup.ts';
import { MemberLog } from './member-log.ts';
import type { Network } from '../train/network.ts';
import type { PreparedRun } from '../train/prepare-run.ts';
import { memberWeights, reportEnsemble } from '../ensemble/report-ensemble.ts';
import type { RunContext } from '../train/run-context.ts';
import { writeHeldOut } from '../weights/prediction-files.ts';
import { storeTrunk, writeRunModel, type RunModel } from './run-model.ts';
import { saveSnapshot, trainedSnapshots, trunkOf } from './snapshots.ts';
import { RunReport } from './run-report.ts';
import type { Trained } from './trained.ts';

/** Training pictures whose accuracy without augmentation is told after each epoch. */
const trainSample = 256;

/** Fine-tunes on the training part through all cycles; the validation part judges snapshots and ensemble. */
export async function trainValidated(
  context: RunContext,
  prepared: PreparedRun,
  backbone: string,
  network: Network,
): Promise<Trained> {
  const { config, runFolder } = context.job;
  const { pool, validation, labelOf, classes } = prepared;
  const setup = await setUpFineTune(context, network, [...pool, ...validation]);
  const plan = setup.plan(pool.length);
  const log = await MemberLog.open(runFolder);
  const { trunkMilliseconds } = setup;
  const heldOut = { pictures: Int32Array.from(validation), labels: Int32Array.from(validation, labelOf) };
  await writeHeldOut(runFolder, { split: 'validation', ...heldOut, trunkMilliseconds, byFolds: null }, classes);
  const trunk = await storeTrunk(runFolder, trunkOf(setup));
  const before = config.model.pretrained ? await judgeStart(setup, prepared) : null;
  const { best } = await context.timed('train', () =>
    fineTune(context, {
      ...setup,
      plan,
      key: 'final',
      config,
      pictures: pool,
      labelOf,
      ...validated(context, prepared, setup, plan, log, { backbone, trunk }),
    }),
  );
  // Early stopping gives the best weights back: what came after the best snapshot is kept on disk but not averaged.
  const entries = log.entries().filter(({ cycle }) => plan.record.patience === null || cycle <= best);
  const labels = validation.map(labelOf);
  const judged = entries.map(({ member, probabilities }) => ({ name: member.name, probabilities }));
  const weights = memberWeights(judged, labels, config.ensemble.selection);
  const probabilities = averageProbabilities(
    judged.map((member) => member.probabilities),
    weights,
  );
  const ensemble = accuracyOf(probabilities, labels, classes, 'validation');
  if (before !== null && ensemble.accuracy < before.accuracy) {
    const params = { before: before.accuracy, after: ensemble.accuracy, n: ensemble.n };
    context.host.emit({ type: 'diagnosticFound', code: 'train.worseThanStart', params, step: context.step });
  }
  return {
    backbone,
    ...trainedSnapshots(
      context,
      setup,
      entries.map(({ member }, i) => ({ ...member, weight: weights[i]! })),
    ),
    ensemble,
    heldOut: { pictures: validation, probabilities },
  };
}

/** Accuracy of the network that fine-tuning starts from, its head already fitted, on the same validation pictures. */
async function judgeStart({ network, changing, evaluator }: FineTuneSetup, prepared: PreparedRun): Promise<Accuracy> {
  const { validation, labelOf, classes } = prepared;
  const start = Object.fromEntries(changing.map((name) => [name, network.params[name]!]));
  const probabilities = await evaluator.probabilities(start, validation);
  return accuracyOf(probabilities, validation.map(labelOf), classes, 'validation');
}

/** What the network says of the validation pictures. */
interface Judged {
  readonly probabilities: Float32Array;
  readonly milliseconds: number;
  readonly accuracy: Accuracy;
}

function validated(
  context: RunContext,
  prepared: PreparedRun,
  { evaluator, ...setup }: FineTuneSetup,
  plan: TrainingPlan,
  log: MemberLog,
  model: Pick<RunModel, 'backbone' | 'trunk'>,
): Pick<FineTuneTask, 'listener' | 'judge'> {
  const { config } = context.job;
  const { pool, validation, labelOf, classes } = prepared;
  const labels = validation.map(labelOf);
  const sample = everyNth(pool, trainSample);
  const sampleLabels = sample.map(labelOf);
  const report = new RunReport(context, plan);
  /** Of the newest parameters that were judged. */
  let newest: Judged | null = null;
  const judge = async (params: Readonly<Record<string, Tensor>>): Promise<Validation> => {
    const started = performance.now();
    const probabilities = await evaluator.probabilities(params, validation);
    const milliseconds = (performance.now() - started) / validation.length;
    const accuracy = accuracyOf(probabilities, labels, classes, 'validation');
    newest = { probabilities, milliseconds, accuracy };
    return { accuracy: accuracy.accuracy, loss: logLoss(probabilities, labels) };
  };
  const listener: TrainListener = {
    started: (done) => report.started(done),
    stepEnded: (step) => report.step(step),

    async epochEnded({ epoch, trainLoss, validation, params }) {
      const train = accuracyOf(await evaluator.probabilities(params, sample), sampleLabels, classes, 'train');
      const validationLoss = validation?.loss ?? null;
      report.epoch(epoch, { trainLoss, train, validation: newest?.accuracy ?? null, validationLoss });
    },

    async snapshot({ index: cycle, params }) {
      const { probabilities, milliseconds, accuracy } = newest!;
      const member = await saveSnapshot(context, { ...setup, evaluator }, cycle, params, accuracy);
      await log.put({ cycle, member, probabilities, milliseconds }, classes);
      const judged = log.judged();
      const weights = memberWeights(judged, labels, config.ensemble.selection);
      const averaged = weights.filter((weight) => weight > 0).length;
      const latency = setup.trunkMilliseconds + averaged * milliseconds;
      const evaluated = reportEnsemble(judged, weights, labels, classes, 'validation', latency);
      const members = log.entries().map((entry, i) => ({ ...entry.member, weight: weights[i]! }));
      const { accuracy: ensemble } = evaluated;
      await writeRunModel(context.job, prepared, { ...model, spec: setup.network.spec, members, ensemble, test: null });
      report.snapshot(cycle, evaluated);
    },
  };
  return { listener, judge };
}

function everyNth(items: readonly number[], most: number): number[] {
  const stride = Math.max(1, items.length / most);
  return Array.from({ length: Math.min(items.length, most) }, (_, i) => items[Math.floor(i * stride)]!);
}
