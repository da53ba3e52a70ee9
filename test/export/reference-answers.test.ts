import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { randomStream } from '../../src/base/random.ts';
import { decodeTarget } from '../../src/data/decode-picture.ts';
import type { EnsembleModel } from '../../src/ensemble/ensemble-model.ts';
import { readModelFolder, writeModelFolder, type ModelFiles } from '../../src/ensemble/model-folder.ts';
import { createPredictor } from '../../src/ensemble/predictor.ts';
import { referenceAnswers } from '../../src/export/reference-answers.ts';
import { compareAnswers, probabilityTolerance, type VerificationPictures } from '../../src/export/verify.ts';
import type { NetSpec } from '../../src/models/net-spec.ts';
import { loadRuntime } from '../../src/tensor/runtime.ts';
import { float32Tensor, toFloat32 } from '../../src/weights/host-tensor.ts';
import { expectNoTensorLeak } from '../support/tensor-leak.ts';
import { tinyDraft, tinyLabels } from '../support/tiny-model.ts';

let folder: string;
beforeAll(async () => {
  await loadRuntime();
  folder = await mkdtemp(join(tmpdir(), 'anneal-reference-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const count = 11;

async function model(shared: boolean, temperature = 1): Promise<ModelFiles> {
  const place = join(folder, `${shared}-${temperature}`);
  await writeModelFolder(place, tinyDraft(shared, temperature));
  return readModelFolder(place);
}

function noise({ preprocessing }: EnsembleModel): VerificationPictures {
  const { side } = decodeTarget(preprocessing);
  const random = randomStream(2, 'noise');
  const squares = Uint8Array.from({ length: count * side * side * 3 }, () => random.integer(256));
  return { squares, paths: Array.from({ length: count }, (_, i) => `${i}`) };
}

/** How far the product's answers on `files` are from the reference's on what is really stored. */
async function difference(stored: ModelFiles, files: ModelFiles): Promise<number> {
  const pictures = noise(stored.model);
  const predictor = await createPredictor(files);
  const received = predictor.probabilities(pictures.squares, count).ensemble;
  predictor.dispose();
  const expected = await referenceAnswers(stored, pictures);
  return compareAnswers(expected, received, tinyLabels.length, probabilityTolerance).largestDifference;
}

describe('the reference of an export', () => {
  it.each([true, false])('answers as the compiled, folded ensemble does (shared trunk: %s)', async (shared) => {
    const files = await model(shared);
    expect(await difference(files, files)).toBeLessThan(1e-6);
  });

  it('divides by the temperature as the ensemble does, and finds one that is left out', async () => {
    const files = await model(true, 1.8);
    expect(await difference(files, files)).toBeLessThan(1e-6);
    const without = { ...files, model: { ...files.model, temperature: 1 } };
    expect(await difference(files, without)).toBeGreaterThan(probabilityTolerance);
  });

  it('gives probabilities, and leaves no tensor behind', async () => {
    const files = await model(true);
    const answers = await expectNoTensorLeak(() => referenceAnswers(files, noise(files.model)));
    expect(answers).toHaveLength(count * tinyLabels.length);
    for (let i = 0; i < count; i++)
      expect(answers[3 * i]! + answers[3 * i + 1]! + answers[3 * i + 2]!).toBeCloseTo(1, 6);
  });

  it('finds a fault of folding: batch norms that are folded with a wrong epsilon', async () => {
    const files = await model(true);
    const nodes = files.model.spec.nodes.map((node) => (node.op === 'batchNorm' ? { ...node, epsilon: 0.05 } : node));
    const spec: NetSpec = { ...files.model.spec, nodes };
    expect(await difference(files, { ...files, model: { ...files.model, spec } })).toBeGreaterThan(
      probabilityTolerance,
    );
  });

  it('finds a fault of loading: running means and shifts that are taken for one another', async () => {
    const files = await model(false);
    const weights: ModelFiles['weights'] = async (file) => {
      const tensors = new Map(await files.weights(file));
      const [mean, shift] = [tensors.get('norm.running_mean')!, tensors.get('norm.bias')!];
      return tensors.set('norm.running_mean', shift).set('norm.bias', mean);
    };
    expect(await difference(files, { ...files, weights })).toBeGreaterThan(probabilityTolerance);
  });

  it('finds a fault of layout: filters that are mirrored', async () => {
    const files = await model(false);
    const weights: ModelFiles['weights'] = async (file) => {
      const tensors = new Map(await files.weights(file));
      const filters = tensors.get('deep.weight')!;
      return tensors.set('deep.weight', float32Tensor(filters.shape, toFloat32(filters).toReversed()));
    };
    expect(await difference(files, { ...files, weights })).toBeGreaterThan(probabilityTolerance);
  });

  it('finds a member that is counted with another share', async () => {
    const files = await model(true);
    const members = files.model.members.map((member) => ({ ...member, weight: 1 }));
    expect(await difference(files, { ...files, model: { ...files.model, members } })).toBeGreaterThan(
      probabilityTolerance,
    );
  });

  it('does not read what no longer is what was written', async () => {
    const files = await model(false);
    await writeFile(join(folder, 'false-1', files.model.members[0]!.file), 'other');
    await expect(referenceAnswers(files, noise(files.model))).rejects.toMatchObject({ code: 'model.checksum' });
  });
});
