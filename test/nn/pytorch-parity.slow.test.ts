import { beforeAll, describe, expect, it } from 'vitest';
import { architectures } from '../../src/models/index.ts';
import { loadRuntime } from '../../src/tensor/runtime.ts';
import { computed, misses, modelFixture } from '../support/parity.ts';

beforeAll(async () => {
  await loadRuntime();
});

describe.each([...architectures.keys()])('%s', (name) => {
  const fixture = modelFixture(name);

  it.each(['frozen', 'training'] as const)('equals PyTorch with %s batch norms', (mode) => {
    expect(misses(fixture, mode, computed(fixture, mode))).toEqual([]);
  });
});
