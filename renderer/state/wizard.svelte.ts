import { SvelteSet } from 'svelte/reactivity';
import { AnnealError } from '../../src/base/errors.ts';
import { toFailure, type FailureData } from '../../src/base/failure.ts';
import { defaultPreset, type PresetName } from '../../src/settings/preset-names.ts';
import { settings, type TrainConfig } from '../../src/settings/train-config.ts';
import { byKey, sameValue, type ConfigValues } from '../../src/settings/values.ts';
import type { FieldProblem } from '../../src/settings/declaration.ts';
import type { TrainPlan, TrainProposal } from '../../src/protocol/train-plan.ts';
import { planTraining } from '../../src/schedules/plan-training.ts';
import type { TrainingPlan } from '../../src/schedules/training-plan.ts';
import type { AnnealClient } from '../client/client.ts';
import { EditHistory } from './edit-history.ts';
import {
  baseValues,
  configOf,
  draftOf,
  ownProblems,
  patched,
  sameDraft,
  untouched,
  valuesOf,
  wholeConfig,
  withGoal,
  type Draft,
  type Patch,
} from './wizard-draft.ts';

export interface Changed {
  readonly key: string;
  readonly value: unknown;
  readonly base: unknown;
}

/**
 * The configuration that is being made for one dataset. Everything that can be computed from it here is; what it costs and what
 * the engine thinks of it is asked, one question at a time, the newest state last.
 */
export class Wizard {
  readonly dataset: string;
  readonly #client: AnnealClient;
  readonly #keep: (draft: Draft) => void;
  readonly #history = new EditHistory<Draft>();
  #draft = $state.raw<Draft>(untouched(defaultPreset));
  /** What stood before a drag began; null while nothing is dragged. */
  #held: Draft | null = null;
  #asking = false;
  #stale = false;
  #planned = $state.raw<Draft | null>(null);

  proposal = $state.raw<TrainProposal | null>(null);
  /** Of `planned`, not necessarily of the newest draft; see `upToDate`. */
  plan = $state.raw<TrainPlan | null>(null);
  /** Why nothing could be proposed or planned at all. */
  failure = $state.raw<FailureData | null>(null);
  /** A name for the run; empty: it gets one. */
  name = $state('');
  /** Fields whose "?" is unfolded, and folds that are open: they stay so. */
  readonly unfolded = new SvelteSet<string>();

