import type { Progress } from '../protocol/lane-job.ts';
import type { Store } from '../store/store.ts';
import type { DatasetLibrary } from './datasets/dataset-library.ts';
import type { HeldOutCache } from './ensemble/held-out-cache.ts';
import type { Lane } from './lane.ts';
import type { RunSupervisor } from './run-supervisor.ts';
import type { WorkspaceWatch } from './workspace-watch.ts';

/** What the use cases share. */
export interface EngineContext {
  readonly store: Store;
  readonly runs: RunSupervisor;
  readonly datasets: DatasetLibrary;
  readonly watch: WorkspaceWatch;
  readonly heldOut: HeldOutCache;
  /** `files` never loads TensorFlow; `interactive` answers while `train` is busy. */
  readonly lanes: { readonly train: Lane; readonly interactive: Lane; readonly files: Lane };
  /** Threads for TensorFlow; null: all cores. */
  readonly threads: number | null;
  /** Null: nothing needs to be made. */
  readonly setup: SetupRuntime | null;
}

/** Resolves when the parts that can be made here are made; what is impossible is told by loading the runtime afterwards. */
export type SetupRuntime = (progress: (progress: Progress) => void, signal: AbortSignal) => Promise<void>;
