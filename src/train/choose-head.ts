import * as v from 'valibot';
import { AnnealError } from '../base/errors.ts';
import { accuracyOf } from '../metrics/accuracy-of.ts';
import { headInputSize } from '../models/input-size.ts';
import { accuracySchema, type Accuracy } from '../protocol/accuracy.ts';
import type { DatasetIndex } from '../protocol/dataset.ts';
import type { BackboneFile } from '../protocol/train-job.ts';
import { float32Tensor, type HostTensor } from '../weights/host-tensor.ts';
import { storedKind } from '../stored/kind.ts';
import { extractFeatures } from './extract-features.ts';
import { rowsForSolver } from './feature-cache.ts';
import { foldChoice } from './head/fold-choice.ts';
import { disposeNetwork, pretrainedNetwork } from './network.ts';
import type { PreparedRun } from './prepare-run.ts';
import type { RunContext } from './run-context.ts';
import { runFolds } from './run-folds.ts';
import { stage } from './stage.ts';

/** A linear head: torch's layout, weight [classes, features], bias [classes]. */
interface Head {
  readonly weight: Float32Array;
  readonly bias: Float32Array;
}

/** The backbone and L2 that did best out of fold, and the heads of the folds. */
export interface HeadChoice {
  readonly backbone: BackboneFile;
  readonly l2: number;
  readonly accuracy: Accuracy;
  /** float32 [pool, classes]: each picture judged by the fold head that did not see it. */
  readonly outOfFold: Float32Array;
  /** Fold of every picture of the pool. */
  readonly foldOf: Int32Array;
  readonly heads: readonly Head[];
  /** Of the frozen network, a picture; null where extracting was interrupted. */
  readonly millisecondsPerPicture: number | null;
}

/** The fold of each picture of the pool that the heads were chosen on. */
export function foldsOf(
  pool: readonly DatasetIndex[],
  { foldOf }: Pick<HeadChoice, 'foldOf'>,
): (picture: DatasetIndex) => number {
  const folds = new Map(pool.map((picture, row) => [picture, foldOf[row]!]));
  return (picture) => folds.get(picture)!;
}

type Candidate = Pick<HeadChoice, 'l2' | 'accuracy' | 'millisecondsPerPicture'>;

const candidateKind = storedKind<Candidate>(
  'stage',
  v.object({ l2: v.number(), accuracy: accuracySchema, millisecondsPerPicture: v.nullable(v.number()) }),
);

/** Compares all backbones of the job on cached features, grouped stratified folds, a grid of L2; the first of equals wins. */
export async function chooseHead(context: RunContext, prepared: PreparedRun): Promise<HeadChoice> {
  const { backbones } = context.job;
  if (backbones.length === 0) throw new AnnealError('train.noBackbone', {});
  const foldOf = await runFolds(context, prepared, backbones[0]!);
  let best: HeadChoice | null = null;
  const compared: { backbone: string; candidate: Candidate }[] = [];
  for (const backbone of backbones) {
    const choice = await candidateHeads(context, prepared, backbone, foldOf);
    compared.push({ backbone: backbone.name, candidate: choice });
    if (best === null || choice.accuracy.accuracy > best.accuracy.accuracy) best = choice;
  }
  for (const { backbone, candidate } of compared) {
    const { l2, accuracy } = candidate;
    const chosen = backbone === best!.backbone.name;
    context.host.emit({ type: 'backboneCompared', backbone, l2, accuracy, chosen, step: context.step });
  }
  return best!;
}

async function candidateHeads(
  context: RunContext,
  prepared: PreparedRun,
  backbone: BackboneFile,
  foldOf: Int32Array,
): Promise<HeadChoice> {
  const { config } = context.job;
  const { pool, classes, labelOf } = prepared;
  const labels = Int32Array.from(pool, labelOf);
  const { value, tensors } = await stage(context.job.runFolder, `head-${backbone.name}`, candidateKind, async () => {
    const network = await pretrainedNetwork(backbone, classes, config, headInputSize(config, backbone));
    const request = { network, to: network.spec.feature, pictures: pool, view: null };
    const features = await context.timed('features', () => extractFeatures(context, request));
    disposeNetwork(network);
    const rows = await rowsForSolver(features, Int32Array.from(pool.keys()));
    const choice = await context.timed('folds', () =>
      foldChoice({
        features: rows,
        labels,
        classes,
        foldOf,
        l2Grid: config.tune.l2Grid,
        onProgress: context.progress('folds'),
        between: () => context.breathe(),
      }),
    );
    await features.close();
    const { millisecondsPerRow: millisecondsPerPicture } = features;
    const accuracy = accuracyOf(choice.outOfFold, labels, classes, 'outOfFold');
    return {
      value: { l2: choice.l2, accuracy, millisecondsPerPicture },
      tensors: headTensors(choice.outOfFold, choice.heads, pool.length, classes),
    };
  });
  const heads = Array.from({ length: config.data.folds }, (_, k) => ({
    weight: tensors[`${k}.weight`]!.data as Float32Array,
    bias: tensors[`${k}.bias`]!.data as Float32Array,
  }));
  return { backbone, ...value, outOfFold: tensors['outOfFold']!.data as Float32Array, foldOf, heads };
}

function headTensors(
  outOfFold: Float32Array,
  heads: readonly Head[],
  n: number,
  classes: number,
): Record<string, HostTensor> {
  const tensors: Record<string, HostTensor> = { outOfFold: float32Tensor([n, classes], Float32Array.from(outOfFold)) };
  heads.forEach(({ weight, bias }, k) => {
    tensors[`${k}.weight`] = float32Tensor([classes, weight.length / classes], Float32Array.from(weight));
    tensors[`${k}.bias`] = float32Tensor([classes], Float32Array.from(bias));
  });
  return tensors;
}
