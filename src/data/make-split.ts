import { randomStream, shuffle, type RandomStream } from '../base/random.ts';
import type { Dataset, DatasetIndex, Problem, Split, SplitName } from '../protocol/dataset.ts';
import { groupsBy } from './groups-by.ts';
import { datasetIndices } from './indices.ts';

export interface SplitOptions {
  readonly seed: number;
  /** Of all pictures, where the folder brings no test part. */
  readonly testFraction: number;
  /** Of the training pictures, where the folder brings no validation part. */
  readonly validationFraction: number;
  /** Draws no test part. A test part that the folder itself brings stays one. */
  readonly noTest?: boolean;
  /** Pattern of paths that names groups; '' or none: those of the scan. */
  readonly groupBy?: string;
}

export interface SplitResult extends Split {
  /** `data.leak`: duplicates across the folder's own parts, left out of the part that is chosen or trained on. */
  readonly problems: readonly Problem[];
}

/**
 * Roles for pictures. The folder's own parts are taken as they are: with train and one other part, that other one is the test
 * part whatever its name and validation is drawn inside train. Without parts, test and then validation are drawn.
 * Drawing is stratified and seeded, and takes whole groups of duplicates. Where such a group lies on both sides of the
 * folder's own parts, test keeps its pictures and training loses them.
 */
export function makeSplit(dataset: Pick<Dataset, 'pictures' | 'classes'>, options: SplitOptions): SplitResult {
  const { pictures } = dataset;
  const labels = Int32Array.from(pictures, (picture) => picture.label);
  const groups = groupsBy(pictures, options.groupBy ?? '');
  const given = givenParts(dataset);
  const problems: Problem[] = [];
  const withoutGroups = (
    part: DatasetIndex[],
    from: SplitName,
    kept: readonly DatasetIndex[],
    to: SplitName,
  ): DatasetIndex[] => {
    const taken = new Set(kept.map((index) => groups[index]));
    const clean = part.filter((index) => !taken.has(groups[index]));
    const count = part.length - clean.length;
    if (count > 0) problems.push({ path: from, code: 'data.leak', params: { count, from, to } });
    return clean;
  };

  let { train, validation, test } = given;
  validation = withoutGroups(validation, 'validation', test, 'test');
  train = withoutGroups(train, 'train', test, 'test');
  train = withoutGroups(train, 'train', validation, 'validation');
  const origin: Record<SplitName, 'folder' | 'drawn' | 'none'> = {
    train: test.length > 0 ? 'folder' : 'none',
    validation: validation.length > 0 ? 'folder' : 'none',
    test: test.length > 0 ? 'folder' : 'none',
  };
  const draw = (part: 'test' | 'validation', fraction: number): DatasetIndex[] => {
    const drawn = drawStratified(train, labels, groups, fraction, randomStream(options.seed, 'split', part));
    const out = new Set(drawn);
    train = train.filter((index) => !out.has(index));
    if (drawn.length > 0) origin[part] = 'drawn';
    if (origin.train === 'none') origin.train = 'drawn';
    return drawn;
  };
  if (test.length === 0 && !options.noTest) test = draw('test', options.testFraction);
  if (validation.length === 0) validation = draw('validation', options.validationFraction);
  return { train, validation, test, origin, problems };
}

function givenParts({ pictures }: Pick<Dataset, 'pictures'>): Record<SplitName, DatasetIndex[]> {
  const parts: Record<SplitName, DatasetIndex[]> = { train: [], validation: [], test: [] };
  for (const index of datasetIndices({ pictures })) parts[pictures[index]!.given ?? 'train'].push(index);
  if (parts.train.length === 0) return { train: datasetIndices({ pictures }), validation: [], test: [] };
  if (parts.test.length === 0) return { train: parts.train, validation: [], test: parts.validation };
  return parts;
}

/**
 * About `fraction` of each class, whole groups only, ascending indices. A class of three or more gives at least one picture;
 * every class keeps at least one group.
 */
function drawStratified<Index extends number>(
  indices: readonly Index[],
  labels: ArrayLike<number>,
  groups: ArrayLike<number>,
  fraction: number,
  random: RandomStream,
): Index[] {
  const drawn: Index[] = [];
  for (const members of groupsByClass(indices, labels, groups)) {
    const total = members.reduce((sum, group) => sum + group.length, 0);
    const wanted = total < 3 ? 0 : Math.max(1, Math.round(total * fraction));
    shuffle(members, random);
    let taken = 0;
    let left = members.length;
    for (const group of members) {
      const closer = Math.abs(taken + group.length - wanted) < Math.abs(taken - wanted);
      if (!closer || left === 1) continue;
      drawn.push(...group);
      taken += group.length;
      left--;
    }
  }
  return drawn.sort((a, b) => a - b);
}

/** Groups under the class that most of their pictures have (the lower on ties), classes and groups in ascending order. */
function groupsByClass<Index extends number>(
  indices: readonly Index[],
  labels: ArrayLike<number>,
  groups: ArrayLike<number>,
): Index[][][] {
  const members = new Map<number, Index[]>();
  for (const index of indices) {
    const group = members.get(groups[index]!);
    if (group) group.push(index);
    else members.set(groups[index]!, [index]);
  }
  const classes = new Map<number, Index[][]>();
  for (const group of members.values()) {
    const label = majority(group.map((index) => labels[index]!));
    const found = classes.get(label);
    if (found) found.push(group);
    else classes.set(label, [group]);
  }
  return [...classes].sort(([a], [b]) => a - b).map(([, found]) => found);
}

function majority(values: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort(([a, m], [b, n]) => n - m || a - b)[0]![0];
}
