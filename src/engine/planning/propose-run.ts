import type { ErrorData } from '../../base/errors.ts';
import { presetNames, type PresetName } from '../../settings/preset-names.ts';
import type { TrainPlan, TrainProposal } from '../../protocol/train-plan.ts';
import { planRun, type PlanSources } from './plan-run.ts';

/** A first run should end while one waits for it; above this the quick one is proposed. */
const patienceSeconds = 3 * 3600;
/** Above so many training pictures all layers can learn without losing what they brought. */
const manyPictures = 20_000;

const does: Readonly<Record<PresetName, string>> = {
  quick: 'plan.doesQuick',
  balanced: 'plan.doesBalanced',
  thorough: 'plan.doesThorough',
  scratch: 'plan.doesScratch',
};
const suits: Readonly<Record<PresetName, string>> = {
  quick: 'plan.forQuick',
  balanced: 'plan.forBalanced',
  thorough: 'plan.forThorough',
  scratch: 'plan.forScratch',
};

/**
 * Which preset fits the pictures and this machine, and why. Few pictures: the backbone stays frozen, since a single validation part
 * could not even tell whether more helped. A middle number: the upper layers learn too. Very many: all layers, if there is time.
 */
export function proposeRun(sources: PlanSources, backbone: string | undefined): TrainProposal {
  const plans = new Map(presetNames.map((preset) => [preset, planFor(sources, preset, backbone)] as const));
  const pretrained = sources.zoo.some(({ installed }) => installed);
  const { preset, why } = choose(plans, pretrained);
  const chosen = plans.get(preset)!;
  const title = sources.zoo.find(({ name }) => name === chosen.backbone)?.title ?? chosen.backbone;
  return {
    preset,
    backbone: chosen.backbone,
    reasons: [why, { code: does[preset], params: { ...figures(chosen), backbone: title } }],
    presets: presetNames.map((name) => {
      const { snapshots, estimate } = plans.get(name)!;
      return { preset: name, snapshots, estimate, reason: { code: suits[name], params: {} } };
    }),
  };
}

function planFor(sources: PlanSources, preset: PresetName, backbone: string | undefined): TrainPlan {
  const keepsPreset = preset === 'scratch' || backbone === undefined;
  return planRun(sources, preset, keepsPreset ? {} : { model: { backbone } });
}

function figures({ trainPictures, snapshots, layerGroups, freezeTo, estimate }: TrainPlan): ErrorData['params'] {
  const { seconds } = estimate;
  return { pictures: trainPictures, snapshots, groups: layerGroups.length, frozen: freezeTo, seconds };
}

function choose(
  plans: ReadonlyMap<PresetName, TrainPlan>,
  pretrained: boolean,
): { preset: PresetName; why: ErrorData } {
  const balanced = plans.get('balanced')!;
  const pictures = balanced.trainPictures;
  const below = balanced.config?.data.foldChoiceBelow ?? 0;
  const why = (code: string): ErrorData => ({ code, params: { pictures, below } });
  if (!pretrained) return { preset: 'scratch', why: why('plan.becauseNothingInstalled') };
  if (pictures < below) return { preset: 'quick', why: why('plan.becauseFew') };
  const fits = (preset: PresetName): boolean => (plans.get(preset)!.estimate.seconds ?? 0) <= patienceSeconds;
  if (pictures > manyPictures && fits('thorough')) return { preset: 'thorough', why: why('plan.becauseMany') };
  if (fits('balanced')) return { preset: 'balanced', why: why('plan.becauseEnough') };
  const { seconds } = balanced.estimate;
  return { preset: 'quick', why: { code: 'plan.becauseSlow', params: { pictures, seconds } } };
}
