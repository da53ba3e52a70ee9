import { tf, type Tensor } from '../tensor/tf.ts';
import type { HostTensor } from '../weights/host-tensor.ts';
import { branchStartKey, loadCheckpoint, saveCheckpoint, type Checkpoint } from './checkpoint.ts';
import type { FineTuneTask } from './fine-tune-task.ts';
import type { RunContext } from './run-context.ts';
import type { TrainingSafety } from './safety/training-safety.ts';
import type { TrainingProgress } from './training-progress.ts';
import type { TrainingSteps } from './training-steps.ts';

/** A checkpoint at least this often, so that a killed run repeats little. */
const checkpointEveryMs = 20_000;

/** The checkpoints of one training: where the plan says, and by the clock between them. */
export class CheckpointKeeper {
  readonly #context: RunContext;
  readonly #task: FineTuneTask;
  #savedAt = performance.now();

  constructor(context: RunContext, task: FineTuneTask) {
    this.#context = context;
    this.#task = task;
  }

  load(): Promise<Checkpoint | null> {
    return loadCheckpoint(this.#context.job.runFolder, this.#task.key);
  }

  isDue({ step, ended }: TrainingProgress): boolean {
    return ended || this.#task.plan.savesAfter(step) || performance.now() - this.#savedAt > checkpointEveryMs;
  }

  async save(
    { position, step }: TrainingProgress,
    steps: TrainingSteps,
    { good }: Pick<TrainingSafety, 'good'>,
  ): Promise<void> {
    const { job, host } = this.#context;
    const state = steps.readState();
    await saveCheckpoint(job.runFolder, this.#task.key, position, state, good);
    tf.dispose(state);
    this.#savedAt = performance.now();
    host.emit({ type: 'checkpointSaved', epoch: this.#task.plan.at(step).epoch, step: this.#context.step });
  }

  /** Keeps the network that star branches start from. */
  saveBranchStart({ position }: TrainingProgress, params: Record<string, Tensor>): Promise<void> {
    return saveCheckpoint(this.#context.job.runFolder, branchStartKey(this.#task.key), position, params);
  }

  async loadBranchStart(): Promise<Record<string, HostTensor>> {
    const first = await loadCheckpoint(this.#context.job.runFolder, branchStartKey(this.#task.key));
    return first?.state ?? {};
  }
}
