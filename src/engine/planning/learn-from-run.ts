import { median } from '../../base/median.ts';
import type { NetSpec } from '../../models/net-spec.ts';
import type { Dataset } from '../../protocol/dataset.ts';
import { inEffect } from '../../settings/effect.ts';
import type { StoredEvent } from '../../protocol/run-record.ts';
import type { RunEvent, RunPhase, RunResult } from '../../protocol/run-event.ts';
import type { TrainConfig } from '../../settings/train-config.ts';
import type { Measurement } from '../../store/measurements.ts';
import type { ZooListing } from '../../zoo/index.ts';
import { costOf } from './known-specs.ts';
import { planLayerGroups, planNetwork } from './plan-network.ts';
import { planPictures } from './plan-pictures.ts';
import { stepMultiplyAdds, subjectOf, workOfRun } from './work-of-run.ts';

/** A series of progress shorter than this says more about the start of things than about their speed. */
const shortestSeries = 1;
/** Megapixels a second that no decoder reaches: the pictures were in the cache already. */
const cachedMegapixels = 2000;

/** What a finished run tells of this machine's speed and memory: next time the estimate of such a run is a measured one. */
export function learnFromRun(
  run: { readonly config: TrainConfig; readonly result: RunResult; readonly events: readonly StoredEvent[] },
  dataset: Dataset,
  zoo: readonly ZooListing[],
): Measurement[] {
  const { result, events } = run;
  const backbone = run.config.model.pretrained ? result.backbone : run.config.model.backbone;
  const given = inEffect(run.config);
  const config = { ...given, model: { ...given.model, backbone } };
  const pictures = planPictures(dataset, config);
  const network = planNetwork(config, zoo, pictures);
  const { freezeTo } = planLayerGroups(network.spec, config.tune);
  const { nodes, multiplyAdds } = costOf(network.spec);
  const frozen = nodes.filter(({ group }) => group < freezeTo).reduce((sum, row) => sum + row.multiplyAdds, 0);
  const cached = freezeTo > 0 && config.augment.mode !== 'online';
  const subject = subjectOf(network.spec);
  const found: Measurement[] = [];
  const add = (kind: Measurement['kind'], of: string, work: number, amount: number): void =>
    void found.push({ kind, subject: of, work, amount });

  const measured = ofType(events, 'stepEnded')
    .map(({ picturesPerSecond }) => picturesPerSecond)
    .filter((speed) => speed > 0);
  const speed = median(measured) ?? 0;
  if (speed > 0) add('training', subject, stepMultiplyAdds(cached ? 0 : frozen, multiplyAdds - frozen) * speed, 1);

  const head =
    run.config.model.backbone === 'auto' ? null : headSubject(network.spec, network.headPreprocessing.inputSize);
  const features = series(events, 'features').find(({ total }) => total === pictures.pool);
  if (head && features) add('forward', head.subject, head.multiplyAdds * features.done, features.seconds);

  const decoded = series(events, 'cache').find(({ total }) => total === pictures.all);
  const megapixels = decoded ? (pictures.megapixels * decoded.done) / decoded.total : 0;
  if (decoded && megapixels / decoded.seconds < cachedMegapixels) add('decode', '', megapixels, decoded.seconds);

  const work = workOfRun(config, network, freezeTo, pictures);
  const heads = work.work.find(({ kind }) => kind === 'heads');
  const folds = result.timings.folds ?? 0;
  // With fine-tuning on folds their time is not that of heads alone.
  if (heads && config.tune.regime === 'head' && network.compared.length === 1) add('heads', '', heads.amount, folds);

  const resident = Math.max(0, ...ofType(events, 'epochEnded').map(({ residentBytes }) => residentBytes));
  if (resident > 0) add('memory', subject, work.memoryBytes, resident);
  return found.filter(({ work: done, amount }) => done > 0 && amount > 0);
}

function headSubject(spec: NetSpec, size: number): { subject: string; multiplyAdds: number } {
  return { subject: subjectOf(spec, size), multiplyAdds: costOf(spec, size).multiplyAdds };
}

function ofType<T extends RunEvent['type']>(events: readonly StoredEvent[], type: T): Extract<RunEvent, { type: T }>[] {
  return events.flatMap(({ event }) => (event.type === type ? [event as Extract<RunEvent, { type: T }>] : []));
}

interface Series {
  /** From the first to the last that was told. */
  readonly done: number;
  readonly total: number;
  readonly seconds: number;
}

/** Stretches of one phase in which progress only rose. */
function series(events: readonly StoredEvent[], phase: RunPhase): Series[] {
  const stretches: { from: number; at: number; done: number; total: number; until: number }[] = [];
  for (const { at, event } of events) {
    if (event.type !== 'phaseProgressed' || event.phase !== phase) continue;
    const last = stretches.at(-1);
    if (last && event.total === last.total && event.done > last.done) {
      last.done = event.done;
      last.until = at;
    } else stretches.push({ from: event.done, at, done: event.done, total: event.total, until: at });
  }
  return stretches
    .map(({ from, at, done, total, until }) => ({ done: done - from, total, seconds: (until - at) / 1000 }))
    .filter(({ seconds }) => seconds >= shortestSeries);
}
