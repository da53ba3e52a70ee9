import { beforeAll, describe, expect, it } from 'vitest';
import { loadRuntime } from '../../src/tensor/runtime.ts';
import { expectProbeFlat, expectProbeRight } from '../support/probe-case.ts';

beforeAll(async () => {
  process.env['ANNEAL_RUNTIME'] = 'wasm';
  expect((await loadRuntime()).kind).toBe('wasm');
});

describe('a probe on WASM', () => {
  it('gives every value of the tapped nodes, and gradients that are the slopes of the score', () =>
    // None passes a depthwise convolution here: tfjs has no such kernel for WASM.
    expectProbeRight(['deepNorm', 'pool']));
  it('holds one batch in memory, however many pictures are read', expectProbeFlat);
});
