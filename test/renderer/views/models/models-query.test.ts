import { describe, expect, it } from 'vitest';
import type { ZooEntry } from '../../../../src/protocol/zoo-entry.ts';
import { parseHash } from '../../../../renderer/state/routes.ts';
import { inOrder, isFree, matches, readPlace } from '../../../../renderer/views/models/models-query.ts';

function model(name: string, known: Partial<ZooEntry> = {}): ZooEntry {
  return {
    name,
    title: name,
    architecture: name,
    licence: 'Apache-2.0',
    source: 'a package',
    top1: 0.7,
    inputSize: 224,
    parameters: 4e6,
    installed: true,
    bytes: 18e6,
    embedded: false,
    speed: null,
    suitability: null,
    paper: null,
    layerGroups: [],
    ...known,
  };
}
const fit = (word: 'good' | 'works' | 'poor') => ({ word, reason: { code: 'zoo.fitPlain', params: {} } });
const placeOf = (hash: string) => readPlace(parseHash(hash)!);

describe('matches', () => {
  it('finds all words, in any order, in title, network and licence', () => {
    const lite = model('efficientnet_lite0', { title: 'EfficientNet-Lite0' });
    expect(matches(lite, placeOf('#/models?q=lite0+apache'))).toBe(true);
    expect(matches(lite, placeOf('#/models?q=lite0+mit'))).toBe(false);
  });

  it('leaves out what the boxes leave out', () => {
    const far = model('far', { installed: false, bytes: 97e6, licence: 'CC-BY-NC-4.0' });
    expect(matches(far, placeOf('#/models'))).toBe(true);
    for (const box of ['here', 'small', 'free']) expect(matches(far, placeOf(`#/models?${box}=1`))).toBe(false);
    expect(matches(model('near'), placeOf('#/models?here=1&small=1&free=1'))).toBe(true);
  });

  it('does not call a file of unknown size small', () => {
    expect(matches(model('x', { bytes: null }), placeOf('#/models?small=1'))).toBe(false);
  });
});

describe('isFree', () => {
  it('knows the licences that allow any use', () => {
    for (const licence of ['Apache-2.0', 'MIT', 'BSD-3-Clause', 'CC-BY-4.0'])
      expect(isFree(model('x', { licence }))).toBe(true);
    for (const licence of ['CC-BY-NC-4.0', 'not stated', 'GPL-3.0'])
      expect(isFree(model('x', { licence }))).toBe(false);
  });
});

describe('inOrder', () => {
  const poorHere = model('poor', { suitability: fit('poor') });
  const goodFar = model('good far', { suitability: fit('good'), installed: false });
  const goodHere = model('good here', { suitability: fit('good') });
  const names = (entries: readonly ZooEntry[]): string[] => entries.map(({ name }) => name);

  it('puts the best fit first, and what is here before what is not', () => {
    expect(names(inOrder([poorHere, goodFar, goodHere], false))).toEqual(['good here', 'good far', 'poor']);
  });

  it('puts what needs a connection last where there is none', () => {
    expect(names(inOrder([goodFar, poorHere, goodHere], true))).toEqual(['good here', 'poor', 'good far']);
  });
});
