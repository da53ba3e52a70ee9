import { AnnealError } from '../base/errors.ts';
import { epochBatches } from '../data/epoch-batches.ts';
import type { TrainConfig } from '../protocol/train-config.ts';
import type { Schedule } from '../schedules/schedule-from-config.ts';
import { tf, type Tensor } from '../tensor/tf.ts';
import type { BatchSource } from './batch-source.ts';
import { branchStartKey, loadCheckpoint, saveCheckpoint, stateTensors, type CheckpointPosition } from './checkpoint.ts';
import { toTensors } from './host-input.ts';
import type { Network } from './network.ts';
import type { RunContext } from './run-context.ts';
import { batchInputs, rateInputs } from './step-inputs.ts';
import { TrainingSteps } from './training-steps.ts';

/** What happens around the loop; each method has one job. */
export interface FineTuneObserver {
  /** `context.step` says from where; once a call of `fineTune`. */
  started?(): void;
  stepEnded(step: { readonly step: number; readonly loss: number; readonly learningRate: number }): void;
  epochEnded(epoch: number, trainLoss: number, params: Record<string, Tensor>): Promise<void>;
  /** A cycle ended at the floor. `accuracy` decides early stopping; null where nothing is held out. */
  cycleEnded(cycle: number, params: Record<string, Tensor>): Promise<number | null>;
}

export interface FineTuneTask {
  /** Names this part of the run: 'final', 'fold-2'. */
  readonly key: string;
  readonly network: Network;
  readonly source: BatchSource;
  readonly config: TrainConfig;
  readonly schedule: Schedule;
  readonly stepsPerEpoch: number;
  readonly batchSize: number;
  readonly freezeTo: number;
  /** Indices into the dataset. */
  readonly pictures: readonly number[];
  readonly labelOf: (picture: number) => number;
  readonly observer: FineTuneObserver;
}

/** A checkpoint at least this often, so that a killed run repeats little. */
const checkpointEveryMs = 20_000;

