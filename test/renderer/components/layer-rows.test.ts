import { describe, expect, it } from 'vitest';
import { decayScales, freezeAt, parametersOf, withScale } from '../../../renderer/components/layer-rows.ts';
import { buildNet } from '../../../src/models/index.ts';
import { lrScales } from '../../../src/models/lr-scales.ts';
import { presetValues, nestValues } from '../../../src/settings/values.ts';
import type { TrainConfig } from '../../../src/settings/train-config.ts';

describe('the layer table', () => {
  it('gives the rates that training gives', () => {
    const spec = buildNet('resnet18', { classes: 3 });
    const { tune } = nestValues(presetValues('balanced')) as unknown as TrainConfig;
    expect(decayScales(spec.groups.length, tune.layerDecay)).toEqual(lrScales(spec, tune));
  });

  it('keeps no list of rates that says nothing but the decay', () => {
    const scales = decayScales(3, 0.5);
    const edited = withScale(scales, 1, 2, 0.5);
    expect(edited).toEqual([0.25, 2, 1]);
    expect(withScale(edited!, 1, null, 0.5)).toBeNull();
    expect(withScale(edited!, 0, 3, 0.5)).toEqual([3, 2, 1]);
  });

  it('counts what the line freezes', () => {
    const rows = [10, 20, 30].map((parameters) => ({ name: '', layers: 1, parameters, scale: 1, edited: false }));
    expect(parametersOf(rows, 0)).toEqual({ frozen: 0, all: 60 });
    expect(parametersOf(rows, 2)).toEqual({ frozen: 30, all: 60 });
  });

  it('the line goes to the nearest boundary, and never below the head', () => {
    const rows = [0, 40, 80].map((top) => ({ top, bottom: top + 40 }));
    expect([-5, 19, 21, 61, 500].map((height) => freezeAt(height, rows))).toEqual([0, 0, 1, 2, 2]);
  });
});
