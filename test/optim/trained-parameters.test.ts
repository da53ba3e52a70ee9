import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { buildNet } from '../../src/models/index.ts';
import { parameterTable } from '../../src/models/spec-queries.ts';
import { freezeToOf } from '../../src/models/freeze-to.ts';
import { lrScales } from '../../src/models/lr-scales.ts';
import { trainedParameters } from '../../src/optim/trained-parameters.ts';
import { trainConfigSchema, type TrainConfigInput } from '../../src/settings/train-config.ts';

const spec = buildNet('resnet20', { classes: 5 });
const count = spec.groups.length;
const tuned = (tune: NonNullable<TrainConfigInput['tune']>) => v.parse(trainConfigSchema, { tune }).tune;

describe('lrScales', () => {
  it('gives the head scale 1 and each group below it one factor less', () => {
    const scales = lrScales(spec, tuned({ layerDecay: 0.5 }));
    expect(scales.at(-1)).toBe(1);
    for (let i = 1; i < count; i++) expect(scales[i - 1]! / scales[i]!).toBe(0.5);
  });

  it('takes one scale a group where they are given, and counts them', () => {
    const scales = Array.from({ length: count }, (_, i) => i / 10);
    expect(lrScales(spec, tuned({ groupScales: scales, layerDecay: 0.5 }))).toEqual(scales);
    const wrong = () => lrScales(spec, tuned({ groupScales: [1, 1] }));
    expect(wrong).toThrow('optim.groupScaleCount');
    expect(wrong).toThrow(`"expected":${count},"received":2`);
  });
});

describe('trainedParameters', () => {
  it('puts weight decay on weights alone, never on biases or normalisation', () => {
    const trained = trainedParameters(spec, 0);
    for (const { param, decays } of trained) expect(decays, param.name).toBe(param.shape.length > 1);
    expect(new Set(trained.map(({ decays }) => decays)).size).toBe(2);
  });

  it('trains every parameter from the freeze boundary on and no statistic', () => {
    const trainable = parameterTable(spec).filter((row) => !/running_|num_batches/.test(row.name));
    for (let freezeTo = 0; freezeTo <= count; freezeTo++) {
      const names = trainedParameters(spec, freezeTo).map(({ param }) => param.name);
      expect(names).toEqual(trainable.filter((row) => row.group >= freezeTo).map((row) => row.name));
    }
  });
});

describe('freezeToOf', () => {
  it('follows the regime unless a group is named', () => {
    expect(freezeToOf(spec, tuned({ regime: 'head' }))).toBe(count - 1);
    expect(freezeToOf(spec, tuned({ regime: 'upper' }))).toBe(Math.floor(count / 2));
    expect(freezeToOf(spec, tuned({ regime: 'all' }))).toBe(0);
    expect(freezeToOf(spec, tuned({ regime: 'scratch' }))).toBe(0);
    expect(freezeToOf(spec, tuned({ regime: 'all', freezeTo: 2 }))).toBe(2);
    expect(() => freezeToOf(spec, tuned({ freezeTo: count }))).toThrow('models.freezeOutOfRange');
  });
});
