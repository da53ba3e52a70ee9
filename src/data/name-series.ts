import type { SplitName } from '../protocol/dataset.ts';
import type { HashList } from './hash-list.ts';
import { namePattern } from './name-pattern.ts';
import { confirmedLinks, type Link, type Sequence } from './series-evidence.ts';

export interface NamedPicture {
  /** Below the folder of its class. */
  readonly name: string;
  readonly label: number;
  readonly given: SplitName | null;
}

/** Numbers of a name, counted from its end, that are tried as the counter: 'exp3_num_1234' counts by its last one alone. */
const triedCounters = 3;
/** Members of one sequence are surely of other series when a quarter of it, at most this many, lies between them. */
const [leastFar, mostFar] = [4, 200];

/**
 * Series by names that count: files of one class and part whose names are equal but for numbers, in the order of all numbers or
 * of one of them, where the pictures of neighbours confirm it.
 */
export function nameSeries(pictures: readonly NamedPicture[], hashes: HashList): Link[] {
  const patterns = pictures.map(({ name }) => namePattern(name));
  const families = new Map<string, number[]>();
  pictures.forEach(({ label, given }, i) => {
    const { text, numbers } = patterns[i]!;
    if (numbers.length === 0) return;
    const key = JSON.stringify([label, given, text]);
    const family = families.get(key);
    if (family) family.push(i);
    else families.set(key, [i]);
  });
  const orders = Array.from({ length: triedCounters + 1 }, (_, counter) =>
    [...families.values()].flatMap((family): Sequence[] => {
      const count = patterns[family[0]!]!.numbers.length;
      // The order of all numbers is that of the first of them.
      const isOther = counter > 0 && counter < count;
      if (counter > 0 && !isOther) return [];
      const keyOf = (i: number) => {
        const { numbers } = patterns[i]!;
        return isOther ? [numbers[count - counter]!, ...numbers] : numbers;
      };
      const members = [...family].sort((a, b) => compareNumbers(keyOf(a), keyOf(b)));
      const far = Math.min(mostFar, Math.max(leastFar, Math.floor(members.length / 4)));
      return [{ label: pictures[family[0]!]!.label, members, mayLink: () => true, isFar: (p, q) => q - p > far }];
    }),
  );
  return orders.flatMap((sequences) => confirmedLinks(sequences, hashes));
}

function compareNumbers(a: readonly number[], b: readonly number[]): number {
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return a[i]! - b[i]!;
  return 0;
}
