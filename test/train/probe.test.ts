import { beforeAll, describe, expect, it } from 'vitest';
import { loadRuntime } from '../../src/tensor/runtime.ts';
import { createProbe } from '../../src/train/probe.ts';
import { expectProbeFlat, expectProbeRight } from '../support/probe-case.ts';
import { tinySpec } from '../support/tiny-model.ts';

beforeAll(async () => {
  expect((await loadRuntime()).kind).toBe('native');
});

describe('a probe', () => {
  it('gives every value of the tapped nodes, and gradients that are the slopes of the score', () =>
    expectProbeRight(['norm', 'deepNorm', 'pool']));
  it('holds one batch in memory, however many pictures are read', expectProbeFlat);

  it('refuses a node that the network does not have', () => {
    const source = {
      from: 'input',
      constants: {},
      training: () => Promise.resolve({}),
      evaluation: () => Promise.resolve({}),
      trainingActivations: () => {
        throw new Error('unused');
      },
      evaluationActivations: () => {
        throw new Error('unused');
      },
    };
    expect(() =>
      createProbe(tinySpec(2), source, { params: {}, taps: ['nowhere'], reduce: ({ activation }) => ({ activation }) }),
    ).toThrow('nowhere');
  });
});
