import { decodeTarget } from '../../data/decode-picture.ts';
import { estimateCacheBytes } from '../../data/decode-target.ts';
import type { NetSpec } from '../../models/net-spec.ts';
import { baseArchitecture } from '../../models/rewrites.ts';
import { boundaryNode } from '../../models/spec-queries.ts';
import type { Preprocessing } from '../../protocol/preprocessing.ts';
import type { TrainConfig } from '../../protocol/train-config.ts';
import { slotKinds } from '../../settings/slot-kinds.ts';
import { planFineTune, type FineTunePlan } from '../../schedules/fine-tune-plan.ts';
import { costOf, knownSpec } from './known-specs.ts';
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
  readonly plan: FineTunePlan | null;
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

/** What a run would do, counted without doing it. @throws what planFineTune throws */
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
  const plan = onlyHeads ? null : planFineTune(config, Math.max(1, pictures.pool));
  const heads = headWork(config, network, pictures);
  const tuning = plan ? tuningWork(config, spec, freezeTo, plan, pictures, { frozen, learning }) : [];
  const snapshots = plan ? plan.schedule.cycleEnds.length : config.data.folds;
  const test: Work = { kind: 'forward', subject: subjectOf(spec), amount: pictures.test * costs.multiplyAdds };
  const missing = squaresOf(network).filter((preprocessing) => !isDecoded(preprocessing));
  const decode: Work = { kind: 'decode', subject: '', amount: missing.length * pictures.megapixels };
  return {
    work: [decode, ...heads, ...tuning, test].filter(({ amount }) => amount > 0),
    memoryBytes: memoryOf(config, spec, freezeTo, plan),
    diskBytes: diskOf(config, network, freezeTo, pictures, snapshots, onlyHeads, missing),
    plan,
    snapshots,
  };
}

/** Every kind of square that pictures are decoded to: of heads, of the backbones compared with them, and of fine-tuning. */
function squaresOf({ spec, headPreprocessing, compared }: PlannedNetwork): Preprocessing[] {
  const others = compared.length > 1 ? compared.map(({ preprocessing }) => preprocessing) : [];
  const squares = [headPreprocessing, spec.preprocessing, ...others];
  const sides = squares.map((preprocessing) => decodeTarget(preprocessing).side);
  return squares.filter((_, i) => sides.indexOf(sides[i]!) === i);
}

/** Features of every backbone that is compared, and the heads on them over folds and strengths of L2. */
function headWork(
  config: TrainConfig,
  { spec: planned, compared, headPreprocessing }: PlannedNetwork,
  pictures: PlanPictures,
): Work[] {
  return compared.flatMap((listing): Work[] => {
    const size = compared.length > 1 ? (config.model.inputSize ?? listing.inputSize) : headPreprocessing.inputSize;
    const spec = knownSpec(listing, planned.classes, size);
    const fits = config.data.folds * config.tune.l2Grid.length;
    return [
      { kind: 'forward', subject: subjectOf(spec), amount: pictures.pool * costOf(spec).multiplyAdds },
      { kind: 'heads', subject: '', amount: pictures.pool * spec.featureSize * spec.classes * fits },
    ];
  });
}

function tuningWork(
  config: TrainConfig,
  spec: NetSpec,
  freezeTo: number,
  { schedule, stepsPerEpoch, batchSize }: FineTunePlan,
  pictures: PlanPictures,
  { frozen, learning }: { readonly frozen: number; readonly learning: number },
): Work[] {
  const cached = freezeTo > 0 && config.augment.mode !== 'online';
  const views = config.augment.mode === 'cachedViews' ? config.augment.views : 1;
  // On folds each of k trainings sees (k − 1)/k of the pool; then one more sees all of it.
  const trainings = pictures.byFolds ? config.data.folds : 1;
  const presented = schedule.totalSteps * Math.min(batchSize, pictures.pool / stepsPerEpoch) * trainings;
  const judgedAnEpoch = pictures.byFolds ? pictures.pool : pictures.validation + Math.min(trainSample, pictures.pool);
  const evaluations = schedule.totalEpochs + (pictures.byFolds ? schedule.cycleEnds.length : 0);
  const perEvaluation = judgedAnEpoch * (cached ? learning : frozen + learning);
  const subject = subjectOf(spec);
  return [
    { kind: 'forward', subject, amount: cached ? views * (pictures.pool + pictures.validation) * frozen : 0 },
    { kind: 'forward', subject, amount: evaluations * perEvaluation },
    { kind: 'training', subject, amount: presented * stepMultiplyAdds(cached ? 0 : frozen, learning) },
  ];
}

/** Multiply-adds of one picture in a training step, in units of a frozen network's. */
export function stepMultiplyAdds(frozen: number, learning: number): number {
  return frozen + trainingFactor * learning;
}

function memoryOf(config: TrainConfig, spec: NetSpec, freezeTo: number, plan: FineTunePlan | null): number {
  const { nodes, inferenceActivationBytes } = costOf(spec);
  const parameterBytes = bytesPerNumber * nodes.reduce((sum, row) => sum + row.parameters, 0);
  const extraction = extractionBatch * inferenceActivationBytes * activationFactor;
  if (!plan) return processBytes + parameterBytes + extraction;
  const behind = nodes.filter(({ group }) => group >= freezeTo);
  const size = (shape: readonly number[]): number => shape.reduce((product, n) => product * n, 1);
  const kept = bytesPerNumber * behind.reduce((sum, { shape }) => sum + size(shape), 0);
  const moved = bytesPerNumber * behind.reduce((sum, row) => sum + row.parameters, 0);
  const step = plan.batchSize * kept * activationFactor + moved * (2 + slotsOf(config));
  const evaluation = freezeTo > 0 ? 0 : evaluationBatch * inferenceActivationBytes;
  return processBytes + parameterBytes + Math.max(step + evaluation, extraction);
}

const slotsOf = ({ optimizer }: TrainConfig): number => Object.keys(slotKinds[optimizer.name]).length;

function diskOf(
  config: TrainConfig,
  { spec, compared }: PlannedNetwork,
  freezeTo: number,
  pictures: PlanPictures,
  snapshots: number,
  onlyHeads: boolean,
  missing: readonly Preprocessing[],
): number {
  const decoded = missing.reduce((sum, preprocessing) => sum + estimateCacheBytes(pictures.all, preprocessing), 0);
  const features = compared.length * pictures.pool * spec.featureSize * bytesPerNumber;
  const { nodes } = costOf(spec);
  const bytesOf = (rows: typeof nodes): number => bytesPerNumber * rows.reduce((sum, row) => sum + row.parameters, 0);
  const behind = bytesOf(nodes.filter(({ group }) => group >= (onlyHeads ? spec.groups.length - 1 : freezeTo)));
  const trunk = bytesOf(nodes) - behind;
  if (onlyHeads) return decoded + features + trunk + snapshots * behind;
  const cached = freezeTo > 0 && config.augment.mode !== 'online';
  const views = config.augment.mode === 'cachedViews' ? config.augment.views : 1;
  const shape = nodes.find(({ node }) => node === boundaryNode(spec, freezeTo))!.shape;
  const rows = pictures.pool + pictures.validation + pictures.test / views;
  const boundary = cached ? views * rows * shape.reduce((product, n) => product * n, bytesPerNumber) : 0;
  return decoded + features + boundary + trunk + (snapshots + 1 + slotsOf(config)) * behind;
}
