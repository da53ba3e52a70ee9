import { AnnealError } from '../../base/errors.ts';
import type { Validation } from '../../schedules/epoch-outcome.ts';
import { tf, type Tensor } from '../../tensor/tf.ts';
import { stateTensors } from '../checkpoint.ts';
import type { FineTuneTask } from '../fine-tune-task.ts';
import type { RunContext } from '../run-context.ts';
import type { StepMeasures } from '../train-listener.ts';
import type { TrainingProgress } from '../training-progress.ts';
import type { TrainingSteps } from '../training-steps.ts';
import { constantAnswerLoss } from './constant-answer.ts';
import { ConstantNetwork } from './constant-network.ts';
import { readFinite, type HostState } from './good-state.ts';
import { epochIsLost, speaksWell, type DivergenceCause } from './loss-watch.ts';
import { mostStepBacks } from './step-backs.ts';

/** The training that is watched. */
interface Watched {
  readonly progress: TrainingProgress;
  readonly steps: TrainingSteps;
}

/**
 * Notices a training that goes wrong, puts it back to its last good state, and lowers its rate from there on. All that it decides by lies
 * in the checkpoint, so that a resumed training decides the same; where nothing goes wrong it changes nothing.
 */
export class TrainingSafety {
  readonly #context: RunContext;
  readonly #task: FineTuneTask;
  readonly #watched: Watched;
  /** Null: the network before its first step. */
  #good: HostState | null;
  readonly #constantLoss: number;
  readonly #constant: ConstantNetwork;
  #unsaved = false;
  /** Loss and rate of the newest step, for words. */
  #newest: StepMeasures | null = null;

  /** `good`: the good state of the checkpoint that training goes on from; null: the start is the good state. */
  constructor(context: RunContext, task: FineTuneTask, watched: Watched, good: HostState | null) {
    const { config, pictures, labelOf, network, techniques } = task;
    const { classes } = network.spec;
    const labels = Int32Array.from(pictures, labelOf);
    this.#context = context;
    this.#task = task;
    this.#watched = watched;
    this.#good = good;
    this.#constantLoss = constantAnswerLoss({ config, labels, classes, ...(techniques && { techniques }) });
    this.#constant = new ConstantNetwork(task);
  }

  /** What a checkpoint has to hold so that training can be put back after a kill. */
  get good(): HostState | null {
    return this.#good;
  }

  /** Whether training was put back since the last time that this was asked. */
  takeUnsaved(): boolean {
    const unsaved = this.#unsaved;
    this.#unsaved = false;
    return unsaved;
  }

  /** Looks at the step that was just run. */
  watchStep(measures: StepMeasures): DivergenceCause | null {
    this.#newest = measures;
    return this.#watched.progress.watchStep(measures, this.#constantLoss);
  }

  /** Looks at the network where an epoch or a snapshot ends. */
  async watchNetwork(
    params: Readonly<Record<string, Tensor>>,
    validation: Validation | null,
  ): Promise<DivergenceCause | null> {
    const { watch, epochMean } = this.#watched.progress;
    if (epochMean && epochIsLost(watch, epochMean, this.#constantLoss)) return 'loss';
    const loss = validation?.loss ?? epochMean?.meanLoss ?? null;
    // A network that learns is not asked, which costs nothing. NaN counts as suspicious.
    if (loss !== null && loss < 0.9 * this.#constantLoss) return null;
    if (!(await this.#constant.startKnows())) return null;
    return (await this.#constant.knowsNothing(params)) ? 'constant' : null;
  }

  /** Keeps the state that training can be put back to, if it is one: at the end of an epoch, and where a branch begins. */
  async offerGood({ known = false }: { readonly known?: boolean } = {}): Promise<void> {
    const { progress, steps } = this.#watched;
    // `known`: this network has been looked at before, whatever the steps since then say.
    if (!known && !speaksWell(progress.watch, this.#constantLoss)) return;
    const state = await readFinite(steps.readState());
    if (!state) return;
    this.#good = state;
    progress.standsWell();
  }

  /** Puts training back to its last good state. Throws `train.diverged` where that was done too often. */
  stepBack(cause: DivergenceCause): void {
    const { progress, steps } = this.#watched;
    if (progress.stepBacks.length >= mostStepBacks) throw this.#diverged(cause);
    const { step, goodStep } = progress;
    const params = this.#words(cause);
    const state = this.#good && stateTensors(this.#good);
    steps.putBack(state);
    tf.dispose(state ?? {});
    progress.stepBack(cause);
    const { maxLearningRate } = this.#task.plan.record.schedule;
    this.#context.diagnose({
      code: 'train.steppedBack',
      params: { ...params, step, to: goodStep, learningRate: maxLearningRate * progress.rateFactor },
    });
    this.#unsaved = true;
  }

  /** Tells of a snapshot that answers the same to everything: a network that never learned is no divergence, but is not silent. */
  async tellIfConstant(params: Readonly<Record<string, Tensor>>, validation: Validation | null): Promise<void> {
    const { classes } = this.#context.job.dataset;
    const loss = validation?.loss ?? this.#watched.progress.history.at(-1)?.trainLoss ?? null;
    if (loss !== null && loss < 0.9 * this.#constantLoss && !this.#constant.uneven) return;
    const always = await this.#constant.alwaysSays(params);
    if (always === null) return;
    this.#context.diagnose({ code: 'train.alwaysSame', params: { label: classes[always] ?? String(always) } });
  }

  #words(cause: DivergenceCause) {
    const { loss = NaN, learningRate = NaN } = this.#newest ?? {};
    return { cause, loss: String(loss), learningRate, constantLoss: this.#constantLoss };
  }

  #diverged(cause: DivergenceCause): AnnealError {
    const { step, stepBacks } = this.#watched.progress;
    const params = { ...this.#words(cause), step, stepBacks: stepBacks.length };
    return new AnnealError('train.diverged', params, { kind: 'failure' });
  }
}
