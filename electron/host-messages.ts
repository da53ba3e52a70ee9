import type { FailureData } from '../src/base/failure.ts';
import type { MediaAnswer } from '../src/host/answer-media.ts';

/**
 * What crosses between the main process and the engine host beside the windows' own messages, which go through ports past main.
 * Both ends are ours and of one version, so nothing is checked.
 */
export type ToEngineHost =
  /** Comes with one port: a window's. */
  | { readonly type: 'connect' }
  | { readonly type: 'media'; readonly id: number; readonly address: string }
  | { readonly type: 'mediaAborted'; readonly id: number }
  /** Runs that the host before this one was working on when it ended unasked. */
  | { readonly type: 'resume'; readonly runIds: readonly string[] }
  /** Stop runs behind a checkpoint, then end. */
  | { readonly type: 'close' };

export type FromEngineHost =
  | { readonly type: 'ready' }
  /** The workspace cannot be opened; the host waits to be ended, and starting it again would come to the same. */
  | { readonly type: 'failed'; readonly error: FailureData }
  | { readonly type: 'activity'; readonly activity: RunActivity }
  | { readonly type: 'ended'; readonly run: EndedRun }
  /** Folders of the datasets opened last, the newest first. */
  | { readonly type: 'recent'; readonly folders: readonly string[] }
  | { readonly type: 'media'; readonly id: number; readonly answer: MediaAnswer };

/** What dock and taskbar show, and why the application stays alive without a window. */
export interface RunActivity {
  /** The runs this host works on or has queued. */
  readonly runIds: readonly string[];
  /** How far the running one is, 0 to 1; null while nobody can tell. */
  readonly fraction: number | null;
  readonly paused: boolean;
}

export const noActivity: RunActivity = { runIds: [], fraction: null, paused: false };

export interface EndedRun {
  readonly runId: string;
  readonly number: number;
  /** Of the ensemble, a fraction; null where the run failed. */
  readonly accuracy: number | null;
  readonly error: FailureData | null;
}