/** Trains through all cycles, from the last checkpoint if there is one. Resolves to the number of cycles run and the best. */
export async function fineTune(
  context: RunContext,
  task: FineTuneTask,
): Promise<{ cycles: number; bestCycle: number }> {
  const { config, schedule, stepsPerEpoch, batchSize, pictures, observer } = task;
  const labels = Int32Array.from(pictures, task.labelOf);
  const batchOptions = { ...task, classes: task.network.spec.classes, classCounts: countClasses(labels, task) };
  const steps = new TrainingSteps(task);
  const { runFolder } = context.job;
  const saved = await loadCheckpoint(runFolder, task.key);
  let at: CheckpointPosition = saved?.position ?? start(context.step);
  context.step = at.runStep;
  observer.started?.();
  // A star branch begins from the first network, not from where the branch before it ended.
  const beginsBranch = config.ensemble.start === 'star' && schedule.cycleEnds.includes(at.step);
  let restored = saved && !beginsBranch ? stateTensors(saved.state) : null;
  const firstNetwork = async () =>
    stateTensors((await loadCheckpoint(runFolder, branchStartKey(task.key)))?.state ?? {});
  const save = async () => {
    const state = steps.readState();
    await saveCheckpoint(runFolder, task.key, at, state);
    tf.dispose(state);
    lastSave = performance.now();
    context.host.emit({ type: 'checkpointSaved', epoch: Math.floor(at.step / stepsPerEpoch), step: context.step });
  };
  let lastSave = performance.now();
  try {
    if (outOfPatience()) return finished();
    while (at.step < schedule.totalSteps) {
      const epoch = Math.floor(at.step / stepsPerEpoch);
      // Of the epoch's first step: where a cycle ends within an epoch, a resumed run must see the same order.
      const branch = config.ensemble.start === 'star' ? schedule.cycleOf(epoch * stepsPerEpoch) : 0;
      const batches = epochBatches({ kind: config.data.sampler, labels, batchSize, seed: config.seed, epoch, branch });
      const read = (batch: number) => readBatch(batches[batch]!, batch);
      const readBatch = (rows: Int32Array, batch: number) => {
        const padded = Array.from({ length: batchSize }, (_, i) => pictures[rows[i] ?? batches[0]![i]!]!);
        const inputs = batchInputs(batchOptions, padded, rows.length, { branch, epoch, batch });
        // A failure is told by the step that awaits it; when the run ends before, nobody does.
        inputs.catch(() => undefined);
        return inputs;
      };
      let next = read(at.step % stepsPerEpoch);
      for (let batch = at.step % stepsPerEpoch; batch < batches.length && at.step < schedule.totalSteps; batch++) {
        const inputs = await next;
        const rates = rateInputs(
          schedule.learningRate(at.step),
          steps.rateScales,
          steps.optimizerSteps(at.step, schedule),
        );
        await steps.enter(schedule.cycleOf(at.step), { ...inputs, ...rates }, restored, firstNetwork);
        tf.dispose(restored ?? {});
        restored = null;
        // The next batch is read while TensorFlow computes this one.
        if (batch + 1 < batches.length) next = read(batch + 1);
        const learningRate = schedule.learningRate(at.step);
        const loss = runStep(steps, { ...inputs, ...rates });
        if (!Number.isFinite(loss)) throw diverged(at.step, learningRate, loss);
        context.step++;
        at = {
          ...at,
          step: at.step + 1,
          runStep: context.step,
          epochLoss: at.epochLoss + loss,
          epochSteps: at.epochSteps + 1,
        };
        observer.stepEnded({ step: at.step, loss, learningRate });
        if (batch + 1 === batches.length || at.step === schedule.totalSteps) {
          const params = steps.readParameters();
          await observer.epochEnded(epoch, at.epochLoss / at.epochSteps, params);
          tf.dispose(params);
          at = { ...at, epochLoss: 0, epochSteps: 0 };
        }
        if (schedule.cycleEnds.includes(at.step)) {
          const ended = await endCycle(schedule.cycleOf(at.step - 1));
          await save();
          if (ended) return finished();
        } else if (performance.now() - lastSave > checkpointEveryMs) {
          await save();
        }
        await context.breathe(save);
      }
    }
    return finished();
  } finally {
    steps.dispose();
    tf.dispose(restored ?? {});
  }

  /** Takes the snapshot; true when validation has not improved for `patienceCycles` cycles. */
  async function endCycle(cycle: number): Promise<boolean> {
    const params = steps.readParameters();
    const accuracy = await observer.cycleEnded(cycle, params);
    if (cycle === 0 && config.ensemble.start === 'star')
      await saveCheckpoint(runFolder, branchStartKey(task.key), at, params);
    tf.dispose(params);
    if (accuracy === null || at.bestAccuracy === null || accuracy > at.bestAccuracy) {
      at = { ...at, bestAccuracy: accuracy, bestCycle: cycle };
    }
    return accuracy !== null && outOfPatience(cycle);
  }

  function outOfPatience(cycle = schedule.cycleEnds.filter((end) => end <= at.step).length - 1): boolean {
    const patience = config.stop.patienceCycles;
    return at.bestAccuracy !== null && patience > 0 && cycle - at.bestCycle >= patience;
  }

  function finished(): { cycles: number; bestCycle: number } {
    return { cycles: schedule.cycleOf(at.step - 1) + 1, bestCycle: at.bestCycle };
  }
}

function start(runStep: number): CheckpointPosition {
  return { formatVersion: 1, step: 0, runStep, epochLoss: 0, epochSteps: 0, bestAccuracy: null, bestCycle: 0 };
}

function runStep(steps: TrainingSteps, inputs: Parameters<typeof toTensors>[0]): number {
  const tensors = toTensors(inputs);
  const { loss } = steps.run(tensors);
  const value = loss.dataSync()[0]!;
  tf.dispose([loss, ...Object.values(tensors)]);
  return value;
}

function countClasses(labels: Int32Array, task: FineTuneTask): number[] {
  const counts = new Array<number>(task.network.spec.classes).fill(0);
  for (const label of labels) counts[label]!++;
  return counts;
}

function diverged(step: number, learningRate: number, loss: number): AnnealError {
  return new AnnealError('train.diverged', { step, learningRate, loss: String(loss) }, { kind: 'failure' });
}
