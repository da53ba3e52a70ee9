import type { DatasetSeries } from '../protocol/dataset-series.ts';
import type { Dataset, Picture, SeriesPair } from '../protocol/dataset.ts';

/** The groups that several pictures share, the largest first. */
export function datasetSeriesOf({ pictures, pairs }: Pick<Dataset, 'pictures' | 'pairs'>): DatasetSeries[] {
  const members = new Map<number, Picture[]>();
  const groupOf = new Map<string, number>();
  for (const picture of pictures) {
    groupOf.set(picture.path, picture.group);
    const found = members.get(picture.group);
    if (found) found.push(picture);
    else members.set(picture.group, [picture]);
  }
  const pairsOf = new Map<number, SeriesPair[]>();
  for (const pair of pairs) {
    const group = groupOf.get(pair.a);
    if (group === undefined) continue;
    pairsOf.set(group, [...(pairsOf.get(group) ?? []), pair]);
  }
  return [...members]
    .filter(([, found]) => found.length > 1)
    .sort(([a, first], [b, second]) => second.length - first.length || a - b)
    .map(([group, found]) => {
      const why = { copy: 0, name: 0, time: 0, given: 0 };
      for (const picture of found) why[picture.why ?? 'copy']++;
      return { group, pictures: found.length, why, pairs: pairsOf.get(group) ?? [] };
    });
}
