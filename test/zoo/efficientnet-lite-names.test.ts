import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { buildNet } from '../../src/models/index.ts';
import { timmName } from '../../src/zoo/efficientnet-lite-names.ts';

const fixture = resolve(import.meta.dirname, '../fixtures/zoo/lite_names.json');
const names = JSON.parse(readFileSync(fixture, 'utf8')) as Record<string, [string, string][]>;

describe.each(['tf_efficientnet_lite0', 'tf_efficientnet_lite1', 'tf_efficientnet_lite2'])(
  'names of %s',
  (architecture) => {
    const pairs = names[architecture]!;

    it('become those that the Python script gives and timm has', () => {
      for (const [packaged, timm] of pairs) expect(timmName(architecture, packaged)).toBe(timm);
    });

    it('are all those that the network description asks for', () => {
      const wanted = buildNet(architecture)
        .params.map(({ name }) => name)
        .filter((name) => !name.endsWith('num_batches_tracked'));
      const given = pairs.map(([, timm]) => timm).filter((name) => !name.endsWith('num_batches_tracked'));
      expect(given.sort()).toEqual(wanted.sort());
    });
  },
);

it.each(['_blocks.16._bn0.weight', '_blocks.0._expand_conv.weight', '_swish.weight', 'weight', '_blocks.x._bn0.bias'])(
  'refuses the name %s',
  (name) => {
    expect(() => timmName('tf_efficientnet_lite0', name)).toThrow('zoo.unknownParameter');
  },
);
