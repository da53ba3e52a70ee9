import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { buildNet } from '../../src/models/index.ts';
import { forward } from '../../src/nn/forward.ts';
import { loadParameters, type HostArray } from '../../src/nn/load-parameters.ts';
import { loadRuntime } from '../../src/tensor/runtime.ts';
import { tf, type Tensor4D } from '../../src/tensor/tf.ts';
import { toFloat32 } from '../../src/weights/host-tensor.ts';
import { readWeights } from '../../src/weights/read-weights.ts';
import { largestError } from '../support/parity.ts';
import { readNpy } from '../support/read-npy.ts';
import { sharedWeights } from '../support/shared.ts';

async function stateDict(path: string): Promise<Map<string, HostArray>> {
  const { tensors } = await readWeights(path);
  return new Map([...tensors].map(([name, tensor]) => [name, { shape: tensor.shape, data: toFloat32(tensor) }]));
}

describe.skipIf(!sharedWeights)('published weights (needs shared data)', () => {
  beforeAll(async () => {
    await loadRuntime();
  });
  const folder = sharedWeights ?? '';

  interface Vector {
    /** How far PyTorch with the same file is from the publishers' outputs. */
    readonly publishedDeviation: number;
    readonly every25th: number[];
  }
  const fixture = JSON.parse(
    readFileSync(new URL('../fixtures/models/published.json', import.meta.url), 'utf8'),
  ) as Record<string, Vector[]>;

  it.each([
    ['mobilenet_v2', 'mobilenet_v2_imagenet_torchvision.safetensors'],
    ['mobilenet_v2', 'mobilenet_v2_imagenet_torchvision.pth'],
    ['squeezenet1_1', 'squeezenet1_1_imagenet_onnxzoo.safetensors'],
    ['squeezenet1_1', 'squeezenet1_1_imagenet_onnxzoo.pth'],
  ])("%s from %s reproduces PyTorch, and the publishers' outputs as far as the file holds them", async (name, file) => {
    const spec = buildNet(name);
    const params = loadParameters(spec, await stateDict(join(folder, file)));
    for (const [index, vector] of fixture[name]!.entries()) {
      const input = readNpy(join(folder, 'test_vectors', name, `${index}_input.npy`));
      const published = [...readNpy(join(folder, 'test_vectors', name, `${index}_output.npy`)).data];
      const logits = tf.tidy(() => {
        const channelsFirst = tf.tensor4d(input.data, input.shape as [number, number, number, number]);
        return forward(spec, params, tf.transpose(channelsFirst, [0, 2, 3, 1]) as Tensor4D).output.dataSync();
      });
      const every25th = logits.filter((_: number, at: number) => at % 25 === 0);
      expect(largestError(every25th, vector.every25th)).toBeLessThan(1e-5);
      expect(largestError(logits, published)).toBeLessThan(vector.publishedDeviation + 1e-5);
      expect(logits.indexOf(Math.max(...logits))).toBe(published.indexOf(Math.max(...published)));
    }
    tf.dispose(params);
  });

  it('resnet20 of 2018 loads strictly, names and shapes', async () => {
    const spec = buildNet('resnet20');
    const params = loadParameters(spec, await stateDict(join(folder, 'resnet20_cifar10_akamaster-12fca82f.th')));
    expect(Object.keys(params)).toEqual(spec.params.map((param) => param.name));
    tf.dispose(params);
  });
});
