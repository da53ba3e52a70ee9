import type { ErrorData } from '../../src/base/errors.ts';
import type { Accuracy } from '../../src/protocol/accuracy.ts';
import type { PlanRecord } from '../../src/protocol/plan-record.ts';
import type { EnsembleReport, RunEvent, RunPhase, RunResult } from '../../src/protocol/run-event.ts';
import type { RunMember } from '../../src/protocol/run-member.ts';
import type { RunRecord, RunState as RunStateName, StoredEvent } from '../../src/protocol/run-record.ts';
import { StepCurve, type StepMeasures, type StepPoints } from './step-curve.ts';

export interface EpochPoint {
  readonly step: number;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly epoch: number;
  readonly trainLoss: number;
  readonly train: Accuracy | null;
  readonly validation: Accuracy | null;
  readonly validationLoss: number | null;
}

interface EnsemblePoint {
  readonly step: number;
  readonly at: number;
  readonly report: EnsembleReport;
}

interface FoundDiagnostic extends ErrorData {
  readonly step: number;
  readonly at: number;
}

/** A time in which the run stood still although nobody had paused it. */
export interface Gap {
  /** Step from which it went on. */
  readonly step: number;
  readonly from: number;
  readonly to: number;
}

interface PhaseProgress {
  readonly phase: RunPhase;
  readonly done: number;
  readonly total: number;
  readonly secondsLeft: number | null;
}

/** The plan of the training that counts, and the steps that the run did before its first. */
interface PlannedTraining {
  readonly plan: PlanRecord;
  readonly stepsBefore: number;
}

/** The newest step. */
interface StepNow {
  readonly step: number;
  readonly totalSteps: number;
  readonly measures: StepMeasures;
  readonly picturesPerSecond: number;
  readonly secondsLeft: number | null;
}

export type ComparedBackbone = Pick<
  Extract<RunEvent, { type: 'backboneCompared' }>,
  'backbone' | 'l2' | 'accuracy' | 'chosen'
>;

/** All that a window shows of a run, at one moment. */
export interface RunFacts {
  readonly state: RunStateName;
  readonly attempt: number;
  /** What it trains by, as it told; null before it begins, and of runs that told none. */
  readonly training: PlannedTraining | null;
  readonly phase: PhaseProgress | null;
  readonly now: StepNow | null;
  readonly epoch: { readonly done: number; readonly total: number } | null;
  /** Cycles ended, of all. */
  readonly cycle: { readonly done: number; readonly total: number } | null;
  readonly residentBytes: number | null;
  readonly steps: StepPoints;
  readonly epochs: readonly EpochPoint[];
  readonly snapshots: readonly RunMember[];
  /** The ensemble after each snapshot; the last is the newest. */
  readonly ensembles: readonly EnsemblePoint[];
  readonly backbones: readonly ComparedBackbone[];
  readonly diagnostics: readonly FoundDiagnostic[];
  readonly gaps: readonly Gap[];
  readonly error: ErrorData | null;
  readonly result: RunResult | null;
  /** When the first attempt began; milliseconds since 1970. */
  readonly startedAt: number | null;
  /** When the newest event happened. */
  readonly at: number | null;
}

const terminal: Partial<Record<RunEvent['type'], RunStateName>> = {
  runFinished: 'finished',
  runFailed: 'failed',
  runCancelled: 'cancelled',
  runInterrupted: 'interrupted',
};

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/**
 * Applies the events of one run. They may come more than once and from a replay; an older one than the newest applied changes
 * nothing. `record` tells the true state at its `seq`; until the replay has come so far, the state stays as it says.
 */
export class RunModel {
  readonly #steps = new StepCurve();
  #facts: Mutable<Omit<RunFacts, 'steps'>> = noFacts();
  #seq = 0;
  #recordSeq = 0;

  /** The newest event applied. */
  get seq(): number {
    return this.#seq;
  }

  /** The replay has reached what the record knew. */
  get caughtUp(): boolean {
    return this.#seq >= this.#recordSeq;
  }

