import { sizeOf } from '../../base/size-of.ts';
import { decodeTarget } from '../../data/decode-picture.ts';
import { estimateCacheBytes } from '../../data/decode-target.ts';
import { layersToTrain } from '../../models/layers-to-train.ts';
import type { NetSpec } from '../../models/net-spec.ts';
import { baseArchitecture } from '../../models/rewrites.ts';
import { boundaryNode } from '../../models/spec-queries.ts';
import type { Preprocessing } from '../../protocol/preprocessing.ts';
import type { TrainConfig } from '../../settings/train-config.ts';
import { planTraining } from '../../schedules/plan-training.ts';
import type { TrainingPlan } from '../../schedules/training-plan.ts';
import { rangeTestSteps } from '../../schedules/range-test-steps.ts';
import { costOf, knownSpec } from './known-specs.ts';
import { costOf as settingsCost } from '../../settings/check.ts';
import { leavesOf } from '../../settings/values.ts';
import type { PlannedNetwork } from './plan-network.ts';
import type { PlanPictures } from './plan-pictures.ts';

/** Work of one kind on one thing; how fast this machine does it is measured by the same words. */
export interface Work {
  readonly kind: 'forward' | 'training' | 'decode' | 'heads';
  readonly subject: string;
  /** Multiply-adds, for 'decode' millions of pixels. */
  readonly amount: number;
}

export interface WorkOfRun {
  readonly work: readonly Work[];
  /** Resident bytes of the training process at its largest, by the counts of the network. */
  readonly memoryBytes: number;
  /** Caches, snapshots and checkpoints that a run leaves in the workspace. */
  readonly diskBytes: number;
  /** Of the training that counts; null where only heads are fitted. */
  readonly plan: TrainingPlan | null;
  /** Optimizer steps of all trainings, those tried on folds included. */
  readonly steps: number;
  /** Pictures that are judged between them, each as often as it is. */
  readonly judged: number;
  readonly snapshots: number;
}

/**
 * A training step's multiply-adds against those of the same layers in a frozen network, whose batch norms are folded into fused
 * convolutions: 318 pictures a second through EfficientNet-Lite0 frozen, 45 to 49 trained (test/bench/RESULTS.md).
 */
const trainingFactor = 6.7;
/** Runtime, graph and buffers of a training process before anything is kept for a batch; and what a traced step keeps of a batch. */
const processBytes = 450e6;
const activationFactor = 2;
/** Pictures that features are extracted for at once, and judged at once. */
const extractionBatch = 32;
const evaluationBatch = 64;
/** Training pictures judged after each epoch. */
const trainSample = 256;
const bytesPerNumber = 4;

/** What speeds are measured of; a rewritten head changes none. */
export const subjectOf = (spec: NetSpec, size: number = spec.preprocessing.inputSize): string =>
  `${baseArchitecture(spec)}@${size}`;

/** Whether pictures that were decoded for this preprocessing lie in the cache. */
export type IsDecoded = (preprocessing: Preprocessing) => boolean;

/** What a run would do, counted without doing it. @throws what planTraining throws */
export function workOfRun(
  config: TrainConfig,
  network: PlannedNetwork,
  freezeTo: number,
  pictures: PlanPictures,
  isDecoded: IsDecoded = () => false,
): WorkOfRun {
  const { spec } = network;
  const costs = costOf(spec);
  const frozen = costs.nodes.filter(({ group }) => group < freezeTo).reduce((sum, row) => sum + row.multiplyAdds, 0);
  const learning = costs.multiplyAdds - frozen;
  const onlyHeads = config.tune.regime === 'head';
  const trainings = onlyHeads ? null : plannedTrainings(config, spec, pictures);
  const plan = trainings?.final ?? null;
  const heads = headWork(config, network, pictures);
  const tuning = trainings ? tuningWork({ config, spec, pictures, freezeTo, trainings, frozen, learning }) : [];
  const snapshots = plan ? plan.snapshots.length : config.data.folds;
  const test: Work = { kind: 'forward', subject: subjectOf(spec), amount: pictures.test * costs.multiplyAdds };
  const missing = squaresOf(network).filter((preprocessing) => !isDecoded(preprocessing));
  const decode: Work = { kind: 'decode', subject: '', amount: missing.length * pictures.megapixels };
  return {
    work: [decode, ...heads, ...tuning, test].filter(({ amount }) => amount > 0),
    memoryBytes: memoryOf(config, spec, freezeTo, plan),
    diskBytes: decodedBytes(missing, pictures) + diskOf({ config, network, pictures, freezeTo, snapshots }),
    plan,
    steps: trainings ? trainings.final.totalSteps + sum(trainings.onFolds, ({ totalSteps }) => totalSteps) : 0,
    judged: trainings ? judgedPictures(trainings, pictures) : 0,
    snapshots,
  };
}

