import { DisjointSets } from '../base/disjoint-sets.ts';
import { groupNamer } from '../base/group-pattern.ts';
import type { Picture } from '../protocol/dataset.ts';

type Grouped = Pick<Picture, 'path' | 'group' | 'why'>;

/**
 * Group numbers of pictures. Without a pattern those of the scan. With one, what it names stands in place of what names and times let
 * guess, for all pictures; copies and what a list says stay together all the same.
 */
export function groupsBy(pictures: readonly Grouped[], pattern: string): Int32Array {
  if (pattern === '') return Int32Array.from(pictures, ({ group }) => group);
  const nameOf = groupNamer(pattern);
  const sets = new DisjointSets(pictures.length);
  sets.joinEqual(
    pictures.flatMap(({ group, why }, i) => (why === 'copy' || why === 'given' ? [[i, group] as const] : [])),
  );
  sets.joinEqual(
    pictures.flatMap(({ path }, i) => {
      const name = nameOf(path);
      return name === null ? [] : [[i, name] as const];
    }),
  );
  return sets.numbers();
}
