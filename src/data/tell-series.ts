import type { ErrorData } from '../base/errors.ts';
import type { Picture } from '../protocol/dataset.ts';
import { groupsBy } from './groups-by.ts';

/** Fewer independent pictures than this share of all, and than this many, are worth a word. */
const [tellingShare, tellingCount] = [0.25, 200];

/**
 * How many pictures belong together and why; and where a few groups hold most pictures, what that means for the figures.
 * @param pattern `data.groupBy`: what it names counts as given
 */
export function tellSeries(pictures: readonly Picture[], pattern = ''): ErrorData[] {
  const groups = groupsBy(pictures, pattern);
  const sizes = new Map<number, number>();
  for (const group of groups) sizes.set(group, (sizes.get(group) ?? 0) + 1);
  const shared = pictures.flatMap(({ why }, i) => {
    const group = groups[i]!;
    if (sizes.get(group) === 1) return [];
    return [{ group, why: pattern === '' || why === 'copy' ? why : ('given' as const) }];
  });
  if (shared.length === 0) return [];
  const counts = { copy: 0, name: 0, time: 0, given: 0 };
  for (const { why = 'copy' } of shared) counts[why]++;
  const series = new Set(shared.map(({ group }) => group)).size;
  const told: ErrorData[] = [{ code: 'data.series', params: { pictures: shared.length, series, ...counts } }];
  // Kish's effective sample size of groups that each say one thing.
  const squares = [...sizes.values()].reduce((sum, size) => sum + size ** 2, 0);
  const independent = Math.round(pictures.length ** 2 / squares);
  if (independent < tellingCount && independent < tellingShare * pictures.length)
    told.push({ code: 'data.fewSeries', params: { pictures: pictures.length, independent } });
  return told;
}