  /** Proposed because of the names of the classes. */
  suggested = $state.raw<Patch>({});
  readonly base: ConfigValues = $derived(baseValues(this.#draft.preset, this));
  readonly values: ConfigValues = $derived(valuesOf(this.#draft, this.base));
  readonly changed: readonly Changed[] = $derived(
    [...this.#draft.changes].map(([key, value]) => ({ key, value, base: this.base.get(key) })),
  );
  readonly #own: readonly FieldProblem[] = $derived(ownProblems(this.#draft));
  readonly upToDate: boolean = $derived(this.#planned === this.#draft);
  /** One a setting: what it is by itself, else what the engine said of it and still holds. */
  readonly problems: ReadonlyMap<string, FieldProblem> = $derived.by(() => {
    const told = (this.plan?.problems ?? []).filter(({ key }) => this.#unchangedSincePlan(key));
    return byKey([...told, ...this.#own]);
  });
  /** The whole configuration; null while a setting has no usable value. */
  readonly config: TrainConfig | null = $derived(this.#own.length === 0 ? wholeConfig(this.#draft, this.base) : null);
  /** Steps and learning rates of the newest draft, by the code that trains; null where there are none, or they cannot be. */
  readonly fineTune: TrainingPlan | null = $derived.by(() => {
    const { config, plan } = this;
    if (!config || !plan || plan.trainPictures < 1) return null;
    try {
      return planTraining(config, { ...plan, pictures: plan.trainPictures });
    } catch (error) {
      if (error instanceof AnnealError) return null;
      throw error;
    }
  });
  /** The newest schedule that could run, to be shown while one is typed that cannot. */
  lastSchedule = $state.raw<{ readonly fineTune: TrainingPlan; readonly config: TrainConfig['schedule'] } | null>(null);
  /**
   * Seconds that the run will take. While a drag is ahead of the engine's answer, the last estimate grows and shrinks with the
   * number of steps; the answer replaces it a moment later.
   */
  readonly seconds: number | null = $derived.by(() => {
    const { plan, fineTune } = this;
    const told = plan?.estimate.seconds ?? null;
    if (told === null || !plan || this.upToDate || !fineTune) return told;
    return plan.training ? (told * fineTune.totalSteps) / plan.training.totalSteps : told;
  });

  /** `keep` is told every new draft, so that a reload finds it. */
  constructor(client: AnnealClient, dataset: string, keep: (draft: Draft) => void = () => undefined) {
    this.#client = client;
    this.dataset = dataset;
    this.#keep = keep;
  }

  get preset(): PresetName {
    return this.#draft.preset;
  }

  /** The value of a setting, as it is now. */
  value<T>(key: string): T {
    return this.values.get(key) as T;
  }

  /** Asks what the engine proposes and takes it, goes on with a draft that was kept, or repeats the configuration of a run. */
  async begin(
    from: { readonly run: TrainConfig } | { readonly kept: Draft } | null,
    suggested: Patch = {},
  ): Promise<void> {
    this.failure = null;
    this.suggested = suggested;
    try {
      this.proposal = await this.#client.call('proposeTraining', { dataset: this.dataset });
    } catch (error) {
      this.failure = toFailure(error);
      return;
    }
    this.#set(this.#first(from, this.proposal));
    void this.ask();
  }

  /** One edit, which undo takes back whole. */
  change(patch: Patch): void {
    this.preview(patch);
    this.commit();
  }

  /** Follows a hand that still moves: seen everywhere, not yet an edit. */
  preview(patch: Patch): void {
    this.#held ??= this.#draft;
    this.#set(patched(this.#draft, patch, this.base));
  }

  /** The hand has let go. */
  commit(): void {
    const before = this.#held;
    this.#held = null;
    if (before && before !== this.#draft) this.#history.push(before);
  }

  /** Takes back a drag that was given up. */
  release(): void {
    if (this.#held) this.#set(this.#held);
    this.#held = null;
  }

  /** Goes to another goal; tells how many changes of the recipe went back, and the way to have all as it was. */
  choose(preset: PresetName): { readonly dropped: number; readonly undo: () => void } {
    const before = this.#draft;
    if (preset !== before.preset) this.#edit(withGoal(before, preset, this));
    return { dropped: before.changes.size - this.#draft.changes.size, undo: () => this.#edit(before) };
  }

  /** Takes a pretrained network that was chosen elsewhere. */
  startFrom(backbone: string): void {
    if (!this.value<boolean>('model.pretrained')) this.choose(this.proposal?.preset === 'quick' ? 'quick' : 'balanced');
    this.change({ 'model.backbone': backbone, 'model.pretrained': true });
  }

  reset(...keys: readonly string[]): void {
    this.change(Object.fromEntries(keys.map((key) => [key, this.base.get(key)])));
  }

  resetAll(): void {
    this.reset(...this.#draft.changes.keys());
  }

  isChanged(key: string): boolean {
    return this.#draft.changes.has(key);
  }

  /** False: there is nothing to undo. */
  undo(): boolean {
    return this.#goTo(this.#history.undo(this.#draft));
  }

  redo(): boolean {
    return this.#goTo(this.#history.redo(this.#draft));
  }

  /** Asks the engine for its plan of the newest draft; while it answers, later drafts wait and only the last of them is asked. */
  async ask(): Promise<void> {
    if (this.#asking) {
      this.#stale = true;
      return;
    }
    // The engine would only repeat what is told at the field.
    if (this.#own.length > 0) return;
    this.#asking = true;
    this.#stale = false;
    const asked = this.#draft;
    try {
      const config = configOf(asked, baseValues(asked.preset, this));
      this.plan = await this.#client.call('planTraining', { dataset: this.dataset, preset: asked.preset, config });
      this.#planned = asked;
      this.failure = null;
      this.#keepSchedule();
    } catch (error) {
      this.failure = toFailure(error);
    }
    this.#asking = false;
    if (this.#stale) void this.ask();
  }

  /** Starts the run, or queues it behind another. Gives its id. */
  async start(folder: string): Promise<string> {
    const name = this.name.trim();
    const config = configOf(this.#draft, this.base);
    const started = await this.#client.call('startRun', {
      folder,
      preset: this.preset,
      config,
      ...(name ? { name } : {}),
    });
    this.name = '';
    return started.runId;
  }

  #first(from: { readonly run: TrainConfig } | { readonly kept: Draft } | null, proposal: TrainProposal): Draft {
    if (from && 'run' in from) return draftOf(from.run, this);
    return from ? from.kept : untouched(proposal.preset);
  }

  #set(draft: Draft): void {
    if (sameDraft(draft, this.#draft)) return;
    this.#draft = draft;
    this.#keep(draft);
    this.#keepSchedule();
    void this.ask();
  }

  #keepSchedule(): void {
    const { fineTune, config } = this;
    if (fineTune && config) this.lastSchedule = { fineTune, config: config.schedule };
  }

  #edit(draft: Draft): void {
    this.#history.push(this.#draft);
    this.#set(draft);
  }

  #goTo(draft: Draft | undefined): boolean {
    if (draft) this.#set(draft);
    return draft !== undefined;
  }

  #unchangedSincePlan(key: string): boolean {
    if (!this.#planned || !settings.has(key)) return true;
    const then = valuesOf(this.#planned, baseValues(this.#planned.preset, this));
    return sameValue(then.get(key), this.values.get(key));
  }
}
