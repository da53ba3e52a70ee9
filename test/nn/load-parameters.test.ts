import { beforeAll, describe, expect, it } from 'vitest';
import { AnnealError } from '../../src/base/errors.ts';
import { describeError } from '../../src/messages/describe.ts';
import { buildNet } from '../../src/models/index.ts';
import { loadParameters, parametersToHost, type HostArray } from '../../src/nn/load-parameters.ts';
import { loadRuntime } from '../../src/tensor/runtime.ts';
import { tf } from '../../src/tensor/tf.ts';
import { formulaStateDict } from '../support/formula-weights.ts';
import { expectNoTensorLeak } from '../support/tensor-leak.ts';

const spec = buildNet('resnet20', { classes: 4 });

beforeAll(async () => {
  await loadRuntime();
});

function refusal(stateDict: Map<string, HostArray>, options?: { head: 'skip' }): AnnealError {
  try {
    loadParameters(spec, stateDict, options);
  } catch (error) {
    if (error instanceof AnnealError) return error;
  }
  throw new Error('expected an AnnealError');
}

describe('loadParameters', () => {
  it("gives back bit for bit what was loaded, in torch's order, and leaks nothing", async () => {
    const given = formulaStateDict(spec);
    await expectNoTensorLeak(() => {
      const params = loadParameters(spec, given);
      const back = parametersToHost(spec, params);
      tf.dispose(params);
      expect(Object.keys(back)).toEqual(spec.params.map((param) => param.name));
      for (const [name, { shape, data }] of given) {
        expect(back[name]!.shape).toEqual(shape);
        expect(Buffer.from(back[name]!.data.buffer).equals(Buffer.from(data.buffer))).toBe(true);
      }
    });
  });

  it("leaves out torch's step counters and the prefix of DataParallel", () => {
    const given = new Map<string, HostArray>(
      [...formulaStateDict(spec)].map(([name, array]) => [`module.${name}`, array]),
    );
    given.set('module.bn1.num_batches_tracked', { shape: [], data: [7] });
    const params = loadParameters(spec, given);
    expect(Object.keys(params)).toEqual(spec.params.map((param) => param.name));
    tf.dispose(params);
  });

  it('lists everything that does not fit at once', () => {
    const given = new Map<string, HostArray>(formulaStateDict(spec));
    given.delete('layer1.0.bn1.weight');
    given.set('layer9.conv.weight', { shape: [1], data: [0] });
    given.set('linear.weight', { shape: [10, 64], data: new Float32Array(640) });
    const error = refusal(given);
    expect(error.params).toMatchObject({
      missing: ['layer1.0.bn1.weight'],
      unexpected: ['layer9.conv.weight'],
      mismatched: ['linear.weight [10, 64] instead of [4, 64]'],
    });
    expect(describeError(error.toData()).received).toContain('layer9.conv.weight');
  });

  it('loads the trunk alone when the head is to be skipped, and stays strict about the trunk', () => {
    const given = new Map<string, HostArray>(formulaStateDict(buildNet('resnet20', { classes: 10 })));
    const params = loadParameters(spec, given, { head: 'skip' });
    expect(Object.keys(params)).not.toContain('linear.weight');
    tf.dispose(params);
    given.delete('conv1.weight');
    expect(refusal(given, { head: 'skip' }).params['missing']).toEqual(['conv1.weight']);
  });

  it('says in a few words when another network was meant', () => {
    const error = refusal(new Map<string, HostArray>(formulaStateDict(buildNet('mobilenet_v2'))));
    expect(describeError(error.toData()).received!.length).toBeLessThan(600);
  });
});
