import * as v from 'valibot';
import { AnnealError } from '../base/errors.ts';
import { accuracyOf } from '../metrics/accuracy-of.ts';
import { pairedLogLoss } from '../metrics/paired-log-loss.ts';
import { headInputSize } from '../models/input-size.ts';
import { accuracySchema, type Accuracy } from '../protocol/accuracy.ts';
import type { DatasetIndex } from '../protocol/dataset.ts';
import type { BackboneFile } from '../protocol/train-job.ts';
import { float32Tensor, type HostTensor } from '../weights/host-tensor.ts';
import { storedKind } from '../stored/kind.ts';
import { extractFeatures } from './extract-features.ts';
import { rowsForSolver } from './feature-cache.ts';
import { foldChoice, type FoldChoice } from './head/fold-choice.ts';
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

/** The backbone and L2 that did best, and the heads of the folds. */
export interface HeadChoice {
  readonly backbone: BackboneFile;
  readonly l2: number;
  /** On the pictures that chose: out of fold, or of the folder's own validation part, which the mean of the heads judged. */
  readonly accuracy: Accuracy;
  /** float32 [headPool, classes]: each picture judged by the fold head that did not see it. */
  readonly outOfFold: Float32Array;
  /** float32 [validation, classes]: mean of the heads; null where folds chose. */
  readonly onValidation: Float32Array | null;
  /** Fold of every picture of `headPool`. */
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

/**
 * Compares all backbones of the job on cached features, over a grid of L2: on the folder's own validation part where it has one, else
 * out of grouped stratified folds. The first one stays unless another's log loss is lower beyond the noise of the pictures.
 */
export async function chooseHead(context: RunContext, prepared: PreparedRun): Promise<HeadChoice> {
  const { backbones } = context.job;
  if (backbones.length === 0) throw new AnnealError('train.noBackbone', {});
  const foldOf = await runFolds(context, prepared, backbones[0]!);
  let best: HeadChoice | null = null;
  const compared: { backbone: string; candidate: Candidate }[] = [];
  for (const backbone of backbones) {
    const choice = await candidateHeads(context, prepared, backbone, foldOf);
    compared.push({ backbone: backbone.name, candidate: choice });
    if (best === null || isBetter(context, choice, best, prepared)) best = choice;
  }
  for (const { backbone, candidate } of compared) {
    const { l2, accuracy } = candidate;
    const chosen = backbone === best!.backbone.name;
    context.host.emit({ type: 'backboneCompared', backbone, l2, accuracy, chosen, step: context.step });
  }
  tellIfFoldsDisagree(context, best!, prepared);
  return best!;
}

/** Runs from before folds alone chose kept their heads under another name. */
const stagesOf = (heldOutChoice: boolean): string => (heldOutChoice ? 'heads' : 'head');

function isBetter(
  context: RunContext,
  candidate: HeadChoice,
  best: HeadChoice,
  { headPool, validation, labelOf }: PreparedRun,
): boolean {
  if (!context.job.config.data.heldOutChoice) return candidate.accuracy.accuracy > best.accuracy.accuracy;
  const judged = ({ onValidation, outOfFold }: HeadChoice) => onValidation ?? outOfFold;
  const labels = (best.onValidation ? validation : headPool).map(labelOf);
  const { gain, standardError } = pairedLogLoss(judged(candidate), judged(best), labels);
  return gain > standardError;
}

/** Folds that flatter beyond chance share something that the validation part does not: the same scene, day, or camera. */
function tellIfFoldsDisagree(context: RunContext, { outOfFold, accuracy }: HeadChoice, prepared: PreparedRun): void {
  if (accuracy.split !== 'validation') return;
  const { headPool, labelOf, classes } = prepared;
  const folds = accuracyOf(outOfFold, headPool.map(labelOf), classes, 'outOfFold');
  if (folds.low <= accuracy.high && folds.high >= accuracy.low) return;
  const params = { folds: folds.accuracy, n: folds.n, validation: accuracy.accuracy, m: accuracy.n };
  context.diagnose({ code: 'train.foldsDisagree', params });
}

async function candidateHeads(
  context: RunContext,
  prepared: PreparedRun,
  backbone: BackboneFile,
  foldOf: Int32Array,
): Promise<HeadChoice> {
  const { config } = context.job;
  const { headPool: pool, classes, labelOf, validation, ownValidation } = prepared;
  const { heldOutChoice } = config.data;
  const labels = Int32Array.from(pool, labelOf);
  const { value, tensors } = await stage(
    context.job.runFolder,
    `${stagesOf(heldOutChoice)}-${backbone.name}`,
    candidateKind,
    async () => {
      const network = await pretrainedNetwork(backbone, classes, config, headInputSize(config, backbone));
      const featuresOf = (pictures: readonly DatasetIndex[]) =>
        context.timed('features', () =>
          extractFeatures(context, { network, to: network.spec.feature, pictures, view: null }),
        );
      const features = await featuresOf(pool);
      const ofValidation = ownValidation && heldOutChoice ? await featuresOf(validation) : null;
      disposeNetwork(network);
      const rows = await rowsForSolver(features, Int32Array.from(pool.keys()));
      const choiceOn = ofValidation && {
        features: await rowsForSolver(ofValidation, Int32Array.from(validation.keys())),
        labels: Int32Array.from(validation, labelOf),
      };
      const choice = await context.timed('folds', () =>
        foldChoice({
          features: rows,
          labels,
          classes,
          foldOf,
          l2Grid: config.tune.l2Grid,
          ...(choiceOn && { choiceOn }),
          onProgress: context.progress('folds'),
          between: () => context.breathe(),
        }),
      );
      await features.close();
      await ofValidation?.close();
      const { millisecondsPerRow: millisecondsPerPicture } = features;
      const accuracy =
        choiceOn && choice.onChoicePictures
          ? accuracyOf(choice.onChoicePictures, choiceOn.labels, classes, 'validation')
          : accuracyOf(choice.outOfFold, labels, classes, 'outOfFold');
      return { value: { l2: choice.l2, accuracy, millisecondsPerPicture }, tensors: headTensors(choice, classes) };
    },
  );
  const heads = Array.from({ length: config.data.folds }, (_, k) => ({
    weight: tensors[`${k}.weight`]!.data as Float32Array,
    bias: tensors[`${k}.bias`]!.data as Float32Array,
  }));
  const probabilities = (name: string) => (tensors[name]?.data ?? null) as Float32Array | null;
  const onValidation = probabilities('onValidation');
  return { backbone, ...value, outOfFold: probabilities('outOfFold')!, onValidation, foldOf, heads };
}

function headTensors(
  { outOfFold, onChoicePictures, heads }: Pick<FoldChoice, 'outOfFold' | 'onChoicePictures' | 'heads'>,
  classes: number,
): Record<string, HostTensor> {
  const rows = (probabilities: Float32Array): HostTensor =>
    float32Tensor([probabilities.length / classes, classes], Float32Array.from(probabilities));
  const tensors: Record<string, HostTensor> = { outOfFold: rows(outOfFold) };
  if (onChoicePictures) tensors['onValidation'] = rows(onChoicePictures);
  heads.forEach(({ weight, bias }, k) => {
    tensors[`${k}.weight`] = float32Tensor([classes, weight.length / classes], Float32Array.from(weight));
    tensors[`${k}.bias`] = float32Tensor([classes], Float32Array.from(bias));
  });
  return tensors;
}
