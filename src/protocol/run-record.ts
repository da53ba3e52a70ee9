import type { FailureData } from '../base/failure.ts';
import type { Accuracy } from './accuracy.ts';
import type { RunEvent, RunResult } from './run-event.ts';
import type { RunMember } from './run-member.ts';
import type { RunPurpose } from './train-job.ts';
import type { TrainConfig } from '../settings/train-config.ts';

/**
 * ```
 * queued ──> running ──> finished
 *               │  ▲ ╲──> failed, cancelled, interrupted ──(resume)──> queued
 *               ▼  │
 *             paused
 * ```
 */
export const runStates = ['queued', 'running', 'paused', 'finished', 'failed', 'cancelled', 'interrupted'] as const;
export type RunState = (typeof runStates)[number];

/** From each state, those it may change to. A finished run stays finished. */
export const runTransitions: Readonly<Record<RunState, readonly RunState[]>> = {
  queued: ['running', 'failed', 'cancelled', 'interrupted'],
  running: ['paused', 'finished', 'failed', 'cancelled', 'interrupted'],
  paused: ['running', 'failed', 'cancelled', 'interrupted'],
  finished: [],
  failed: ['queued'],
  cancelled: ['queued'],
  interrupted: ['queued', 'running', 'cancelled'],
};

export interface RunSummary {
  readonly runId: string;
  readonly name: string;
  readonly note: string;
  readonly pinned: boolean;
  readonly state: RunState;
  readonly attempt: number;
  readonly purpose: RunPurpose;
  readonly preset: string;
  readonly backbone: string | null;
  readonly dataset: {
    readonly root: string;
    readonly contentHash: string;
    readonly pictures: number;
    readonly classes: number;
    /** Number of its folder in this workspace, as text, and which content of it this was. */
    readonly dataset: string;
    readonly version: number;
  };
  /** Epochs and cycles that have ended, and members saved; null before the first of either. 0 of 0 epochs: only heads are fitted. */
  readonly progress: {
    readonly epoch: number;
    readonly totalEpochs: number;
    readonly cycle: number;
    readonly totalCycles: number;
    readonly members: number;
  } | null;
  /** Validation accuracies at epoch ends, for a small curve. */
  readonly curve: readonly number[];
  /** Runs of this machine that stand before it in the queue. */
  readonly queuedBehind: number;
  /** A number that people use: 1 for the first run of the workspace. */
  readonly number: number;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  readonly endedAt: number | null;
  /**
   * Of the ensemble on the pictures that choices are made on; known from the first evaluation on. No list shows what the test
   * part gave: comparing runs by it would be choosing by it.
   */
  readonly heldOutAccuracy: Accuracy | null;
  /** Members that the ensemble averages; null before it is evaluated. */
  readonly averaged: number | null;
}

export interface RunRecord extends RunSummary {
  readonly config: TrainConfig;
  readonly result: RunResult | null;
  readonly error: FailureData | null;
  /** Members, in the order they were saved. */
  readonly snapshots: readonly RunMember[];
  readonly folder: string;
  /** The newest event's number, read together with the rest: apply what is newer. */
  readonly seq: number;
}

/** An event as the store keeps it. `seq` grows by one a run; superseded: a resume went back behind this step. */
export interface StoredEvent {
  readonly seq: number;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly superseded: boolean;
  readonly event: RunEvent;
}
