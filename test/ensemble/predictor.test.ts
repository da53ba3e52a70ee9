import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { randomStream } from '../../src/base/random.ts';
import { readModelFolder, writeModelFolder, type EnsembleDraft } from '../../src/ensemble/model-folder.ts';
import { createPredictor } from '../../src/ensemble/predictor.ts';
import { forward } from '../../src/nn/forward.ts';
import { loadParameters } from '../../src/nn/load-parameters.ts';
import { withPortableOps } from '../../src/tensor/native.ts';
import { loadRuntime } from '../../src/tensor/runtime.ts';
import { tf } from '../../src/tensor/tf.ts';
import { toFloat32, type HostTensor } from '../../src/weights/host-tensor.ts';
import { tinyDraft } from '../support/tiny-model.ts';

const side = 27;
const size = 24;
let folder: string;
beforeAll(async () => {
  await loadRuntime();
  folder = await mkdtemp(join(tmpdir(), 'anneal-predictor-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

function pictures(n: number): Uint8Array {
  const random = randomStream(n, 'pictures');
  return Uint8Array.from({ length: n * side * side * 3 }, () => random.integer(256));
}

/** The definition, picture by picture: crop and normalise in a loop, batch norm unfolded, portable ops, mean in float64. */
function byDefinition(draft: EnsembleDraft, batch: Uint8Array, n: number): { members: number[][]; ensemble: number[] } {
  const { spec, preprocessing } = draft;
  const input = new Float32Array(n * size * size * 3);
  for (let i = 0; i < input.length; i++) {
    const channel = i % 3;
    const column = Math.floor(i / 3) % size;
    const row = Math.floor(i / 3 / size) % size;
    const picture = Math.floor(i / 3 / size / size);
    // (27 − 24) / 2 = 1.5 goes to the even neighbour, 2.
    const value = batch[((picture * side + row + 2) * side + column + 2) * 3 + channel]!;
    input[i] = (value / 255 - preprocessing.mean[channel]!) / preprocessing.std[channel]!;
  }
  const averaged = draft.members.filter(({ weight }) => weight > 0);
  const members = averaged.map(({ tensors }) =>
    tf.tidy(() => {
      const all = { ...draft.trunk?.tensors, ...tensors } as Record<string, HostTensor>;
      const state = Object.fromEntries(
        Object.entries(all).map(([name, tensor]) => [name, { shape: tensor.shape, data: toFloat32(tensor) }]),
      );
      const logits = withPortableOps(
        () => forward(spec, loadParameters(spec, state), tf.tensor4d(input, [n, size, size, 3])).output,
      );
      return [...tf.softmax(tf.div(logits, draft.temperature)).dataSync()];
    }),
  );
  const ensemble = members[0]!.map((_, i) => (members[0]![i]! + 2 * members[1]![i]!) / 3);
  return { members, ensemble };
}

function largestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  expect(a.length).toBe(b.length);
  return Math.max(...Array.from(a, (value, i) => Math.abs(value - b[i]!)));
}

describe('predictor', () => {
  it.each([
    [true, 1],
    [false, 1],
    [true, 1.7],
    [false, 0.6],
  ])(
    'gives every member’s probabilities and their weighted mean (shared trunk: %s, temperature %d)',
    async (shared, temperature) => {
      const draft = tinyDraft(shared, temperature);
      const place = join(folder, `${shared}-${temperature}`);
      await writeModelFolder(place, draft);
      const predictor = await createPredictor(await readModelFolder(place), { batchSize: 4 });
      expect(predictor).toMatchObject({ side, memberNames: ['cycle-1', 'cycle-2'], labels: draft.labels });
      const batch = pictures(6);
      const { members, ensemble } = predictor.probabilities(batch, 6);
      const expected = byDefinition(draft, batch, 6);
      expect(largestDifference(ensemble, expected.ensemble)).toBeLessThan(1e-5);
      members.forEach((member, i) => expect(largestDifference(member, expected.members[i]!)).toBeLessThan(1e-5));
      // The members disagree, or the mean would prove nothing.
      expect(largestDifference(members[0]!, members[1]!)).toBeGreaterThan(0.03);
      predictor.dispose();
    },
  );

  it('answers for a picture whatever its company, in whole and padded batches, and keeps no tensor', async () => {
    await writeModelFolder(join(folder, 'company'), tinyDraft(true));
    const before = tf.memory().numTensors;
    const predictor = await createPredictor(await readModelFolder(join(folder, 'company')), { batchSize: 3 });
    const batch = pictures(7);
    const all = predictor.probabilities(batch, 7).ensemble;
    for (let i = 0; i < 7; i++) {
      const alone = predictor.probabilities(batch.subarray(i * side * side * 3, (i + 1) * side * side * 3), 1).ensemble;
      expect(largestDifference(alone, all.subarray(i * 3, i * 3 + 3))).toBeLessThan(1e-6);
    }
    expect(predictor.probabilities(new Uint8Array(0), 0).ensemble).toHaveLength(0);
    expect(() => predictor.probabilities(batch, 6)).toThrow('model.pictureSize');
    predictor.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });
});
