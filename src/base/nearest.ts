/** Levenshtein distance: insertions, deletions and replacements of one character. */
export function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = previous[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      row.push(Math.min(replaced, previous[j]! + 1, row[j - 1]! + 1));
    }
    previous = row;
  }
  return previous[b.length]!;
}

/**
 * The candidate that was probably meant, letter case ignored: the fewest differences among those that differ in at most a third of the
 * word's letters, contain it or are contained in it. Null where none is that near. `within`: differences allowed instead.
 */
export function nearest(
  word: string,
  candidates: readonly string[],
  within = Math.ceil(word.length / 3),
): string | null {
  const lower = word.toLowerCase();
  let best: string | null = null;
  let bestDistance = Infinity;
  for (const candidate of candidates) {
    const other = candidate.toLowerCase();
    const distance = editDistance(lower, other);
    const near = distance <= within || contains(other, lower) || contains(lower, other);
    if (near && distance < bestDistance) [best, bestDistance] = [candidate, distance];
  }
  return best;
}

/** Two letters stand in too many words. */
const contains = (whole: string, part: string): boolean => part.length > 2 && whole.includes(part);
