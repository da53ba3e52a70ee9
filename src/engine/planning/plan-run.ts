import { AnnealError } from '../../base/errors.ts';
import { toFailure } from '../../base/failure.ts';
import type { Dataset } from '../../protocol/dataset.ts';
import type { PresetName } from '../../settings/preset-names.ts';
import type { TrainConfig } from '../../settings/train-config.ts';
import type { TrainPlan } from '../../protocol/train-plan.ts';
import { warningsOf } from '../../settings/check.ts';
import type { FieldProblem } from '../../settings/declaration.ts';
import { inEffect } from '../../settings/effect.ts';
import { checkConfig } from '../../settings/resolve-config.ts';
import { leavesOf, presetValues } from '../../settings/values.ts';
import type { ZooListing } from '../../zoo/index.ts';
import { estimateCost, type FreeSpace } from './estimate-cost.ts';
import { planLayerGroups, planNetwork, type PlannedNetwork } from './plan-network.ts';
import { planPictures, type PlanPictures } from './plan-pictures.ts';
import type { Speeds } from './speeds.ts';
import { workOfRun, type IsDecoded } from './work-of-run.ts';

/** What a plan is made from. */
export interface PlanSources {
  readonly dataset: Dataset;
  readonly zoo: readonly ZooListing[];
  readonly speeds: Speeds;
  readonly free: FreeSpace;
  /** Default: nothing is. */
  readonly isDecoded?: IsDecoded;
}

/**
 * What a run with these settings would do and cost. A setting that cannot be used is told at its key and replaced by the preset's
 * own, so that everything else can still be shown; `config` is then null. Too little memory or disk, and views that nothing would use,
 * are told at a field too, but keep nobody from trying.
 */
export function planRun(sources: PlanSources, preset: PresetName, given: Readonly<Record<string, unknown>>): TrainPlan {
  const checked = checkConfig(preset, given);
  const problems: FieldProblem[] = [...checked.problems];
  const fallback = presetValues(preset);
  let config = checked.config;
  /** Tries `make`; each setting that makes it fail is told and goes back to the preset's value. */
  const settle = <T>(make: (config: TrainConfig) => T): T => {
    for (;;) {
      try {
        return make(inEffect(config));
      } catch (error) {
        const problem = error instanceof AnnealError ? problemAt(error, config) : null;
        if (!problem) throw error;
        const replaced = withSetting(config, problem.key, fallback.get(problem.key));
        if (problems.some(({ key }) => key === problem.key) || replaced === null) throw error;
        problems.push(problem);
        config = replaced;
      }
    }
  };
  const pictures = planPictures(sources.dataset, inEffect(config));
  const network = settle((now) => planNetwork(now, sources.zoo, pictures));
  const { groups, freezeTo } = settle((now) => planLayerGroups(network.spec, now.tune));
  const work = settle((now) => workOfRun(now, network, freezeTo, pictures, sources.isDecoded));
  if (network.missing) {
    const nearest = sources.zoo.find(({ installed }) => installed)?.name ?? null;
    problems.push({ key: 'model.backbone', failure: toFailure(network.missing), nearest });
  }
  const untrainable = picturesProblem(sources.dataset, pictures);
  if (untrainable) problems.push(untrainable);
  const unusable = problems.length > 0;
  problems.push(...warningsOf(leavesOf(inEffect(config)), { freezeTo }));
  const estimate = estimateCost(work, sources.speeds, sources.free);
  const narrow = estimate.memoryBytes > estimate.freeMemoryBytes;
  if (narrow) problems.push(memoryProblem(estimate, { config, network, freezeTo, sources }));
  if (estimate.diskBytes > estimate.freeDiskBytes) {
    const params = { needed: estimate.diskBytes, free: estimate.freeDiskBytes };
    problems.push({ key: 'augment.views', failure: input('plan.disk', params), nearest: 1 });
  }
  return {
    config: unusable ? null : config,
    problems,
    backbone: network.name,
    inputSize: network.spec.preprocessing.inputSize,
    layerGroups: groups,
    freezeTo,
    trainPictures: pictures.pool,
    training: work.plan?.record ?? null,
    snapshots: work.snapshots,
    estimate,
  };
}

const input = (code: string, params: AnnealError['params']) => toFailure(new AnnealError(code, params));

/** The setting that an error of planning is about. */
function problemAt(error: AnnealError, config: TrainConfig): FieldProblem | null {
  const { code, params } = error;
  const at = (key: string, nearest: FieldProblem['nearest']): FieldProblem => ({
    key,
    failure: toFailure(error),
    nearest,
  });
  switch (code) {
    case 'zoo.unknownModel':
    case 'models.unknownArchitecture':
      return at('model.backbone', (params['nearest'] ?? null) as string | null);
    case 'models.inputTooSmall':
      return at('model.inputSize', Math.max(32, 32 * Math.ceil((config.model.inputSize ?? 0) / 32)));
    case 'models.freezeOutOfRange':
      return at('tune.freezeTo', Number(params['last']));
    case 'optim.groupScaleCount':
      return at('tune.groupScales', null);
    case 'schedule.warmupTooLong':
      return at('schedule.warmupEpochs', Math.max(0, config.schedule.epochs - 1));
    case 'schedule.tooManySnapshots':
      return at('ensemble.snapshots', Number(params['steps']));
    case 'schedule.tooLong':
      return at('schedule.cycleMultiplier', 1);
    default:
      return null;
  }
}

/** The configuration with one setting changed; null where it has that value already. */
function withSetting(config: TrainConfig, key: string, value: unknown): TrainConfig | null {
  const [section, name] = key.split('.') as [keyof TrainConfig, string];
  const part = config[section] as Record<string, unknown>;
  if (Object.is(part[name], value)) return null;
  return { ...config, [section]: { ...part, [name]: value } };
}

/** What a run would refuse, whatever its settings: one class, or fewer than two pictures a class to train on. */
function picturesProblem(dataset: Dataset, { pool, classes, byFolds, validation }: PlanPictures): FieldProblem | null {
  const at = (failure: FieldProblem['failure']) => ({ key: 'data.testFraction', failure, nearest: null });
  if (classes < 2) {
    const params = { root: dataset.root, class: dataset.classes[0] ?? '', count: dataset.pictures.length };
    return at(input('data.oneClass', params));
  }
  const few = pool < 2 * classes || (!byFolds && validation === 0);
  return few ? at(input('train.tooFewPictures', { pictures: pool, classes })) : null;
}

/** Half the batch, again and again, until a step fits. */
function memoryProblem(
  estimate: TrainPlan['estimate'],
  plan: { config: TrainConfig; network: PlannedNetwork; freezeTo: number; sources: PlanSources },
): FieldProblem {
  const { config, network, freezeTo, sources } = plan;
  const pictures = planPictures(sources.dataset, inEffect(config));
  let nearest: number | null = null;
  for (let batchSize = config.data.batchSize >> 1; batchSize >= 1 && nearest === null; batchSize >>= 1) {
    const smaller = { ...config, data: { ...config.data, batchSize } };
    const work = workOfRun(inEffect(smaller), network, freezeTo, pictures, sources.isDecoded);
    if (estimateCost(work, sources.speeds, sources.free).memoryBytes <= estimate.freeMemoryBytes) nearest = batchSize;
  }
  const params = { needed: estimate.memoryBytes, free: estimate.freeMemoryBytes };
  return { key: 'data.batchSize', failure: input('plan.memory', params), nearest };
}
