import { accuracyOf } from '../metrics/accuracy-of.ts';
import { averageProbabilities } from '../metrics/average-probabilities.ts';
import { reportEnsemble } from '../metrics/ensemble-report.ts';
import { headInputSize } from '../models/input-size.ts';
import { poolRows } from '../data/indices.ts';
import type { DatasetIndex } from '../protocol/dataset.ts';
import { tf, type Tensor } from '../tensor/tf.ts';
import type { HeadChoice } from '../train/choose-head.ts';
import { createEvaluator } from '../train/evaluator.ts';
import { extractFeatures } from '../train/extract-features.ts';
import { FeatureSource } from '../train/feature-source.ts';
import { hostParameters } from '../train/host-parameters.ts';
import { headTensors, parametersBehind, pretrainedNetwork, withParameters, type Network } from '../train/network.ts';
import type { PreparedRun } from '../train/prepare-run.ts';
import type { RunContext } from '../train/run-context.ts';
import { writeHeldOut } from '../weights/prediction-files.ts';
import { RunMembers } from './run-members.ts';
import { saveMember } from './save-member.ts';
import type { Trained, TrainedMember } from './trained.ts';

/**
 * The frozen backbone with one head a fold: every picture trains all heads but its own fold's, and the heads are averaged.
 * The accuracy told is out of fold, or on the folder's own validation part where it has one.
 */
export async function trainHeads(context: RunContext, prepared: PreparedRun, choice: HeadChoice): Promise<Trained> {
  const { config } = context.job;
  const { backbone } = choice;
  const network = await pretrainedNetwork(backbone, prepared.classes, config, headInputSize(config, backbone));
  const { spec } = network;
  const heads = choice.heads.map((head) => headTensors(network, head));
  const heldOut = await judgeHeads(context, prepared, choice, { network, heads });
  const behind = parametersBehind(spec, spec.feature);
  const members: TrainedMember[] = [];
  const stored = await storeHeldOut(context, prepared, heldOut);
  for (const [fold, head] of heads.entries()) {
    const tensors = hostParameters(spec, { ...network.params, ...head }, behind);
    const judged = heldOut.judged?.[fold] ?? null;
    const accuracy = judged
      ? accuracyOf(judged, heldOut.labels, prepared.classes, heldOut.split)
      : accuracyOfFold(fold, prepared, choice);
    const member = await saveMember(context, { kind: 'fold', index: fold, tensors, accuracy, milliseconds: null });
    await stored.put(member, judged, prepared.classes);
    members.push({ ...member, weight: 1 });
  }
  if (heldOut.judged) {
    const { labels, split } = heldOut;
    const weighted = stored.judged().map((member) => ({ ...member, weight: 1 }));
    const report = reportEnsemble(weighted, {
      labels,
      classes: prepared.classes,
      split,
      trunkMilliseconds: heldOut.trunkMilliseconds ?? 0,
    });
    context.host.emit({ type: 'ensembleEvaluated', report });
  }
  const below = spec.params.map(({ name }) => name).filter((name) => name in network.params && !behind.has(name));
  return {
    backbone: backbone.name,
    spec,
    trunk: { to: spec.feature, tensors: hostParameters(spec, network.params, below) },
    members,
    ensemble: accuracyOf(heldOut.probabilities, heldOut.labels, prepared.classes, heldOut.split),
    heldOut,
    parts: {
      train: prepared.headPool.length,
      validation: heldOut.split === 'validation' ? heldOut.pictures.length : 0,
    },
    predict: async (pictures) => (await predictHeads(context, { network, heads }, pictures)).probabilities,
    dispose() {
      tf.dispose([network.params, heads]);
      return Promise.resolve();
    },
  };
}

interface Heads {
  readonly network: Network;
  /** One a fold. */
  readonly heads: readonly Record<string, Tensor>[];
}

/** The heads' predictions on the held-out pictures. */
interface HeadPredictions {
  readonly split: 'validation' | 'outOfFold';
  readonly pictures: readonly DatasetIndex[];
  readonly labels: Int32Array;
  /** Of every head; null where each judged its own fold alone. */
  readonly judged: readonly Float32Array[] | null;
  /** Mean of all heads, or of each picture what the one head predicted that did not see it. */
  readonly probabilities: Float32Array;
  readonly trunkMilliseconds: number | null;
  /** By row, the head that did not train on it; null where all judged all. */
  readonly headOfRow: Int32Array | null;
}

async function judgeHeads(
  context: RunContext,
  { validation, ownValidation, headPool, labelOf }: PreparedRun,
  choice: HeadChoice,
  heads: Heads,
): Promise<HeadPredictions> {
  if (!ownValidation) {
    return {
      split: 'outOfFold',
      pictures: headPool,
      labels: Int32Array.from(headPool, labelOf),
      judged: null,
      probabilities: choice.outOfFold,
      trunkMilliseconds: choice.millisecondsPerPicture,
      headOfRow: choice.foldOf,
    };
  }
  const { probabilities: judged, millisecondsPerPicture } = await predictHeads(context, heads, validation);
  return {
    split: 'validation',
    pictures: validation,
    labels: Int32Array.from(validation, labelOf),
    judged,
    probabilities: averageProbabilities(judged),
    trunkMilliseconds: millisecondsPerPicture ?? choice.millisecondsPerPicture,
    headOfRow: null,
  };
}

async function storeHeldOut(
  context: RunContext,
  { classes }: PreparedRun,
  { split, pictures, labels, trunkMilliseconds, headOfRow, probabilities }: HeadPredictions,
): Promise<RunMembers> {
  const { runFolder } = context.job;
  const byFolds = headOfRow && { judge: headOfRow, probabilities };
  const file = { split, pictures: Int32Array.from(pictures), labels, trunkMilliseconds, byFolds };
  await writeHeldOut(runFolder, file, classes);
  const members = await RunMembers.open(runFolder);
  // Where fine-tuning was tried before, its snapshots are no members after all.
  await members.keep(({ kind }) => kind === 'fold');
  return members;
}

/** Of the head that left the fold out, on the fold. */
function accuracyOfFold(fold: number, prepared: PreparedRun, { foldOf, outOfFold }: HeadChoice) {
  const { headPool: pool, classes, labelOf } = prepared;
  const rows = poolRows(pool).filter((row) => foldOf[row] === fold);
  const unseen = rows.flatMap((row) => [...outOfFold.subarray(row * classes, (row + 1) * classes)]);
  const labels = rows.map((row) => labelOf(pool[row]!));
  return accuracyOf(Float32Array.from(unseen), labels, classes, 'outOfFold');
}

/** Probabilities of every head: float32 [pictures, classes] each. */
async function predictHeads(
  context: RunContext,
  { network, heads }: Heads,
  pictures: readonly DatasetIndex[],
): Promise<{ probabilities: Float32Array[]; millisecondsPerPicture: number | null }> {
  const { spec } = network;
  const request = { network, to: spec.feature, pictures, view: null };
  const features = await context.timed('features', () => extractFeatures(context, request));
  const evaluator = await createEvaluator({
    spec,
    source: new FeatureSource(spec.feature, [features], pictures),
    params: withParameters(network, heads[0]!).params,
    changing: Object.keys(heads[0]!),
    batchSize: Math.min(256, pictures.length),
    examplePicture: pictures[0]!,
  });
  const probabilities = [];
  for (const head of heads) probabilities.push(await evaluator.probabilities(head, pictures));
  evaluator.dispose();
  await features.close();
  return { probabilities, millisecondsPerPicture: features.millisecondsPerRow };
}
