import type { SplitName } from '../protocol/dataset.ts';
import type { HashList } from './hash-list.ts';
import { confirmedLinks, type Link, type Sequence } from './series-evidence.ts';

export interface TimedPicture {
  readonly takenMs: number | null;
  readonly label: number;
  readonly given: SplitName | null;
}

/** A burst, or one thing photographed a few times in a row. */
const mostSecondsApart = 5;
/** Taken this far apart, two pictures show different things as far as the clock can tell. */
const farSeconds = 120;

/**
 * Series by capture times: pictures of one class and part taken within seconds, where the pictures confirm it. A time that an
 * editor has set for all is none: then no two are far apart and chance has nothing to be measured by.
 */
export function timeSeries(pictures: readonly TimedPicture[], hashes: HashList): Link[] {
  const families = new Map<string, number[]>();
  pictures.forEach(({ takenMs, label, given }, i) => {
    if (takenMs === null) return;
    const key = JSON.stringify([label, given]);
    const family = families.get(key);
    if (family) family.push(i);
    else families.set(key, [i]);
  });
  const sequences = [...families.values()].map((family): Sequence => {
    const at = (i: number) => pictures[i]!.takenMs!;
    const members = family.sort((a, b) => at(a) - at(b) || a - b);
    const apart = (p: number, q: number) => (at(members[q]!) - at(members[p]!)) / 1000;
    const { label } = pictures[members[0]!]!;
    return {
      label,
      members,
      mayLink: (p, q) => apart(p, q) <= mostSecondsApart,
      isFar: (p, q) => apart(p, q) > farSeconds,
    };
  });
  return confirmedLinks(sequences, hashes);
}
