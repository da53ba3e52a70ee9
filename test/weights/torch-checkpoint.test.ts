import { describe, expect, it } from 'vitest';
import { AnnealError } from '../../src/base/errors.ts';
import { describeError } from '../../src/messages/describe.ts';
import { toFloat32, type HostTensor } from '../../src/weights/host-tensor.ts';
import { stripPrefix } from '../../src/weights/parameter-names.ts';
import { readSafetensors } from '../../src/weights/safetensors.ts';
import { readWeights } from '../../src/weights/read-weights.ts';
import { sharedWeights } from '../support/shared.ts';
import { filled, fixture, formula, sameTensor } from './fixture.ts';

/** Values of a tensor of `shape` whose element at index [...] is the formula at `at(index)`. */
function gathered(shape: readonly number[], at: (index: readonly number[]) => number): number[] {
  const [size, ...rest] = shape;
  if (size === undefined) return [formula('float32', at([]))];
  return Array.from({ length: size }, (_, i) => gathered(rest, (index) => at([i, ...index]))).flat();
}

function expectViews(tensors: ReadonlyMap<string, HostTensor>): void {
  const expected: Record<string, [number[], (index: readonly number[]) => number]> = {
    base: [[6, 8], ([i, j]) => i! * 8 + j!],
    transposed: [[8, 6], ([i, j]) => j! * 8 + i!],
    row: [[8], ([j]) => 16 + j!],
    column: [[6], ([i]) => i! * 8 + 3],
    strided: [[3, 3], ([i, j]) => (1 + 2 * i!) * 8 + 3 * j!],
    permuted: [[4, 2, 3], ([k, i, j]) => (i! * 3 + j!) * 4 + k!],
    channels_last: [[2, 3, 4, 5], ([n, c, h, w]) => ((n! * 3 + c!) * 4 + h!) * 5 + w!],
  };
  expect([...tensors.keys()].sort()).toEqual(Object.keys(expected).sort());
  for (const [name, [shape, at]] of Object.entries(expected)) {
    expect(tensors.get(name)!.shape, name).toEqual(shape);
    expect([...toFloat32(tensors.get(name)!)], name).toEqual(gathered(shape, at));
  }
}

describe.each(['zip', 'legacy'])('torch checkpoints, %s format', (kind) => {
  it('hold the same tensors as the safetensors file of the same state_dict', async () => {
    const { tensors } = await readWeights(fixture(`plain.${kind}.pth`));
    const reference = await readSafetensors(fixture('plain.safetensors'));
    expect(tensors.size).toBe(14);
    for (const [name, tensor] of tensors) expect(sameTensor(tensor, reference.tensors.get(name)!), name).toBe(true);
  });

  it('give transposed, offset, strided and shared views in row-major order', async () => {
    expectViews((await readWeights(fixture(`views.${kind}.pth`))).tensors);
  });

  it('give tensors of one storage memory of their own', async () => {
    const { tensors } = await readWeights(fixture(`views.${kind}.pth`));
    tensors.get('base')!.data.fill(0 as never);
    expect([...toFloat32(tensors.get('row')!)]).toEqual(gathered([8], ([j]) => 16 + j!));
  });

  it('are found under state_dict beside an optimizer, and lose the prefix of DataParallel', async () => {
    const { tensors, metadata } = await readWeights(fixture(`checkpoint.${kind}.pth`));
    expect(metadata).toEqual({ epoch: '7', best: '0.5' });
    expectViews(stripPrefix(tensors));
  });
});

describe('torch checkpoints', () => {
  it.each(['module', 'parameters', 'protocol4'])('read what modules save: %s', async (name) => {
    const { tensors } = await readWeights(fixture(`${name}.zip.pth`));
    expect([...tensors.get('weight')!.data]).toEqual(filled([2, 3]));
    expect([...tensors.get('bias')!.data]).toEqual(filled([2]));
  });

  it('keep a prefix that not every name has', () => {
    expect([
      ...stripPrefix(
        new Map([
          ['module.a', 1],
          ['b', 2],
        ]),
      ).keys(),
    ]).toEqual(['module.a', 'b']);
  });

  it.each([
    ['hostile-system.pth', 'weights.forbiddenGlobal', 'posix.system'],
    ['hostile-legacy.pth', 'weights.forbiddenGlobal', 'posix.system'],
    ['hostile-eval.pth', 'weights.forbiddenGlobal', 'builtins.eval'],
    ['hostile-getattr.pth', 'weights.forbiddenGlobal', '__builtin__.getattr'],
    ['hostile-namespace.pth', 'weights.forbiddenGlobal', 'argparse.Namespace'],
    ['hostile-newobj.pth', 'weights.forbiddenOpcode', 'NEWOBJ'],
    ['hostile-inst.pth', 'weights.forbiddenOpcode', 'STRING'],
    ['hostile-ext.pth', 'weights.forbiddenOpcode', 'EXT1'],
    ['hostile-expanded.pth', 'weights.tooLarge', 'tensor "w"'],
    ['hostile-beyond.pth', 'weights.malformed', 'reaches past its storage'],
    ['hostile-missing-storage.pth', 'weights.malformed', 'no member "archive/data/0"'],
    ['hostile-bomb.pth', 'weights.tooLarge', 'member "archive/data.pkl"'],
  ])('refuse %s by name', async (name, code, words) => {
    const error: unknown = await readWeights(fixture(name)).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(AnnealError);
    const data = (error as AnnealError).toData();
    expect(data.code).toBe(code);
    expect(Object.values(describeError(data)).join(' ')).toContain(words);
  });

  it.each([
    ['an empty file', '', 'an empty file'],
    ['a Git LFS pointer', 'version https://git-lfs.github.com/spec/v1\noid sha256:0\n', 'git lfs pull'],
    ['a web page', '<!DOCTYPE html><html></html>', 'a web page'],
    [
      'a pickle of something else',
      '\x80\x04\x95\x0b\0\0\0\0\0\0\0]\x94(K\x01K\x02e.',
      'a pickle that torch.save did not write',
    ],
    ['an HDF5 file', '\x89HDF\r\n\x1a\n\0\0\0\0\0\0\0\0', 'HDF5'],
  ])('tell %s from weights', async (_, content, words) => {
    const error: unknown = await readWeights('file', Buffer.from(content, 'latin1')).catch((thrown: unknown) => thrown);
    expect((error as AnnealError).code).toBe('weights.unknownFormat');
    expect(Object.values(describeError((error as AnnealError).toData())).join(' ')).toContain(words);
  });
});

describe.skipIf(!sharedWeights)('published torch checkpoints (needs shared data)', () => {
  it.each(['mobilenet_v2_imagenet_torchvision', 'squeezenet1_1_imagenet_onnxzoo'])(
    '%s equals its safetensors copy',
    async (name) => {
      const { tensors } = await readWeights(`${sharedWeights}/${name}.pth`);
      const reference = await readSafetensors(`${sharedWeights}/${name}.safetensors`);
      expect(tensors.size).toBe(reference.tensors.size);
      for (const [key, tensor] of reference.tensors) expect(sameTensor(tensors.get(key)!, tensor), key).toBe(true);
    },
  );

  it('a legacy file of torch 0.4 with DataParallel names is read', async () => {
    const { tensors, metadata } = await readWeights(`${sharedWeights}/resnet20_cifar10_akamaster-12fca82f.th`);
    expect(metadata['best_prec1']).toBe('91.78000183105469');
    expect(stripPrefix(tensors).get('conv1.weight')!.shape).toEqual([16, 3, 3, 3]);
  });
});
