import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { scanFolder } from '../../src/data/scan-folder.ts';
import type { NetSpec } from '../../src/models/net-spec.ts';
import { loadParameters } from '../../src/nn/load-parameters.ts';
import type { Dataset } from '../../src/protocol/dataset.ts';
import { trainConfigSchema, type TrainConfig, type TrainConfigInput } from '../../src/settings/train-config.ts';
import type { BackboneFile, RunEventBody, TrainHost, TrainJob } from '../../src/protocol/train-job.ts';
import { tf, type Tensor } from '../../src/tensor/tf.ts';
import type { FineTuneTask } from '../../src/train/fine-tune-task.ts';
import { fineTune } from '../../src/train/fine-tune.ts';
import type { StepEnd, TrainListener } from '../../src/train/train-listener.ts';
import { setUpFineTune, type FineTuneSetup } from '../../src/train/fine-tune-setup.ts';
import { stateDict, type Network } from '../../src/train/network.ts';
import { RunContext } from '../../src/train/run-context.ts';
import { makePictures } from './make-pictures.ts';
import { tinySpec, tinyWeights } from './tiny-model.ts';
import { indices } from './indices.ts';

export function configOf(input: TrainConfigInput = {}): TrainConfig {
  return v.parse(trainConfigSchema, input);
}

/** A host that remembers what it was told; `control` may be replaced at any time. */
export interface RememberingHost extends TrainHost {
  readonly events: RunEventBody[];
  control: TrainHost['control'];
}

export function rememberingHost(): RememberingHost {
  const events: RunEventBody[] = [];
  return {
    events,
    emit: (event) => events.push(event),
    control: () => 'go',
    yield: () => new Promise((resolve) => setImmediate(resolve)),
  };
}

export interface PicturesOptions {
  readonly perClass?: number;
  readonly side?: number;
}

const classNames = ['blue', 'green', 'red'];

/** Real pictures of three classes in `folder`, scanned. */
export async function paintedDataset(folder: string, options: PicturesOptions = {}): Promise<Dataset> {
  const { perClass = 6, side = 32 } = options;
  const root = join(folder, 'pictures');
  await makePictures(root, { classes: classNames, perClass, width: side, height: side, seed: 3, format: 'png' });
  return scanFolder(root);
}

/** The job of one run in the workspace `folder`. */
export async function jobOf(
  folder: string,
  dataset: Dataset,
  config: TrainConfig,
  backbones: readonly BackboneFile[] = [],
  runId = 'run',
): Promise<TrainJob> {
  const runFolder = join(folder, 'runs', runId);
  await mkdir(runFolder, { recursive: true });
  return { runId, attempt: 1, purpose: 'run', config, dataset, workspace: folder, runFolder, backbones, threads: null };
}

/** A network of three layer groups (stem, deep, head) that trains in milliseconds. */
export function tinyNetwork(spec: NetSpec = tinySpec(classNames.length, 24), seed = 5): Network {
  const weights = new Map(Object.entries(tinyWeights(spec, seed)));
  return { spec, params: loadParameters(spec, stateDict(weights)), origin: `tiny-${seed}` };
}

export interface TinyRun {
  readonly context: RunContext;
  readonly host: RememberingHost;
  readonly network: Network;
  readonly setup: FineTuneSetup;
  readonly task: FineTuneTask;
  /** By name, values of what training changes as they were at each snapshot. */
  readonly atSnapshot: Record<string, number[]>[];
  readonly steps: StepEnd[];
  train(): ReturnType<typeof fineTune>;
  close(): Promise<void>;
}

/** A fine-tuning of the tiny network, ready to begin or to be resumed in `folder`. */
export async function tinyRun(
  folder: string,
  dataset: Dataset,
  config: TrainConfig,
  options: {
    readonly network?: Network;
    readonly runId?: string;
    readonly listener?: TrainListener;
    readonly judge?: FineTuneTask['judge'];
    readonly pictures?: readonly number[];
  } = {},
): Promise<TinyRun> {
  const host = rememberingHost();
  const context = new RunContext(await jobOf(folder, dataset, config, [], options.runId), host);
  const network = options.network ?? tinyNetwork();
  const all = indices(...dataset.pictures.keys());
  const pictures = options.pictures ? indices(...options.pictures) : all;
  const setup = await setUpFineTune(context, network, all);
  const atSnapshot: Record<string, number[]>[] = [];
  const steps: TinyRun['steps'] = [];
  const { listener = {}, judge } = options;
  const task: FineTuneTask = {
    ...setup,
    plan: setup.plan(pictures.length),
    key: 'final',
    config,
    pictures,
    labelOf: (picture) => dataset.pictures[picture]!.label,
    listener: {
      ...listener,
      stepEnded(step) {
        steps.push(step);
        listener.stepEnded?.(step);
      },
      async snapshot(taken) {
        atSnapshot.push(valuesOf(taken.params));
        await listener.snapshot?.(taken);
      },
    },
    ...(judge && { judge }),
  };
  return {
    context,
    host,
    network,
    setup,
    task,
    atSnapshot,
    steps,
    train: () => fineTune(context, task),
    async close() {
      await setup.dispose();
      await context.close();
      tf.dispose(network.params);
    },
  };
}

export function valuesOf(tensors: Readonly<Record<string, Tensor>>): Record<string, number[]> {
  return Object.fromEntries(Object.entries(tensors).map(([name, tensor]) => [name, [...tensor.dataSync()]]));
}

/** max |a − b| over all names, which must be the same. */
export function largestDifference(a: Record<string, number[]>, b: Record<string, number[]>): number {
  const names = Object.keys(a);
  if (names.sort().join() !== Object.keys(b).sort().join()) return Infinity;
  return Math.max(...names.map((name) => Math.max(...a[name]!.map((value, i) => Math.abs(value - b[name]![i]!)))));
}
