import { logLoss } from '../../metrics/log-loss.ts';
import { predictedClasses } from '../../metrics/probabilities.ts';
import type { DatasetIndex } from '../../protocol/dataset.ts';
import type { Tensor } from '../../tensor/tf.ts';
import type { FineTuneTask } from '../fine-tune-task.ts';
import { labelEntropy } from './constant-answer.ts';

const mostWatched = 128;

/**
 * Asks a network about some training pictures, without augmentation: one that was better than a constant answer and has become one has
 * lost what it knew. Where classes are uneven the same first choice everywhere may still be an answer, so the loss has to say it too.
 */
export class ConstantNetwork {
  readonly #task: FineTuneTask;
  readonly #pictures: readonly DatasetIndex[];
  readonly #labels: Int32Array;
  readonly #entropy: number;
  #startKnows: boolean | null = null;

  constructor(task: FineTuneTask) {
    const { pictures, labelOf, network } = task;
    const stride = Math.max(1, pictures.length / mostWatched);
    const count = Math.min(pictures.length, mostWatched);
    this.#task = task;
    this.#pictures = Array.from({ length: count }, (_, i) => pictures[Math.floor(i * stride)]!);
    this.#labels = Int32Array.from(this.#pictures, labelOf);
    this.#entropy = labelEntropy(this.#labels, network.spec.classes);
  }

  /** Whether most pictures are of one class, so that a network may do well that never names another. */
  get uneven(): boolean {
    const counts = new Map<number, number>();
    for (const label of this.#labels) counts.set(label, (counts.get(label) ?? 0) + 1);
    return Math.max(...counts.values()) > 0.7 * this.#labels.length;
  }

  /** The class that a network with these parameters gives to every picture; null: there are several. */
  async alwaysSays(params: Readonly<Record<string, Tensor>>): Promise<number | null> {
    return (await this.#judge(params))?.always ?? null;
  }

  /** Whether it gives one class to every picture, and is no better than a constant answer. */
  async knowsNothing(params: Readonly<Record<string, Tensor>>): Promise<boolean> {
    const judged = await this.#judge(params);
    return judged !== null && judged.always !== null && judged.loss >= 0.98 * this.#entropy;
  }

  /** Whether the network that training starts from is better than a constant answer; a random one is not. */
  async startKnows(): Promise<boolean> {
    if (this.#startKnows === null) {
      const judged = await this.#judge(this.#task.network.params);
      this.#startKnows = judged !== null && judged.always === null && judged.loss < this.#entropy;
    }
    return this.#startKnows;
  }

  /** Null where nobody can be asked. */
  async #judge(params: Readonly<Record<string, Tensor>>): Promise<{ loss: number; always: number | null } | null> {
    const probabilities = await this.#task.evaluator?.probabilities(params, this.#pictures);
    if (!probabilities) return null;
    const predicted = predictedClasses(probabilities, this.#task.network.spec.classes);
    const always = predicted.every((label) => label === predicted[0]) ? predicted[0]! : null;
    const loss = logLoss(probabilities, this.#labels);
    return { loss: Number.isNaN(loss) ? Infinity : loss, always };
  }
}
