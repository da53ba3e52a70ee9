import { AnnealError } from '../base/errors.ts';
import type { TrainConfig } from '../protocol/train-config.ts';
import type { Schedule } from '../schedules/schedule-from-config.ts';
import { tf, type Tensor } from '../tensor/tf.ts';
import { BatchReader } from './batch-reader.ts';
import type { BatchSource } from './batch-source.ts';
import { branchStartKey, loadCheckpoint, saveCheckpoint, stateTensors, type CheckpointPosition } from './checkpoint.ts';
import type { Network } from './network.ts';
import type { RunContext } from './run-context.ts';
import { rateInputs } from './step-inputs.ts';
import type { StepTechnique } from './technique.ts';
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
  /** Default: all of techniques/index.ts. */
  readonly techniques?: readonly StepTechnique[];
}

/** A checkpoint at least this often, so that a killed run repeats little. */
const checkpointEveryMs = 20_000;

/** Trains through all cycles, from the last checkpoint if there is one. Resolves to the number of cycles run and the best. */
export async function fineTune(
  context: RunContext,
  task: FineTuneTask,
): Promise<{ cycles: number; bestCycle: number }> {
  const { config, schedule, stepsPerEpoch, observer } = task;
  const batches = new BatchReader(task);
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
      const inputs = await batches.read(at.step);
      const learningRate = schedule.learningRate(at.step);
      const rates = rateInputs(config, learningRate, steps.rateScales, steps.optimizerSteps(at.step, schedule));
      await steps.enter(schedule.cycleOf(at.step), { ...inputs, ...rates }, restored, firstNetwork);
      tf.dispose(restored ?? {});
      restored = null;
      const { loss } = steps.run({ ...inputs, ...rates });
      if (!Number.isFinite(loss)) throw diverged(at.step, learningRate, loss);
      at = advanced(at, ++context.step, loss);
      observer.stepEnded({ step: at.step, loss, learningRate });
      if (at.step % stepsPerEpoch === 0 || at.step === schedule.totalSteps) await endEpoch();
      if (schedule.cycleEnds.includes(at.step)) {
        const ended = await endCycle(schedule.cycleOf(at.step - 1));
        await save();
        if (ended) break;
      } else if (performance.now() - lastSave > checkpointEveryMs) {
        await save();
      }
      await context.breathe(save);
    }
    return finished();
  } finally {
    steps.dispose();
    tf.dispose(restored ?? {});
  }

  async function endEpoch(): Promise<void> {
    const params = steps.readParameters();
    await observer.epochEnded(Math.ceil(at.step / stepsPerEpoch) - 1, at.epochLoss / at.epochSteps, params);
    tf.dispose(params);
    at = { ...at, epochLoss: 0, epochSteps: 0 };
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

function advanced(at: CheckpointPosition, runStep: number, loss: number): CheckpointPosition {
  return { ...at, step: at.step + 1, runStep, epochLoss: at.epochLoss + loss, epochSteps: at.epochSteps + 1 };
}

function diverged(step: number, learningRate: number, loss: number): AnnealError {
  return new AnnealError('train.diverged', { step, learningRate, loss: String(loss) }, { kind: 'failure' });
}
