import { basename, resolve } from 'node:path';
import type { ZooEntry } from '../../protocol/zoo-entry.ts';
import { importModel, listZoo, pullModel, removeModel, resolveBackbone, type ZooListing } from '../../zoo/index.ts';
import type { EngineContext } from '../engine-context.ts';
import { runInLane } from '../run-in-lane.ts';
import { noteSpeed } from '../planning/measure.ts';
import { Speeds } from '../planning/speeds.ts';
import { fitPictures, zooEntry } from '../planning/zoo-entry.ts';
import type { CommandHandler } from './command-handler.ts';

const speedsOf = ({ store, threads }: EngineContext): Speeds => new Speeds(store.measurements.list(threads));

function toEntry(context: EngineContext, listing: ZooListing): ZooEntry {
  return zooEntry(listing, speedsOf(context), null);
}

/** Every backbone with its speed here and, for a dataset, how well it fits and why. */
export const zooList: CommandHandler<'zooList'> = async (context, { dataset }) => {
  const { store, datasets } = context;
  const listings = await listZoo(store.layout.zoo);
  const speeds = speedsOf(context);
  const fit = dataset === undefined ? null : fitPictures(datasets.pictures(datasets.idOf(dataset)).effective.dataset);
  return listings.map((listing) => zooEntry(listing, speeds, fit));
};

/** Fetches a backbone into the workspace; its checksum is verified before it counts as there. */
export const zooPull: CommandHandler<'zooPull'> = async (context, { name }, hooks) => {
  const onProgress = ({ doneBytes, totalBytes }: { doneBytes: number; totalBytes: number }): void =>
    hooks?.progress?.({ phase: 'download', done: doneBytes, total: totalBytes, secondsLeft: null });
  const signal = hooks?.signal;
  const zooFolder = context.store.layout.zoo;
  const listing = await pullModel(name, { zooFolder, onProgress, ...(signal ? { signal } : {}) });
  context.watch.changed('zoo', name);
  return toEntry(context, listing);
};

/** Takes a weights file of the user's own; which network it is follows from the parameters in it. */
export const zooImport: CommandHandler<'zooImport'> = async (context, { path, name }) => {
  const zooFolder = context.store.layout.zoo;
  const taken = new Set((await listZoo(zooFolder)).map((listing) => listing.name));
  const listing = await importModel(resolve(path), { zooFolder, name: name ?? freeName(path, taken) });
  context.watch.changed('zoo', listing.name);
  return toEntry(context, listing);
};

/** The file's own name as the zoo writes names, with a number behind it where that is taken. */
function freeName(path: string, taken: ReadonlySet<string>): string {
  const stem = basename(path).replace(/\.[^.]*$/, '');
  const plain =
    stem
      .toLowerCase()
      .replaceAll(/[^a-z0-9_.-]+/g, '-')
      .replaceAll(/^[^a-z0-9]+|[^a-z0-9]+$/g, '')
      .slice(0, 56) || 'model';
  for (let i = 1; ; i++) {
    const name = i === 1 ? plain : `${plain}-${i}`;
    if (!taken.has(name)) return name;
  }
}

/** @throws zoo.embeddedStays, zoo.unknownModel */
export const zooRemove: CommandHandler<'zooRemove'> = async ({ store, watch }, { name }) => {
  await removeModel(name, store.layout.zoo);
  watch.changed('zoo', name);
  return null;
};

/** Times a backbone that is here. What is measured also sharpens the estimates of all others. */
export const zooMeasure: CommandHandler<'zooMeasure'> = async (context, { name }, hooks) => {
  const { store, lanes, threads, watch } = context;
  const backbone = await resolveBackbone(name, store.layout.zoo);
  const report = await runInLane<'measure'>(lanes.interactive, { kind: 'measure', backbone, threads }, hooks);
  noteSpeed(store.measurements, backbone.architecture, report, threads);
  watch.changed('zoo', name);
  const listing = (await listZoo(store.layout.zoo)).find((model) => model.name === name)!;
  return toEntry(context, listing);
};
