import { sizeBoundedLinks, type DoubtedLink } from '../data/size-bounded-links.ts';

/** The nearest pictures of its own class, of every picture. */
export interface Neighbours {
  /** How many of each picture. */
  readonly k: number;
  /** int32 [n, k]: rows, the nearest first; -1 where the class has no more. */
  readonly rows: Int32Array;
  /** float32 [n, k]: distance of normalised features, between 0 and 2. */
  readonly distances: Float32Array;
}

export interface FeatureLink extends DoubtedLink {
  /** Cosine of the features. */
  readonly similarity: number;
}

/** The neighbour that distances are measured by lies outside most series, and yet in the same region of the features. */
const referenceRank = 20;
/** In a class of fewer a neighbour is as far as anything. */
const leastPictures = 12;
/**
 * Distance of two pictures against that of each to its reference neighbour, the larger of the two ratios. Of nearest neighbours that
 * are different things 1 in 100 is below 0.54 (flowers) to 0.68 (hymenoptera, tiny-imagenet); of those that are one surface in other
 * light the median is 0.45 (tiles).
 */
const sure = 0.55;
const unsure = 0.7;

/**
 * Pictures that stand much nearer to one another than their surroundings in the features of a backbone: one thing photographed again.
 * Measuring by the surroundings (as Lowe 2004 does with the second-nearest) needs no scale that would fit all kinds of pictures.
 * @param labels by row
 * @param groups by row, what is known to belong together: neighbours of the same group are no reference
 */
export function featureSeries(
  { k, rows, distances }: Neighbours,
  labels: ArrayLike<number>,
  groups: ArrayLike<number>,
): FeatureLink[] {
  const n = labels.length;
  const sizes = new Map<number, number>();
  for (let i = 0; i < n; i++) sizes.set(labels[i]!, (sizes.get(labels[i]!) ?? 0) + 1);
  const references = Float32Array.from({ length: n }, (_, i) => {
    const size = sizes.get(labels[i]!)!;
    if (size < leastPictures) return 0;
    const rank = Math.min(referenceRank, Math.floor(size / 2));
    let [outside, reference] = [0, 0];
    for (let at = i * k; at < (i + 1) * k && outside < rank && rows[at]! >= 0; at++) {
      if (groups[rows[at]!] === groups[i]) continue;
      outside++;
      reference = distances[at]!;
    }
    return outside === rank ? reference : 0;
  });
  const links: FeatureLink[] = [];
  for (let i = 0; i < n; i++) {
    for (let at = i * k; at < (i + 1) * k; at++) {
      const j = rows[at]!;
      // Of two that name each other the lower one tells the pair.
      if (j < 0 || groups[j] === groups[i] || (j < i && names(rows, k, j, i))) continue;
      const distance = distances[at]!;
      const reference = Math.min(references[i]!, references[j]!);
      const doubt = reference > 0 ? distance / reference : Infinity;
      if (doubt <= unsure)
        links.push({ a: Math.min(i, j), b: Math.max(i, j), doubt, similarity: 1 - distance ** 2 / 2 });
    }
  }
  return sizeBoundedLinks(links, { sure, unsure, pictures: n, among: n });
}

function names(rows: Int32Array, k: number, i: number, j: number): boolean {
  for (let at = i * k; at < (i + 1) * k; at++) if (rows[at] === j) return true;
  return false;
}
