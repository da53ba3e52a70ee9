import type { Dataset } from './dataset.ts';
import type { Preprocessing } from './preprocessing.ts';
import type { RunEvent } from './run-event.ts';
import type { TrainConfig } from './train-config.ts';

/** A backbone on this machine whose file has been checked against its sha256. */
export interface InstalledBackbone {
  readonly name: string;
  readonly architecture: string;
  /** Absolute path of the safetensors file. */
  readonly path: string;
  readonly sha256: string;
  readonly preprocessing: Preprocessing;
}

/** All that a training lane needs; plain data, so that the same job can be sent again to another process. */
export interface TrainJob {
  readonly runId: string;
  /** 1 for the first try, +1 with each resume; a checkpoint in `runFolder` is taken up whatever the number. */
  readonly attempt: number;
  readonly config: TrainConfig;
  readonly dataset: Dataset;
  /** The folder that holds all that runs write. */
  readonly workspace: string;
  readonly runFolder: string;
  readonly zooFolder: string;
  /** The candidates; one unless `config.model.backbone` is 'auto'. */
  readonly backbones: readonly InstalledBackbone[];
  /** Threads for TensorFlow; null: all cores. */
  readonly threads: number | null;
}

type WithoutRun<E> = E extends unknown ? Omit<E, 'runId' | 'attempt'> : never;
/** An event as the trainer tells it; the lane adds `runId` and `attempt`. */
export type RunEventBody = WithoutRun<RunEvent>;

/** What the trainer sees of the world outside; polled and called between steps, never during one. */
export interface TrainHost {
  emit(event: RunEventBody): void;
  /** 'stop': write a checkpoint, then throw `RunStopped`. */
  control(): 'go' | 'pause' | 'stop';
  /** Lets messages in; waits inside while the run is paused. Called after each step. */
  yield(): Promise<void>;
}
