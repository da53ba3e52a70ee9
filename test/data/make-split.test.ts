import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeFolds } from '../../src/data/make-folds.ts';
import { makeSplit } from '../../src/data/make-split.ts';
import type { Picture, SplitName } from '../../src/protocol/dataset.ts';

const picture = (label: number, group: number, given: SplitName | null = null): Picture => ({
  path: `${label}/${group}.jpg`,
  label,
  sha256: String(group),
  width: 10,
  height: 10,
  format: 'jpeg',
  group,
  given,
  bytes: 1,
  modifiedMs: 0,
});
const dataset = (pictures: readonly Picture[]) => ({ pictures, classes: ['a', 'b', 'c', 'd'] });
const options = { seed: 1, testFraction: 0.2, validationFraction: 0.25 };

const anyPictures = (given: fc.Arbitrary<SplitName | null>) =>
  fc
    .array(fc.tuple(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 60 }), given), {
      minLength: 1,
      maxLength: 120,
    })
    .map((rows) => rows.map(([label, group, role]) => picture(label, group, role)));
const anyRole = fc.constantFrom<SplitName | null>('train', 'validation', 'test');

describe('split', () => {
  it('is disjoint, leaves nothing out and never parts a group', () => {
    fc.assert(
      fc.property(
        anyPictures(fc.constant(null)),
        fc.integer({ min: 0, max: 99 }),
        fc.boolean(),
        (pictures, seed, noTest) => {
          const split = makeSplit(dataset(pictures), { ...options, seed, noTest });
          const all = [...split.train, ...split.validation, ...split.test];
          expect(all.toSorted((a, b) => a - b)).toEqual(pictures.map((_, i) => i));
          const side = new Map<number, string>();
          for (const part of ['train', 'validation', 'test'] as const) {
            for (const index of split[part]) {
              const group = pictures[index]!.group;
              expect(side.get(group) ?? part).toBe(part);
              side.set(group, part);
            }
          }
          if (noTest) expect(split.test).toEqual([]);
          expect(makeSplit(dataset(pictures), { ...options, seed, noTest })).toEqual(split);
        },
      ),
    );
  });

  it("keeps the folder's test pictures and removes their duplicates elsewhere, telling how many", () => {
    fc.assert(
      fc.property(anyPictures(anyRole), (pictures) => {
        const split = makeSplit(dataset(pictures), options);
        const used = [...split.train, ...split.validation, ...split.test];
        expect(new Set(used).size).toBe(used.length);
        const groupsOf = (part: SplitName) => new Set(split[part].map((index) => pictures[index]!.group));
        const [train, validation, test] = [groupsOf('train'), groupsOf('validation'), groupsOf('test')];
        for (const group of test) expect(train.has(group) || validation.has(group)).toBe(false);
        for (const group of validation) expect(train.has(group)).toBe(false);
        const told = split.problems.reduce((sum, problem) => sum + Number(problem.params['count']), 0);
        expect(used.length + told).toBe(pictures.length);
      }),
    );
  });

  const many = (given: (i: number) => SplitName | null) =>
    Array.from({ length: 400 }, (_, i) => picture(i % 4, i, given(i)));

  it('draws near the fractions asked for, from every class alike', () => {
    const pictures = many(() => null);
    const split = makeSplit(dataset(pictures), options);
    expect(split.origin).toEqual({ train: 'drawn', validation: 'drawn', test: 'drawn' });
    for (let label = 0; label < 4; label++) {
      const count = (part: SplitName) => split[part].filter((index) => pictures[index]!.label === label).length;
      expect([count('test'), count('validation'), count('train')]).toEqual([20, 20, 60]);
    }
    const other = makeSplit(dataset(pictures), { ...options, seed: 2 });
    expect(other.test).not.toEqual(split.test);
  });

  it.each(['validation', 'test'] as const)('takes %s as the test part when train has one companion', (name) => {
    const split = makeSplit(dataset(many((i) => (i < 300 ? 'train' : name))), options);
    expect(split.test).toEqual(Array.from({ length: 100 }, (_, i) => 300 + i));
    expect(split.validation).toHaveLength(76);
    expect(split.validation.every((index) => index < 300)).toBe(true);
    expect(split.origin).toEqual({ train: 'folder', validation: 'drawn', test: 'folder' });
  });

  it('gives three parts the roles of their names', () => {
    const split = makeSplit(dataset(many((i) => (i < 300 ? 'train' : i < 350 ? 'validation' : 'test'))), options);
    expect([split.train.length, split.validation.length, split.test.length]).toEqual([300, 50, 50]);
    expect(split.origin).toEqual({ train: 'folder', validation: 'folder', test: 'folder' });
  });

  it('keeps a class with one or two pictures in train, and tests one of three', () => {
    const pictures = [picture(0, 0), ...[1, 2].map((g) => picture(1, g)), ...[3, 4, 5].map((g) => picture(2, g))];
    const split = makeSplit(dataset(pictures), options);
    expect(split.test.map((index) => pictures[index]!.label)).toEqual([2]);
    expect(split.validation).toEqual([]);
  });
});

describe('folds', () => {
  it('keep groups whole and put every picture into one of k', () => {
    fc.assert(
      fc.property(anyPictures(fc.constant(null)), fc.integer({ min: 2, max: 6 }), (pictures, k) => {
        const groups = pictures.map(({ group }) => group);
        const folds = makeFolds(
          pictures.map(({ label }) => label),
          groups,
          k,
          3,
        );
        const foldOf = new Map<number, number>();
        folds.forEach((fold, i) => {
          expect(fold).toBeGreaterThanOrEqual(0);
          expect(fold).toBeLessThan(k);
          expect(foldOf.get(groups[i]!) ?? fold).toBe(fold);
          foldOf.set(groups[i]!, fold);
        });
      }),
    );
  });

  it('hold equally many pictures of each class, to one, where no picture has a duplicate', () => {
    const labels = Array.from({ length: 203 }, (_, i) => (i < 150 ? 0 : i < 190 ? 1 : 2));
    const folds = makeFolds(labels, [...labels.keys()], 5, 0);
    for (const label of [0, 1, 2]) {
      const counts = [0, 1, 2, 3, 4].map((fold) => labels.filter((l, i) => l === label && folds[i] === fold).length);
      expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
    }
    const sizes = [0, 1, 2, 3, 4].map((fold) => folds.filter((f) => f === fold).length);
    expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
    expect(makeFolds(labels, [...labels.keys()], 5, 1)).not.toEqual(folds);
  });
});