/** The training that counts, and the one on all folds but one that is tried before it for each of them. */
interface PlannedTrainings {
  readonly final: TrainingPlan;
  readonly onFolds: readonly TrainingPlan[];
}

function plannedTrainings(config: TrainConfig, spec: NetSpec, { pool, byFolds }: PlanPictures): PlannedTrainings {
  const { folds } = config.data;
  const layers = layersToTrain(spec, config.tune);
  const planOf = (count: number): TrainingPlan => planTraining(config, { ...layers, pictures: Math.max(1, count) });
  // The i-th of k folds holds the pictures from i/k to (i + 1)/k of the pool out.
  const heldOut = (fold: number): number => Math.floor(((fold + 1) * pool) / folds) - Math.floor((fold * pool) / folds);
  const onFolds = Array.from({ length: byFolds ? folds : 0 }, (_, fold) => planOf(pool - heldOut(fold)));
  return { final: planOf(pool), onFolds };
}

/** Held-out and sampled training pictures after each epoch; on folds each fold's at its snapshots, then all after each epoch. */
function judgedPictures({ final, onFolds }: PlannedTrainings, { pool, validation }: PlanPictures): number {
  if (onFolds.length > 0) return pool * (final.epochs + onFolds[0]!.snapshots.length);
  return final.validations * validation + final.epochs * Math.min(trainSample, pool);
}

function sum<T>(items: readonly T[], value: (item: T) => number): number {
  return items.reduce((total, item) => total + value(item), 0);
}

/** Every kind of square that pictures are decoded to: of heads, of the backbones compared with them, and of fine-tuning. */
function squaresOf({ spec, headPreprocessing, compared }: PlannedNetwork): Preprocessing[] {
  const comparedPreprocessings = compared.length > 1 ? compared.map(({ preprocessing }) => preprocessing) : [];
  const squares = [headPreprocessing, spec.preprocessing, ...comparedPreprocessings];
  const sides = squares.map((preprocessing) => decodeTarget(preprocessing).side);
  return squares.filter((_, i) => sides.indexOf(sides[i]!) === i);
}

/** Features of every backbone that is compared, and the heads on them over folds and strengths of L2. */
function headWork(
  config: TrainConfig,
  { spec: planned, compared, headPreprocessing }: PlannedNetwork,
  { headPool, headJudged }: PlanPictures,
): Work[] {
  return compared.flatMap((listing): Work[] => {
    const size = compared.length > 1 ? (config.model.inputSize ?? listing.inputSize) : headPreprocessing.inputSize;
    const spec = knownSpec(listing, planned.classes, size);
    const fits = config.data.folds * config.tune.l2Grid.length;
    return [
      { kind: 'forward', subject: subjectOf(spec), amount: (headPool + headJudged) * costOf(spec).multiplyAdds },
      { kind: 'heads', subject: '', amount: headPool * spec.featureSize * spec.classes * fits },
    ];
  });
}

interface Tuning {
  readonly config: TrainConfig;
  readonly spec: NetSpec;
  readonly pictures: PlanPictures;
  readonly freezeTo: number;
  readonly trainings: PlannedTrainings;
  /** Multiply-adds of one picture through the frozen layers, and through the others. */
  readonly frozen: number;
  readonly learning: number;
}

