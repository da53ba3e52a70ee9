import { epochBatches } from '../data/epoch-batches.ts';
import type { HostInputs } from './batch-source.ts';
import type { FineTuneTask } from './fine-tune-task.ts';
import { batchInputs, type BatchOptions } from './step-inputs.ts';

/** Reads the batches of a plan in order, one ahead: the next is read while TensorFlow computes this one. */
export class BatchReader {
  readonly #task: FineTuneTask;
  readonly #labels: Int32Array;
  readonly #options: BatchOptions;
  #epoch = { number: -1, batches: [] as Int32Array[] };
  #ahead: { readonly step: number; readonly inputs: Promise<HostInputs> } | null = null;

  constructor(task: FineTuneTask) {
    const { classes } = task.network.spec;
    const labels = Int32Array.from(task.pictures, task.labelOf);
    const classCounts = new Array<number>(classes).fill(0);
    for (const label of labels) classCounts[label]!++;
    this.#task = task;
    this.#labels = labels;
    this.#options = { ...task, classes, classCounts };
  }

  /** Inputs of step `step` (0-based) of the plan; a function of the step and the seed alone. */
  async read(step: number): Promise<HostInputs> {
    const inputs = this.#ahead?.step === step ? this.#ahead.inputs : this.#start(step);
    const result = await inputs;
    this.#ahead = this.#task.plan.endsEpoch(step + 1) ? null : { step: step + 1, inputs: this.#start(step + 1) };
    return result;
  }

  #start(step: number): Promise<HostInputs> {
    const { pictures, plan } = this.#task;
    const { epoch, batch, branch, batchSize } = plan.at(step);
    const batches = this.#batchesOf(epoch, branch, batchSize);
    const rows = batches[batch]!;
    const padded = Array.from({ length: batchSize }, (_, i) => pictures[rows[i] ?? batches[0]![i]!]!);
    const inputs = batchInputs(this.#options, padded, rows.length, { branch, epoch, batch });
    // A failure is told by the step that awaits it; when the run ends before, nobody does.
    inputs.catch(() => undefined);
    return inputs;
  }

  #batchesOf(epoch: number, branch: number, batchSize: number): readonly Int32Array[] {
    if (epoch !== this.#epoch.number) {
      const { data, seed } = this.#task.config;
      const batches = epochBatches({ kind: data.sampler, labels: this.#labels, batchSize, seed, epoch, branch });
      this.#epoch = { number: epoch, batches };
    }
    return this.#epoch.batches;
  }
}
