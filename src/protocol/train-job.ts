import type { Dataset } from './dataset.ts';
import type { Preprocessing } from './preprocessing.ts';
import type { RunEvent } from './run-event.ts';
import type { TrainConfig } from '../settings/train-config.ts';

/** A pretrained network on this machine, its checksum already verified. */
export interface BackboneFile {
  readonly name: string;
  readonly architecture: string;
  /** Absolute path of its safetensors file. */
  readonly path: string;
  readonly sha256: string;
  readonly preprocessing: Preprocessing;
}

/**
 * `run`: to be used, its test part looked at once. `trial`: one of many that are compared, as a search makes them; it never looks at
 * the test part, so that choosing among trials is not choosing by the test.
 */
export const runPurposes = ['run', 'trial'] as const;
export type RunPurpose = (typeof runPurposes)[number];

/** All that a training lane needs; crosses the process border as it is. */
export interface TrainJob {
  readonly runId: string;
  readonly attempt: number;
  readonly purpose: RunPurpose;
  readonly config: TrainConfig;
  readonly dataset: Dataset;
  /** The workspace folder; caches live in it. */
  readonly workspace: string;
  /** Absolute path of `workspace/runs/<runId>`; exists. */
  readonly runFolder: string;
  readonly backbones: readonly BackboneFile[];
  /** Null: as many as there are cores. */
  readonly threads: number | null;
}

type WithoutEnvelope<E> = E extends RunEvent
  ? Omit<E, 'runId' | 'attempt' | 'step'> & { readonly step?: number }
  : never;
/** A RunEvent without what the lane adds. */
export type RunEventBody = WithoutEnvelope<RunEvent>;

/** What training needs from the process around it. */
export interface TrainHost {
  emit(event: RunEventBody): void;
  /** Polled between steps. 'stop': a checkpoint is written, then `RunStopped` thrown. */
  control(): 'go' | 'pause' | 'stop';
  /** Lets messages in; awaited after each step. */
  yield(): Promise<void>;
}