function tuningWork({ config, spec, pictures, freezeTo, trainings, frozen, learning }: Tuning): Work[] {
  const cached = freezeTo > 0 && config.augment.mode !== 'online';
  const views = config.augment.mode === 'cachedViews' ? config.augment.views : 1;
  const { batchSize } = trainings.final;
  const shown = sum([trainings.final, ...trainings.onFolds], ({ picturesShown }) => picturesShown);
  const presented = shown + (config.schedule.findRate ? rangeTestSteps * batchSize : 0);
  const perJudged = cached ? learning : frozen + learning;
  const costs = costsOf(config);
  const judged =
    judgedPictures(trainings, pictures) + costs.evaluations * (pictures.byFolds ? pictures.pool : pictures.validation);
  const subject = subjectOf(spec);
  return [
    { kind: 'forward', subject, amount: cached ? views * (pictures.pool + pictures.validation) * frozen : 0 },
    { kind: 'forward', subject, amount: judged * perJudged },
    { kind: 'training', subject, amount: costs.step * presented * stepMultiplyAdds(cached ? 0 : frozen, learning) },
  ];
}

/** Multiply-adds of one picture in a training step, in units of a frozen network's. */
export function stepMultiplyAdds(frozen: number, learning: number): number {
  return frozen + trainingFactor * learning;
}

function memoryOf(config: TrainConfig, spec: NetSpec, freezeTo: number, plan: TrainingPlan | null): number {
  const { nodes, inferenceActivationBytes } = costOf(spec);
  const parameterBytes = bytesPerNumber * nodes.reduce((sum, row) => sum + row.parameters, 0);
  const extraction = extractionBatch * inferenceActivationBytes * activationFactor;
  if (!plan) return processBytes + parameterBytes + extraction;
  const behind = nodes.filter(({ group }) => group >= freezeTo);
  const kept = bytesPerNumber * behind.reduce((sum, { shape }) => sum + sizeOf(shape), 0);
  const moved = bytesPerNumber * behind.reduce((sum, row) => sum + row.parameters, 0);
  const step = plan.batchSize * kept * activationFactor + moved * (2 + costsOf(config).slots);
  const evaluation = freezeTo > 0 ? 0 : evaluationBatch * inferenceActivationBytes;
  return processBytes + parameterBytes + Math.max(step + evaluation, extraction);
}

const costsOf = (config: TrainConfig) => settingsCost(leavesOf(config));

/** Bytes of the pictures that are still to be decoded, at every square. */
function decodedBytes(missing: readonly Preprocessing[], { all }: PlanPictures): number {
  return sum(missing, (preprocessing) => estimateCacheBytes(all, preprocessing));
}

interface Stored {
  readonly config: TrainConfig;
  readonly network: PlannedNetwork;
  readonly pictures: PlanPictures;
  readonly freezeTo: number;
  readonly snapshots: number;
}

/** Bytes of features, trunk, snapshots and checkpoint. */
function diskOf({ config, network, pictures, freezeTo, snapshots }: Stored): number {
  const { spec, compared } = network;
  const onlyHeads = config.tune.regime === 'head';
  const features = compared.length * pictures.headPool * spec.featureSize * bytesPerNumber;
  const { nodes } = costOf(spec);
  const bytesOf = (rows: typeof nodes): number => bytesPerNumber * rows.reduce((sum, row) => sum + row.parameters, 0);
  const behind = bytesOf(nodes.filter(({ group }) => group >= (onlyHeads ? spec.groups.length - 1 : freezeTo)));
  const trunk = bytesOf(nodes) - behind;
  if (onlyHeads) return features + trunk + snapshots * behind;
  const cached = freezeTo > 0 && config.augment.mode !== 'online';
  const views = config.augment.mode === 'cachedViews' ? config.augment.views : 1;
  const shape = nodes.find(({ node }) => node === boundaryNode(spec, freezeTo))!.shape;
  const rows = pictures.pool + pictures.validation + pictures.test / views;
  const boundary = cached ? views * rows * bytesPerNumber * sizeOf(shape) : 0;
  return features + boundary + trunk + (snapshots + 1 + costsOf(config).slots) * behind;
}
