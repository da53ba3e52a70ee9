import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { editDistance, nearest } from '../../src/base/nearest.ts';

/** The recursive definition, without memory. */
function byDefinition(a: string, b: string): number {
  if (a === '' || b === '') return a.length + b.length;
  const [restA, restB] = [a.slice(1), b.slice(1)];
  if (a[0] === b[0]) return byDefinition(restA, restB);
  return 1 + Math.min(byDefinition(restA, b), byDefinition(a, restB), byDefinition(restA, restB));
}

describe('editDistance', () => {
  it('is that of its recursive definition', () => {
    const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 5 });
    fc.assert(fc.property(word, word, (a, b) => editDistance(a, b) === byDefinition(a, b)));
  });
});

describe('nearest', () => {
  it('finds the intended word in spite of a slip or of letter case', () => {
    const words = ['cycleEpochs', 'cycleMultiplier', 'numCycles'];
    expect(nearest('cycleEpoch', words)).toBe('cycleEpochs');
    expect(nearest('NUMCYCLES', words)).toBe('numCycles');
  });

  it.each([
    ['xyzzy', ['seed', 'schedule.name'], null],
    ['cosin', ['constant', 'cosine'], 'cosine'],
    ['efficientnet', ['mobilenet_v2', 'tf_efficientnet_lite0'], 'tf_efficientnet_lite0'],
    ['resnet20_v2', ['squeezenet1_1', 'resnet20'], 'resnet20'],
    ['to', ['stop', 'momentum'], null],
  ])('answers %s only with what can have been meant', (word, candidates, meant) => {
    expect(nearest(word, candidates)).toBe(meant);
  });

  it('has no answer without candidates', () => {
    expect(nearest('anything', [])).toBeNull();
  });
});
