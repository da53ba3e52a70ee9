import { DisjointSets } from '../base/disjoint-sets.ts';
import type { GroupReason } from '../protocol/dataset.ts';
import { groupDuplicates, type GroupingInput } from './duplicate-groups.ts';
import { HashList } from './hash-list.ts';
import { nameSeries, type NamedPicture } from './name-series.ts';
import type { Link } from './series-evidence.ts';
import { timeSeries, type TimedPicture } from './time-series.ts';

export interface SeriesInput extends GroupingInput, NamedPicture, TimedPicture {
  /** What a list calls its group; null where it does not. */
  readonly askedGroup: string | null;
}

interface AlikePair extends Link {
  readonly why: GroupReason;
  /** Share of the brightness edges that agree. */
  readonly similarity: number;
}

export interface PictureSeries {
  /** Of each picture, numbered by first appearance. */
  readonly groups: Int32Array;
  /** Why a picture shares its group; null where it has it for itself. */
  readonly reasons: readonly (GroupReason | null)[];
  /** The strongest of each series first. */
  readonly pairs: readonly AlikePair[];
}

/** Above this share of its class a series by names or times is cut: whole, it would leave nothing to judge the class by. */
const largestShare = 0.8;
const pieces = 10;

/**
 * Which pictures belong together: what a list says, copies, and series by names and times. Where a list gives a picture its group,
 * names and times do not guess at another.
 */
export function pictureSeries(pictures: readonly SeriesInput[]): PictureSeries {
  const hashes = new HashList(pictures.map(({ hash }) => hash));
  const copies = groupDuplicates(pictures);
  const links: { readonly why: GroupReason; readonly links: readonly Link[] }[] = [
    { why: 'given', links: chains(pictures.map(({ askedGroup }) => askedGroup)) },
    { why: 'copy', links: chains([...copies]) },
    { why: 'time', links: guessed(pictures, timeSeries(pictures, hashes)) },
    { why: 'name', links: guessed(pictures, nameSeries(pictures, hashes)) },
  ];
  const sets = new DisjointSets(pictures.length);
  const reasons = new Array<GroupReason | null>(pictures.length).fill(null);
  for (const { why, links: found } of links) {
    for (const { a, b } of found) {
      sets.join(a, b);
      reasons[a] ??= why;
      reasons[b] ??= why;
    }
  }
  const groups = sets.numbers();
  const candidates = links.flatMap(({ why, links: found }) =>
    found.map(({ a, b }): AlikePair => ({ a, b, why, similarity: 1 - hashes.bitDistance(a, b) / 128 })),
  );
  return { groups, reasons, pairs: strongestPairs(candidates, groups) };
}

const pairsOfSeries = 3;
const toldSeries = 200;

/** A few pairs of each series, the most alike first, of the largest series first. */
function strongestPairs(candidates: readonly AlikePair[], groups: ArrayLike<number>): AlikePair[] {
  const bySeries = new Map<number, AlikePair[]>();
  for (const pair of candidates) {
    const found = bySeries.get(groups[pair.a]!);
    if (found) found.push(pair);
    else bySeries.set(groups[pair.a]!, [pair]);
  }
  const sizes = new Map<number, number>();
  for (let i = 0; i < groups.length; i++) sizes.set(groups[i]!, (sizes.get(groups[i]!) ?? 0) + 1);
  return [...bySeries]
    .sort(([a], [b]) => sizes.get(b)! - sizes.get(a)! || a - b)
    .slice(0, toldSeries)
    .flatMap(([, pairs]) => pairs.sort((a, b) => b.similarity - a.similarity).slice(0, pairsOfSeries));
}

/** Each member with the next of equal key. */
function chains(keys: readonly (string | number | null)[]): Link[] {
  const last = new Map<string | number, number>();
  return keys.flatMap((key, b) => {
    if (key === null) return [];
    const a = last.get(key);
    last.set(key, b);
    return a === undefined ? [] : [{ a, b }];
  });
}

function guessed(pictures: readonly SeriesInput[], links: readonly Link[]): Link[] {
  const free = links.filter(({ a, b }) => pictures[a]!.askedGroup === null && pictures[b]!.askedGroup === null);
  const sets = new DisjointSets(pictures.length);
  for (const { a, b } of free) sets.join(a, b);
  const partOf = ({ label, given }: SeriesInput) => `${label} ${given}`;
  const counts = new Map<string, number>();
  for (const picture of pictures) counts.set(partOf(picture), (counts.get(partOf(picture)) ?? 0) + 1);
  const pieceOf = new Map<number, number>();
  for (const series of sets.sets()) {
    if (series.length <= largestShare * counts.get(partOf(pictures[series[0]!]!))!) continue;
    series.forEach((picture, rank) => pieceOf.set(picture, Math.floor((rank * pieces) / series.length)));
  }
  return free.filter(({ a, b }) => pieceOf.get(a) === pieceOf.get(b));
}
