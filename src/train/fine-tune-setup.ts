import type { DatasetIndex } from '../protocol/dataset.ts';
import { AnnealError } from '../base/errors.ts';
import type { NetSpec } from '../models/net-spec.ts';
import { opOf } from '../models/op-table.ts';
import { boundaryNode } from '../models/spec-queries.ts';
import { layersToTrain } from '../models/layers-to-train.ts';
import type { TrainConfig } from '../settings/train-config.ts';
import { planTraining } from '../schedules/plan-training.ts';
import type { TrainingPlan } from '../schedules/training-plan.ts';
import { tf } from '../tensor/tf.ts';
import type { BatchSource } from './batch-source.ts';
import { CompiledSteps } from './compiled-steps.ts';
import { createEvaluator, type Evaluator } from './evaluator.ts';
import { extractFeatures } from './extract-features.ts';
import { FeatureSource } from './feature-source.ts';
import type { FeatureCache } from './feature-cache.ts';
import type { Network } from './network.ts';
import { PictureSource } from './picture-source.ts';
import type { RunContext } from './run-context.ts';
import { changingParameters } from './training-steps.ts';
import { frozenTrunk } from './trunk.ts';

/** A network with its freeze boundary and where its batches come from. */
export interface FineTuneSetup {
  readonly network: Network;
  readonly freezeTo: number;
  /** The plan of a training over so many of the pictures. Throws what `planTraining` throws. */
  plan(pictures: number): TrainingPlan;
  /** Node at the freeze boundary. */
  readonly boundary: string;
  readonly source: BatchSource;
  readonly compiled: CompiledSteps;
  readonly evaluator: Evaluator;
  /** Names of what training may change. */
  readonly changing: readonly string[];
  /** Time of the frozen layers for one picture, where they run apart from the rest. */
  readonly trunkMilliseconds: number;
  /** An evaluator for pictures that were not known when the setup was made (the test part). The caller disposes it. */
  evaluatorFor(pictures: readonly DatasetIndex[]): Promise<Evaluator>;
  dispose(): Promise<void>;
}

/** `pictures`: all that training and evaluation will ask for, indices into the dataset. */
export async function setUpFineTune(
  context: RunContext,
  network: Network,
  pictures: readonly DatasetIndex[],
): Promise<FineTuneSetup> {
  const { config } = context.job;
  const layers = layersToTrain(network.spec, config.tune);
  const { freezeTo } = layers;
  const boundary = boundaryNode(network.spec, freezeTo);
  const cached = freezeTo > 0 && config.augment.mode !== 'online';
  if (cached) assertCacheable(network.spec, boundary, freezeTo, config);
  const parts = cached
    ? await featureParts(context, network, boundary, pictures)
    : await pictureParts(context, network, boundary, freezeTo);
  const changing = changingParameters(network.spec, freezeTo, config);
  const evaluatorOf = (source: BatchSource, judged: readonly DatasetIndex[]) =>
    createEvaluator({
      spec: network.spec,
      source,
      params: network.params,
      changing,
      batchSize: Math.min(64, judged.length),
      examplePicture: judged[0]!,
    });
  const evaluator = await evaluatorOf(parts.source, pictures);
  const compiled = new CompiledSteps();
  return {
    network,
    freezeTo,
    plan: (count) => planTraining(config, { ...layers, pictures: count }),
    boundary,
    changing,
    compiled,
    evaluator,
    source: parts.source,
    trunkMilliseconds: parts.trunkMilliseconds,
    evaluatorFor: async (further) => evaluatorOf(await parts.evaluationSource(further), further),
    async dispose() {
      compiled.dispose();
      evaluator.dispose();
      await parts.close();
    },
  };
}

interface SourceParts {
  readonly source: BatchSource;
  readonly trunkMilliseconds: number;
  evaluationSource(pictures: readonly DatasetIndex[]): Promise<BatchSource>;
  close(): Promise<void>;
}

async function featureParts(
  context: RunContext,
  network: Network,
  to: string,
  pictures: readonly DatasetIndex[],
): Promise<SourceParts> {
  const { augment } = context.job.config;
  const views: FeatureCache[] = [];
  const count = augment.mode === 'cachedViews' ? augment.views : 1;
  for (let index = 0; index < count; index++) {
    const view = index === 0 ? null : { index, augment };
    views.push(await context.timed('features', () => extractFeatures(context, { network, to, pictures, view })));
  }
  return {
    source: new FeatureSource(to, views, pictures),
    trunkMilliseconds: views[0]!.millisecondsPerRow ?? 0,
    async evaluationSource(further) {
      const features = await extractFeatures(context, { network, to, pictures: further, view: null });
      views.push(features);
      return new FeatureSource(to, [features], further);
    },
    async close() {
      for (const view of views) await view.close();
    },
  };
}

async function pictureParts(
  context: RunContext,
  network: Network,
  boundary: string,
  freezeTo: number,
): Promise<SourceParts> {
  const { config } = context.job;
  const { preprocessing } = network.spec;
  const trunk = freezeTo > 0 ? frozenTrunk(network, boundary) : null;
  const cache = await context.openPictures(preprocessing);
  const augment = config.augment.mode === 'online' ? config.augment : null;
  const source = new PictureSource({ cache, preprocessing, augment, seed: config.seed, trunk });
  return {
    source,
    trunkMilliseconds: 0,
    evaluationSource: () => Promise.resolve(source),
    close: () => Promise.resolve(tf.dispose(trunk?.constants ?? {})),
  };
}

/**
 * A cached feature stands for every epoch, so nothing below the boundary may be random or trainable.
 * Throws `train.featuresNotCacheable` with the reason.
 */
export function assertCacheable(spec: NetSpec, boundary: string, freezeTo: number, config: TrainConfig): void {
  const below = spec.groups.slice(0, freezeTo).flatMap((group) => group.nodes);
  const random = spec.nodes.find((node) => opOf(node).random?.(node) && below.includes(node.name));
  const refuse = (reason: string) => new AnnealError('train.featuresNotCacheable', { boundary, reason });
  if (config.augment.mode === 'online') throw refuse('augmentation is drawn anew each epoch');
  if (random) throw refuse(`${random.name} is random`);
  if (!below.includes(boundary)) throw refuse(`trainable layers lie below ${boundary}`);
}
