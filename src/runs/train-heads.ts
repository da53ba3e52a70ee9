import { storeWeights } from '../ensemble/model-folder.ts';
import { accuracyOf } from '../metrics/accuracy-of.ts';
import { averageProbabilities } from '../metrics/average-probabilities.ts';
import { headInputSize } from '../models/input-size.ts';
import { tf, type Tensor } from '../tensor/tf.ts';
import type { HeadChoice } from '../train/choose-head.ts';
import { createEvaluator } from '../train/evaluator.ts';
import { extractFeatures } from '../train/extract-features.ts';
import type { FeatureCache } from '../train/feature-cache.ts';
import { FeatureSource } from '../train/feature-source.ts';
import { hostParameters } from '../train/host-parameters.ts';
import { headTensors, parametersBehind, pretrainedNetwork, withParameters, type Network } from '../train/network.ts';
import type { PreparedRun } from '../train/prepare-run.ts';
import { reportEnsemble } from '../ensemble/report-ensemble.ts';
import type { RunContext } from '../train/run-context.ts';
import { writeHeldOut } from '../weights/prediction-files.ts';
import { MemberLog } from './member-log.ts';
import type { Trained } from './trained.ts';

/**
 * The frozen backbone with one head a fold: every picture trains all heads but its own fold's, and the heads are averaged.
 * The accuracy told is out of fold, or on the folder's own validation part where it has one.
 */
export async function trainHeads(context: RunContext, prepared: PreparedRun, choice: HeadChoice): Promise<Trained> {
  const { config, runFolder } = context.job;
  const { classes, labelOf } = prepared;
  const { backbone } = choice;
  const network = await pretrainedNetwork(backbone, classes, config, headInputSize(config, backbone));
  const { spec } = network;
  const heads = choice.heads.map((head) => headTensors(network, head));
  const judge = (pictures: readonly number[]) => judgeHeads(context, network, heads, pictures);

  const given = prepared.validation.length > 0;
  const pictures = given ? prepared.validation : prepared.pool;
  const labels = pictures.map(labelOf);
  const judged = given ? await judge(pictures) : null;
  const own = judged?.probabilities ?? null;
  const probabilities = own ? averageProbabilities(own) : choice.outOfFold;
  const split = given ? 'validation' : 'outOfFold';
  const ensemble = accuracyOf(probabilities, labels, classes, split);

  const byFolds = own ? null : { judge: choice.foldOf, probabilities };
  const heldOut = { pictures: Int32Array.from(pictures), labels: Int32Array.from(labels) };
  const trunkMilliseconds = judged?.features.millisecondsPerRow ?? choice.millisecondsPerPicture ?? null;
  await writeHeldOut(runFolder, { split, ...heldOut, trunkMilliseconds, byFolds }, classes);
  const log = await MemberLog.open(runFolder);
  const members = [];
  for (const [fold, head] of heads.entries()) {
    const rows = prepared.pool.map((_, row) => row).filter((row) => choice.foldOf[row] === fold);
    const unseen = rows.flatMap((row) => [...choice.outOfFold.subarray(row * classes, (row + 1) * classes)]);
    const accuracy = own
      ? accuracyOf(own[fold]!, labels, classes, split)
      : accuracyOf(
          Float32Array.from(unseen),
          rows.map((row) => labelOf(prepared.pool[row]!)),
          classes,
          split,
        );
    const tensors = hostParameters(spec, { ...network.params, ...head }, parametersBehind(spec, spec.feature));
    const file = await storeWeights(runFolder, 'members', tensors);
    const member = { name: `fold-${fold + 1}`, weight: 1, accuracy, ...file };
    members.push(member);
    if (own) await log.put({ cycle: fold, member, probabilities: own[fold]!, milliseconds: null }, classes);
    const { name, sha256, bytes } = member;
    context.host.emit({
      type: 'snapshotSaved',
      snapshot: { name, cycle: fold, step: context.step, sha256, bytes, accuracy },
    });
  }
  if (own) {
    const report = reportEnsemble(
      log.judged(),
      members.map(() => 1),
      labels,
      classes,
      split,
      0,
    );
    context.host.emit({ type: 'ensembleEvaluated', report });
  }
  const behind = parametersBehind(spec, spec.feature);
  const below = spec.params.filter(({ name }) => name in network.params && !behind.has(name));
  return {
    backbone: backbone.name,
    spec,
    trunk: {
      to: spec.feature,
      tensors: hostParameters(
        spec,
        network.params,
        below.map(({ name }) => name),
      ),
    },
    members,
    ensemble,
    heldOut: { pictures, probabilities },
    judge: async (others) => (await judge(others)).probabilities,
    dispose() {
      tf.dispose([network.params, heads]);
      return Promise.resolve();
    },
  };
}

async function judgeHeads(
  context: RunContext,
  network: Network,
  heads: readonly Record<string, Tensor>[],
  pictures: readonly number[],
): Promise<{ probabilities: Float32Array[]; features: FeatureCache }> {
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
  return { probabilities, features };
}
