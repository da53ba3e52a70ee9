import { join } from 'node:path';
import * as v from 'valibot';
import { AnnealError } from '../base/errors.ts';
import {
  commandInputs,
  type CallHooks,
  type CommandName,
  type Commands,
  type EngineApi,
} from '../protocol/engine-api.ts';
import { openStore } from '../store/store.ts';
import { toStoreError } from '../store/store-error.ts';
import type { CommandHandler } from './commands/command-handler.ts';
import * as handlers from './commands/index.ts';
import { DatasetLibrary } from './datasets/dataset-library.ts';
import type { EngineContext, SetupRuntime } from './engine-context.ts';
import { HeldOutCache } from './ensemble/held-out-cache.ts';
import { EventHub } from './event-hub.ts';
import { forkLane, type ForkLane } from './fork-lane.ts';
import { Lane } from './lane.ts';
import { DatasetMedia } from './media/dataset-media.ts';
import type { MediaSource } from './media/media-source.ts';
import { RunSupervisor } from './run-supervisor.ts';
import { noteFinishedRun } from './planning/measure.ts';
import { makeTrainJob } from './train-job.ts';
import { WorkspaceWatch } from './workspace-watch.ts';

export interface EngineOptions {
  /** Folder that holds all that runs write; created when it is not there. */
  readonly workspace: string;
  /** Threads for TensorFlow; default: all cores. */
  readonly threads?: number;
  /** How processes that compute are started; default: `child_process.fork`. */
  readonly fork?: ForkLane;
  /** Makes the compute runtime ready, in a clone; without it everything is taken to be inside. */
  readonly setup?: SetupRuntime;
}

export interface Engine extends EngineApi {
  /** Thumbnails and pictures of datasets: bytes, so not commands. */
  readonly media: MediaSource;
  /** Ids of the runs that this engine itself works on or has queued; other processes may work on others. */
  ownRuns(): readonly string[];
  /** As `cancelRun`, but the run is then 'interrupted': it was not given up, only its process has to go. */
  interruptRun(runId: string): Promise<void>;
  /** Stops running work behind a checkpoint (the runs become 'interrupted'), then ends the lanes and closes the store. */
  close(): Promise<void>;
  /** Ends at once: lanes are killed, the runs can be resumed from their last checkpoint. */
  kill(): void;
}

/** The engine of one workspace. Several processes may have one each. @throws as `openStore` */
export function createEngine(options: EngineOptions): Engine {
  const store = openStore(options.workspace);
  const fork = options.fork ?? forkLane;
  const lanes = {
    train: new Lane(fork, 10_000),
    // A loaded model answers the next question faster.
    interactive: new Lane(fork, 300_000),
    files: new Lane(fork, 1000),
  };
  const hub = new EventHub(store);
  const threads = options.threads ?? null;
  const watch = new WorkspaceWatch(store);
  const runs = new RunSupervisor({
    store,
    hub,
    lane: lanes.train,
    makeJob: (runId, attempt) => makeTrainJob({ store, threads }, runId, attempt),
    onChange: (runId) => tellChange(watch, runId),
    onFinished: (runId) => {
      // What it teaches of this machine's speed changes what is told of every backbone.
      const noted = noteFinishedRun(store, runId, threads).then(() => watch.notify('zoo', null));
      noted.catch(() => undefined);
    },
  });
  const datasets = new DatasetLibrary({ store, files: lanes.files, watch });
  const heldOut = new HeldOutCache(store);
  const context: EngineContext = {
    store,
    runs,
    lanes,
    threads,
    watch,
    datasets,
    heldOut,
    setup: options.setup ?? null,
  };
  const endLanes = (): void => Object.values(lanes).forEach((lane) => lane.close());

  return {
    ...bindCommands(context),
    subscribe: ({ runId, from }, listener) => hub.subscribe(runId, from, listener),
    watch: (listener) => watch.watch(listener),
    media: new DatasetMedia(datasets, join(store.layout.cache, 'thumbnails')),
    ownRuns: () => runs.activeRuns(),
    interruptRun: (runId) => runs.stop(runId, 'interrupted'),
    close: async () => {
      await runs.stopAll();
      endLanes();
      hub.close();
      watch.close();
      store.close();
    },
    kill: endLanes,
  };
}

/** A workspace that has gone must not hide the end of its run. */
function tellChange(watch: WorkspaceWatch, runId: string): void {
  try {
    watch.changed('runs', runId);
  } catch {
    watch.notify('runs', runId);
  }
}

/** A command without a handler does not compile. */
const commandHandlers: { readonly [C in CommandName]: CommandHandler<C> } = handlers;

/** Every command behind its input's schema. */
function bindCommands(context: EngineContext): Commands {
  const bind = (name: CommandName) => async (input: unknown, hooks?: CallHooks) => {
    const parsed = v.safeParse(commandInputs[name], input);
    if (!parsed.success) throw badInput(name, parsed.issues[0]);
    const handler = commandHandlers[name] as (
      context: EngineContext,
      input: unknown,
      hooks?: CallHooks,
    ) => Promise<unknown>;
    try {
      return await handler(context, parsed.output, hooks);
    } catch (error) {
      throw toStoreError(error, context.store.layout.database);
    }
  };
  const names = Object.keys(commandInputs) as CommandName[];
  return Object.fromEntries(names.map((name) => [name, bind(name)])) as unknown as Commands;
}

function badInput(command: string, issue: v.GenericIssue): AnnealError {
  const key = (issue.path ?? []).map((item) => String(item.key)).join('.') || 'input';
  return new AnnealError('engine.badInput', {
    command,
    key,
    expected: issue.expected ?? issue.message,
    received: issue.received,
  });
}
