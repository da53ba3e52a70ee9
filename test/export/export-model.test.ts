import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { randomStream } from '../../src/base/random.ts';
import { writeModelFolder } from '../../src/ensemble/model-folder.ts';
import { exportModel, type ExportRequest } from '../../src/export/export-model.ts';
import { readSavedModel } from '../../src/graph/saved-model.ts';
import { loadRuntime } from '../../src/tensor/runtime.ts';
import { loadSavedModel } from '../../src/tensor/saved-model.ts';
import { tf } from '../../src/tensor/tf.ts';
import { uint8Tensor } from '../../src/tensor/ops/uint8.ts';
import { tinyDraft, tinyLabels } from '../support/tiny-model.ts';

let folder: string;
let pictures: string[];
beforeAll(async () => {
  await loadRuntime();
  folder = await mkdtemp(join(tmpdir(), 'anneal-export-'));
  await writeModelFolder(join(folder, 'run'), tinyDraft(true));
  pictures = await drawPictures(11);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Soft coloured blobs of many sizes and shapes, larger and smaller than the network's square. */
async function drawPictures(count: number): Promise<string[]> {
  const random = randomStream(1, 'blobs');
  const paths: string[] = [];
  for (let i = 0; i < count; i++) {
    const blob = Buffer.from(Float32Array.from({ length: 5 * 4 * 3 }, () => random.uniform() * 255).map(Math.round));
    const path = join(folder, `${i}.png`);
    const noise = Buffer.from(Uint8Array.from({ length: 60 }, (_, k) => blob[k % blob.length]! ^ random.integer(256)));
    const raw = { raw: { width: 5, height: 4, channels: 3 as const } };
    await sharp(noise, raw)
      .resize(20 + random.integer(120), 20 + random.integer(120), { fit: 'fill' })
      .toFile(path);
    paths.push(path);
  }
  return paths;
}

function request(overrides: Partial<ExportRequest>): ExportRequest {
  const model = { kind: 'run', runId: 'r', folder: join(folder, 'run') } as const;
  return {
    model,
    format: 'bundle',
    path: join(folder, 'x'),
    run: null,
    pictures,
    versions: { anneal: '0.1.0' },
    ...overrides,
  };
}

describe('exportModel', () => {
  it('writes a bundle that answers like the run, and says so', async () => {
    const path = join(folder, 'out', 'flowers.anneal');
    const before = tf.memory().numTensors;
    const report = await exportModel(request({ path }));
    expect(report).toMatchObject({
      format: 'bundle',
      path,
      verification: { pictures: 11, sameFirstChoice: 1, tolerance: 1e-4 },
    });
    // Compared with another way of computing: equal but for rounding.
    expect(report.verification.largestDifference).toBeLessThan(1e-6);
    expect((await readFile(path)).length).toBe(report.bytes);
    expect(await readdir(join(folder, 'out'))).toEqual(['flowers.anneal']);
    expect(tf.memory().numTensors).toBe(before);
    const again = await exportModel(
      request({ model: { kind: 'bundle', path }, path: join(folder, 'out', 'copy.anneal') }),
    );
    expect(again.verification.largestDifference).toBeLessThan(1e-6);
  });

  it('writes a SavedModel for uint8 pictures at the network’s size, any number of them', async () => {
    const path = join(folder, 'saved');
    const before = tf.memory().numTensors;
    const report = await exportModel(request({ format: 'savedmodel', path }));
    expect(report.verification.pictures).toBe(11);
    expect(report.verification.largestDifference).toBeLessThan(1e-5);
    expect(tf.memory().numTensors).toBe(before);
    expect((await readdir(path)).sort()).toEqual(['labels.txt', 'saved_model.pb', 'signature.json', 'variables']);
    expect(await readFile(join(path, 'labels.txt'), 'utf8')).toBe(`${tinyLabels.join('\n')}\n`);
    const { inputs, outputs } = readSavedModel(
      new Map([['saved_model.pb', await readFile(join(path, 'saved_model.pb'))]]),
    );
    expect(inputs).toMatchObject([{ name: 'images', dtype: 'uint8', shape: [-1, 24, 24, 3] }]);
    expect(outputs).toMatchObject([{ name: 'probabilities', dtype: 'float32', shape: [-1, 3] }]);
    expect(JSON.parse(await readFile(join(path, 'signature.json'), 'utf8'))).toMatchObject({
      labels: tinyLabels,
      inputs: { images: { shape: [null, 24, 24, 3] } },
    });
  });

  it.each(['bundle', 'savedmodel'] as const)('writes a calibrated ensemble that answers so: %s', async (format) => {
    const run = join(folder, `calibrated-${format}`);
    await writeModelFolder(run, tinyDraft(true, 1.9));
    const model = { kind: 'run', runId: 'r', folder: run } as const;
    const report = await exportModel(request({ model, format, path: join(folder, `calibrated.${format}`) }));
    expect(report.verification.largestDifference).toBeLessThan(1e-5);
  });

  it('with anySize takes pictures as they are and gives the same first choice', async () => {
    const path = join(folder, 'any');
    const { verification } = await exportModel(request({ format: 'savedmodel', path, options: { anySize: true } }));
    expect(verification.sameFirstChoice).toBeGreaterThanOrEqual(0.9);
    expect(verification.largestDifference).toBeLessThan(0.05);
    const loaded = await loadSavedModel(path);
    const sums = tf.tidy(() => {
      const two = uint8Tensor(new Uint8Array(2 * 50 * 31 * 3).fill(99), [2, 50, 31, 3]);
      return [...tf.sum(loaded.run({ images: two })['probabilities']!, 1).dataSync()];
    });
    expect(sums).toHaveLength(2);
    for (const sum of sums) expect(sum).toBeCloseTo(1, 5);
    loaded.dispose();
  });

  it('refuses an option that the format does not have before anything is written', async () => {
    const path = join(folder, 'never');
    await expect(exportModel(request({ path, options: { anySize: true } }))).rejects.toMatchObject({
      code: 'export.unknownOption',
    });
    expect(await readdir(folder)).not.toContain('never');
  });

  it('removes what a killed export left, and only that', async () => {
    const out = join(folder, 'killed');
    await mkdir(out);
    // No process has this number: above Linux' largest.
    await mkdir(join(out, '.m.anneal.99999999.0123abcd.tmp'));
    await writeFile(join(out, `.m.anneal.${process.pid}.0123abcd.tmp`), 'another export of this process');
    await writeFile(join(out, '.m.anneal.notes.tmp'), 'not ours');
    await exportModel(request({ path: join(out, 'm.anneal') }));
    expect((await readdir(out)).sort()).toEqual([
      `.m.anneal.${process.pid}.0123abcd.tmp`,
      '.m.anneal.notes.tmp',
      'm.anneal',
    ]);
  });

  it('refuses to overwrite, leaves nothing behind when it fails, and needs a readable picture', async () => {
    const path = join(folder, 'taken');
    await writeFile(path, 'mine');
    await expect(exportModel(request({ path }))).rejects.toMatchObject({ code: 'export.exists' });
    expect(await readFile(path, 'utf8')).toBe('mine');
    await expect(
      exportModel(request({ path: join(folder, 'new'), pictures: ['/none.jpg', path] })),
    ).rejects.toMatchObject({
      code: 'export.noPictures',
      params: { given: 2 },
    });
    await expect(exportModel(request({ path: join(path, 'below', 'a-file') }))).rejects.toMatchObject({
      code: 'export.cannotWrite',
    });
    await mkdir(join(folder, 'empty'));
    const missing = { kind: 'run', runId: 'r', folder: join(folder, 'empty') } as const;
    await expect(exportModel(request({ path: join(folder, 'new'), model: missing }))).rejects.toMatchObject({
      code: 'model.missing',
    });
    expect((await readdir(folder)).filter((name) => name.startsWith('.') || name === 'new')).toEqual([]);
  });
});
