import { DisjointSets } from '../base/disjoint-sets.ts';
import { median } from '../base/median.ts';

/** Two pictures that may be of one series: the smaller the doubt, the surer. */
export interface DoubtedLink {
  readonly a: number;
  readonly b: number;
  readonly doubt: number;
}

/** Where less of the pictures stand in series, one that stands alone is likelier to be alone. */
const usualShare = 0.5;

/**
 * Links with a doubt up to `sure`; and where at least half of the pictures then stand in series, what is missing of one belongs to a
 * neighbour: links up to `unsure` count, the surest first, as long as they make no series longer than is usual among them.
 * @param pictures how many there are; `a` and `b` are below it
 * @param among how many of them could be in a series
 */
export function sizeBoundedLinks<L extends DoubtedLink>(
  links: readonly L[],
  { sure, unsure, pictures, among }: { sure: number; unsure: number; pictures: number; among: number },
): L[] {
  const strong = links.filter(({ doubt }) => doubt <= sure);
  const sets = new DisjointSets(pictures);
  for (const { a, b } of strong) sets.join(a, b);
  const sizes = new Int32Array(pictures);
  for (let i = 0; i < pictures; i++) sizes[sets.find(i)]!++;
  const series = sizes.filter((size) => size > 1);
  const covered = series.reduce((sum, size) => sum + size, 0);
  if (covered === 0 || covered < usualShare * among) return strong;
  const usual = median(series)!;
  const weak = links.filter(({ doubt }) => doubt <= unsure).sort((x, y) => x.doubt - y.doubt);
  const added = weak.filter(({ a, b }) => {
    const [p, q] = [sets.find(a), sets.find(b)];
    const size = sizes[p]! + sizes[q]!;
    if (p === q || size > usual) return false;
    sets.join(p, q);
    sizes[sets.find(p)] = size;
    return true;
  });
  return [...strong, ...added];
}
