import { access } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { DisjointSets } from '../base/disjoint-sets.ts';
import { sizeOf } from '../base/size-of.ts';
import { groupsBy } from '../data/groups-by.ts';
import { makeFolds } from '../data/make-folds.ts';
import { tellSeries } from '../data/tell-series.ts';
import { headInputSize } from '../models/input-size.ts';
import type { BackboneFile } from '../protocol/train-job.ts';
import { storedKind } from '../stored/kind.ts';
import { foldsStage } from '../weights/folds-file.ts';
import type { HostTensor } from '../weights/host-tensor.ts';
import { extractFeatures } from './extract-features.ts';
import { rowsForSolver } from './feature-cache.ts';
import { featureNeighbours } from './feature-neighbours.ts';
import { featureSeries, type FeatureLink } from './feature-series.ts';
import { disposeNetwork, pretrainedNetwork } from './network.ts';
import type { PreparedRun } from './prepare-run.ts';
import type { RunContext } from './run-context.ts';
import { stage } from './stage.ts';

const foldsKind = storedKind('stage', v.object({}));

/**
 * Fold of every picture that heads are fitted on: what the scan found to belong together stays together, and what stands too near in the features
 * of the first backbone. Kept with the run, so that whoever judges again asks the head that did not see a picture.
 */
export async function runFolds(
  context: RunContext,
  { headPool: pool, labelOf, classes }: PreparedRun,
  first: BackboneFile,
): Promise<Int32Array> {
  const { config, dataset, runFolder } = context.job;
  const { tensors } = await stage(runFolder, foldsStage, foldsKind, async () => {
    const labels = Int32Array.from(pool, labelOf);
    const sets = new DisjointSets(pool.length);
    const groupOf = groupsBy(dataset.pictures, config.data.groupBy);
    sets.joinEqual(pool.map((picture, row) => [row, groupOf[picture]!] as const));
    // A run from before goes on with the folds that its heads were fitted by.
    if (!(await hasHeads(runFolder, first))) {
      for (const told of tellSeries(dataset.pictures, config.data.groupBy)) context.diagnose(told);
      const known = sets.numbers();
      const network = await pretrainedNetwork(first, classes, config, headInputSize(config, first));
      const request = { network, to: network.spec.feature, pictures: pool, view: null };
      const features = await context.timed('features', () => extractFeatures(context, request));
      disposeNetwork(network);
      const rows = await rowsForSolver(features, Int32Array.from(pool.keys()));
      const neighbours = await featureNeighbours(rows, sizeOf(features.shape), labels, () => context.breathe());
      await features.close();
      const links = featureSeries(neighbours, labels, known);
      for (const { a, b } of links) sets.join(a, b);
      tell(context, pool, links);
    }
    const groups = sets.numbers();
    const foldOf = makeFolds(labels, groups, config.data.folds, config.seed);
    return { value: {}, tensors: { pictures: whole(Int32Array.from(pool)), foldOf: whole(foldOf) } };
  });
  return tensors['foldOf']!.data as Int32Array;
}

function hasHeads(runFolder: string, { name }: BackboneFile): Promise<boolean> {
  return access(join(runFolder, 'stages', `head-${name}.json`)).then(
    () => true,
    () => false,
  );
}

function tell(context: RunContext, pool: PreparedRun['headPool'], links: readonly FeatureLink[]): void {
  const [surest] = [...links].sort((x, y) => x.doubt - y.doubt);
  if (!surest) return;
  const { pictures } = context.job.dataset;
  const count = new Set(links.flatMap(({ a, b }) => [a, b])).size;
  const pathOf = (row: number) => pictures[pool[row]!]!.path;
  const params = { count, a: pathOf(surest.a), b: pathOf(surest.b), similarity: surest.similarity };
  context.diagnose({ code: 'data.featureSeries', params });
}

const whole = (data: Int32Array): HostTensor => ({ dtype: 'int32', shape: [data.length], data: Int32Array.from(data) });