  facts(): RunFacts {
    return { ...this.#facts, steps: this.#steps.points() };
  }

  applyRecord(record: RunRecord): void {
    if (record.seq < this.#seq) return;
    this.#recordSeq = record.seq;
    this.#facts.state = record.state;
    this.#facts.error = record.error;
    this.#facts.result = record.result ?? this.#facts.result;
    if (this.#facts.snapshots.length < record.snapshots.length) this.#facts.snapshots = record.snapshots;
  }

  apply({ seq, at, superseded, event }: StoredEvent): void {
    if (seq <= this.#seq) return;
    this.#seq = seq;
    if (event.type === 'runStarted') this.#begin(at, event);
    const facts = this.#facts;
    facts.at = at;
    if (superseded) return;
    switch (event.type) {
      case 'stepEnded':
        this.#steps.add(event.step, at, event.measures);
        facts.now = event;
        facts.phase = null;
        break;
      case 'phaseProgressed':
        facts.phase = event;
        break;
      case 'epochEnded':
        facts.epochs = [...facts.epochs, { ...event, at }];
        facts.epoch = { done: event.epoch, total: event.totalEpochs };
        facts.residentBytes = event.residentBytes;
        break;
      case 'cycleEnded':
        facts.cycle = { done: event.cycle + 1, total: event.totalCycles };
        break;
      case 'snapshotSaved':
        facts.snapshots = [...facts.snapshots.filter(({ name }) => name !== event.snapshot.name), event.snapshot];
        break;
      case 'ensembleEvaluated':
        facts.ensembles = [...facts.ensembles, { step: event.step, at, report: event.report }];
        break;
      case 'backboneCompared':
        facts.backbones = [...facts.backbones, event];
        break;
      case 'diagnosticFound':
        facts.diagnostics = withDiagnostic(facts.diagnostics, {
          code: event.code,
          params: event.params,
          step: event.step,
          at,
        });
        break;
      default:
        this.#changeState(event);
    }
  }

  #changeState(event: RunEvent): void {
    const facts = this.#facts;
    if (event.type === 'runFinished') facts.result = event.result;
    // A replay tells of states that have passed.
    if (this.#seq <= this.#recordSeq) return;
    const ended = terminal[event.type];
    if (ended) {
      facts.state = ended;
      facts.phase = null;
      facts.error = event.type === 'runFailed' ? event.error : null;
    } else if (event.type === 'runPaused') facts.state = 'paused';
    else if (event.type === 'runResumed') facts.state = 'running';
    else if (event.type === 'runQueued') facts.state = 'queued';
  }

  /** An attempt begins; what an earlier one told behind the step it goes on from has not happened. */
  #begin(at: number, event: Extract<RunEvent, { type: 'runStarted' }>): void {
    const facts = this.#facts;
    const again = facts.startedAt !== null;
    facts.startedAt ??= at;
    facts.attempt = event.attempt;
    facts.training = event.plan && { plan: event.plan, stepsBefore: event.stepsBefore };
    facts.phase = null;
    if (again) {
      const step = event.resumedFromStep ?? 0;
      if (facts.at !== null) facts.gaps = [...facts.gaps, { step, from: facts.at, to: at }];
      this.#steps.cut(step);
      facts.epochs = facts.epochs.filter((point) => point.step <= step);
      facts.snapshots = facts.snapshots.filter((snapshot) => snapshot.step <= step);
      facts.ensembles = facts.ensembles.filter((point) => point.step <= step);
      facts.diagnostics = facts.diagnostics.filter((found) => found.step <= step);
      const last = facts.epochs.at(-1);
      facts.epoch = last && facts.epoch ? { done: last.epoch, total: facts.epoch.total } : null;
      facts.cycle = facts.cycle && { done: facts.snapshots.length, total: facts.cycle.total };
    }
    if (this.#seq > this.#recordSeq) {
      facts.state = 'running';
      facts.error = null;
    }
  }
}

/** A resumed attempt finds the same again: it is told once. */
function withDiagnostic(found: readonly FoundDiagnostic[], newest: FoundDiagnostic): FoundDiagnostic[] {
  return [...found.filter(({ code }) => code !== newest.code), newest];
}

function noFacts(): Mutable<Omit<RunFacts, 'steps'>> {
  return {
    state: 'queued',
    attempt: 0,
    training: null,
    phase: null,
    now: null,
    epoch: null,
    cycle: null,
    residentBytes: null,
    epochs: [],
    snapshots: [],
    ensembles: [],
    backbones: [],
    diagnostics: [],
    gaps: [],
    error: null,
    result: null,
    startedAt: null,
    at: null,
  };
}
