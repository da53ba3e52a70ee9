import { toFailure, type FailureData } from '../../../src/base/failure.ts';
import type { ChosenMember, EnsembleView, GreedySelection } from '../../../src/protocol/ensemble-view.ts';
import type { Progress } from '../../../src/protocol/lane-job.ts';
import { changesOf } from '../../charts/heat-steps.ts';
import type { AnnealClient } from '../../client/client.ts';
import { sameMembers } from '../../../src/protocol/same-members.ts';

/** Changed cells carry their difference for so long. */
const changesShown = 2000;
const watchPause = 300;

/** An ensemble as the engine judged it, and what was asked about it. */
export class EnsembleState {
  readonly runId: string;
  view = $state.raw<EnsembleView | null>(null);
  failure = $state.raw<FailureData | null>(null);
  /** Cells of the confusion matrix against those before the last switch; null: shown long enough. */
  changes = $state.raw<readonly (readonly number[])[] | null>(null);
  /** How Choose for me came to its choice. */
  greedy = $state.raw<GreedySelection | null>(null);
  /** Probabilities are being computed; null: they are not. */
  computing = $state.raw<Progress | null>(null);

  readonly #client: AnnealClient;
  #asked = 0;
  #changesTimer: ReturnType<typeof setTimeout> | null = null;
  #watchTimer: ReturnType<typeof setTimeout> | null = null;

  constructor(client: AnnealClient, runId: string) {
    this.#client = client;
    this.runId = runId;
  }

  /** Follows what other windows and the run itself change, until the returned function is called. */
  follow(): () => void {
    const unwatch = this.#client.watch(({ what, id }) => {
      if (what !== 'runs' || (id !== null && id !== this.runId)) return;
      this.#watchTimer ??= setTimeout(() => {
        this.#watchTimer = null;
        const { view } = this;
        // Members that were chosen here stay chosen; who they are judged with may have grown.
        void this.judge(view && !sameMembers(chosenIn(view), view.fixed) ? chosenIn(view) : null);
      }, watchPause);
    });
    return () => {
      unwatch();
      for (const timer of [this.#watchTimer, this.#changesTimer]) if (timer) clearTimeout(timer);
    };
  }

  /** Judges these members; null: those that the run uses. An answer that was overtaken by a newer question is dropped. */
  async judge(members: readonly ChosenMember[] | null): Promise<void> {
    const asked = ++this.#asked;
    try {
      const view = await this.#client.call('judgeEnsemble', {
        run: this.runId,
        ...(members ? { members: members.map((member) => ({ ...member })) } : {}),
      });
      if (asked !== this.#asked) return;
      this.#show(view);
    } catch (error) {
      if (asked === this.#asked) this.failure = toFailure(error);
    }
  }

  async choose(): Promise<readonly ChosenMember[]> {
    this.greedy = await this.#client.call('selectGreedily', { run: this.runId });
    return this.greedy.members;
  }

  /** Judges the held-out pictures again where what was said of them has gone. */
  async compute(signal: AbortSignal): Promise<void> {
    this.computing = { phase: 'evaluate', done: 0, total: 0, secondsLeft: null };
    try {
      const hooks = { signal, progress: (progress: Progress) => (this.computing = progress) };
      await this.#client.call('computePredictions', { run: this.runId }, hooks);
      this.failure = null;
      await this.judge(null);
    } catch (error) {
      if (!signal.aborted) this.failure = toFailure(error);
    } finally {
      this.computing = null;
    }
  }

  #show(view: EnsembleView): void {
    const before = this.view;
    this.failure = null;
    this.view = view;
    if (!before || sameMembers(chosenIn(before), chosenIn(view))) return;
    this.changes = changesOf(before.confusion, view.confusion);
    if (this.#changesTimer) clearTimeout(this.#changesTimer);
    this.#changesTimer = setTimeout(() => (this.changes = null), changesShown);
  }
}

/** The members that a view was judged with. */
export function chosenIn(view: EnsembleView): ChosenMember[] {
  return view.members.filter(({ on }) => on).map(({ name, weight }) => ({ name, weight }));
}

/** What stands in the way of an ensemble. */
export function obstacle({ code }: FailureData): 'none' | 'lost' | 'other' {
  if (code === 'ensemble.noMembers') return 'none';
  return code === 'ensemble.noPredictions' ? 'lost' : 'other';
}
