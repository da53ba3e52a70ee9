import type { ZooEntry } from '../../protocol/zoo-entry.ts';
import { listZoo, pullModel, type ZooListing } from '../../zoo/index.ts';
import type { CommandHandler } from './command-handler.ts';

/** What a person sees of a backbone; where its file lies is the engine's own. */
function toEntry(listing: ZooListing): ZooEntry {
  const { name, architecture, licence, source, top1, inputSize, parameters, installed } = listing;
  const { bytes, embedded, paper, layerGroups } = listing;
  const known = { name, architecture, licence, source, top1, inputSize, parameters, installed, bytes, embedded };
  return { ...known, paper, layerGroups, speed: null, suitability: null };
}

export const zooList: CommandHandler<'zooList'> = async ({ store }) => (await listZoo(store.layout.zoo)).map(toEntry);

/** Fetches a backbone into the workspace; its checksum is verified before it counts as there. */
export const zooPull: CommandHandler<'zooPull'> = async ({ store }, { name }, hooks) => {
  const onProgress = ({ doneBytes, totalBytes }: { doneBytes: number; totalBytes: number }): void =>
    hooks?.progress?.({ phase: 'download', done: doneBytes, total: totalBytes, secondsLeft: null });
  const signal = hooks?.signal;
  return toEntry(await pullModel(name, { zooFolder: store.layout.zoo, onProgress, ...(signal ? { signal } : {}) }));
};
