import { copyFileSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { centreCrop } from '../../../src/augment/apply.ts';
import { normalise } from '../../../src/tensor/ops/normalise.ts';
import { decodePicture, decodeTarget } from '../../../src/data/decode-picture.ts';
import { loadRuntime } from '../../../src/tensor/runtime.ts';
import { tf, type Tensor4D } from '../../../src/tensor/tf.ts';
import { makePictures } from '../../support/make-pictures.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { engineIn, openWhole } from '../../support/watched-engine.ts';

const wide = { classes: ['cat', 'dog'], perClass: 3, width: 400, height: 260, seed: 1 };

async function pixels(address: string): Promise<{ data: Buffer; width: number; height: number }> {
  const bytes = Buffer.from(address.slice(address.indexOf(',') + 1), 'base64');
  const { data, info } = await sharp(bytes).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height };
}

describe('a preview', () => {
  it('is exactly what the network is fed, with the crop in the pixels of the picture', async () => {
    const memory = temporaryFolder();
    const root = join(memory, 'pets');
    await makePictures(root, wide);
    const engine = engineIn(memory);
    const { dataset } = await openWhole(engine, root);
    const report = await engine.previewPictures({ dataset, paths: ['cat/00001.jpg'], draws: 0 });
    expect(report.problems).toEqual([]);
    const [backbone] = (await engine.zooList({})).filter(({ name }) => name === report.backbone);
    expect(report.inputSize).toBe(backbone!.inputSize);
    const [preview] = report.previews;
    expect(preview).toMatchObject({ path: 'cat/00001.jpg', width: 400, height: 260, draws: [] });
    const { crop } = preview!;
    expect(crop.width).toBeCloseTo(crop.height, 0);
    expect(crop.left + crop.width / 2).toBeCloseTo(200, -0.5);
    expect(crop.top + crop.height / 2).toBeCloseTo(130, -0.5);
    expect(crop.height).toBeLessThan(260);

    await loadRuntime({ threads: 1 });
    const { mean, std, inputSize } = report;
    const preprocessing = {
      inputSize,
      cropFraction: crop.height / 260,
      interpolation: 'bicubic',
      mean: mean as [number, number, number],
      std: std as [number, number, number],
    } as const;
    const { side } = decodeTarget(preprocessing);
    const square = await decodePicture(join(root, 'cat/00001.jpg'), decodeTarget(preprocessing));
    const fed = normalise(
      centreCrop(tf.tensor4d(square, [1, side, side, 3], 'float32') as Tensor4D, inputSize),
      preprocessing,
    );
    const back = fed.dataSync().map((value, i) => Math.round((value * std[i % 3]! + mean[i % 3]!) * 255));
    const seen = await pixels(preview!.input);
    expect([seen.width, seen.height]).toEqual([inputSize, inputSize]);
    expect(Buffer.from(Uint8Array.from(back)).equals(seen.data)).toBe(true);
  });

  it('draws by seed and picture: equal seeds agree, others differ, and what else is asked for changes nothing', async () => {
    const memory = temporaryFolder();
    await makePictures(join(memory, 'pets'), wide);
    const engine = engineIn(memory);
    const { dataset } = await openWhole(engine, join(memory, 'pets'));
    const draw = async (paths: string[], seed: number, config?: Record<string, unknown>) => {
      const more = config ? { config } : {};
      return (await engine.previewPictures({ dataset, paths, draws: 3, seed, ...more })).previews.map(
        ({ draws }) => draws,
      );
    };
    const first = (await draw(['cat/00000.jpg'], 1))[0]!;
    expect(new Set(first).size).toBe(3);
    expect((await draw(['dog/00000.jpg', 'cat/00000.jpg'], 1))[1]).toEqual(first);
    expect((await draw(['cat/00000.jpg'], 2))[0]).not.toEqual(first);
    const size = 64;
    const config = { augment: { mode: 'online', cropMinScale: 1, brightness: 0.5 }, model: { inputSize: size } };
    const [bright] = await draw(['cat/00000.jpg'], 1, config);
    expect(await pixels(bright![0]!)).toMatchObject({ width: size, height: size });
    const none = await engine.previewPictures({
      dataset,
      paths: ['cat/00000.jpg'],
      draws: 2,
      config: { augment: { mode: 'none' } },
    });
    expect(none.previews[0]!.draws).toEqual([none.previews[0]!.input, none.previews[0]!.input]);
    const flipped = { augment: { mode: 'online', cropMinScale: 1, flip: true }, model: { inputSize: size } };
    const [mirrors] = await draw(['cat/00000.jpg'], 3, flipped);
    expect(mirrors!.every((picture) => picture.startsWith('data:image/jpeg;base64,'))).toBe(true);
    await expect(draw(['cat/00000.jpg'], 1, { augment: { colour: 3 } })).rejects.toMatchObject({
      code: 'config.unknownKey',
    });
  });

  it('takes the normalisation of random weights from the training pictures', async () => {
    const memory = temporaryFolder();
    await makePictures(join(memory, 'pets'), { ...wide, perClass: 6 });
    const engine = engineIn(memory);
    const { dataset } = await openWhole(engine, join(memory, 'pets'));
    const config = { preset: 'scratch', model: { backbone: 'resnet20', pretrained: false, inputSize: 32 } };
    const report = await engine.previewPictures({ dataset, paths: ['cat/00000.jpg'], draws: 1, config });
    expect(report).toMatchObject({ backbone: null, inputSize: 32 });
    for (const value of [...report.mean, ...report.std]) {
      expect(value).toBeGreaterThan(0.02);
      expect(value).toBeLessThan(0.9);
    }
  });

  it('tells what cannot be shown, and shows nothing from outside the folder', async () => {
    const memory = temporaryFolder();
    const root = join(memory, 'pets');
    await makePictures(root, wide);
    mkdirSync(join(memory, 'private'));
    copyFileSync(join(root, 'cat/00000.jpg'), join(memory, 'private', 'photo.jpg'));
    symlinkSync(join(memory, 'private', 'photo.jpg'), join(root, 'cat', 'link.jpg'));
    const engine = engineIn(memory);
    const { dataset } = await openWhole(engine, root);
    writeFileSync(join(root, 'cat/00002.jpg'), 'broken meanwhile');
    const paths = ['cat/00000.jpg', 'cat/00002.jpg', 'cat/link.jpg'];
    const { previews, problems } = await engine.previewPictures({ dataset, paths, draws: 0 });
    expect(previews.map(({ path }) => path)).toEqual(['cat/00000.jpg']);
    expect(problems.map(({ path, code }) => [path, code])).toEqual([
      ['cat/link.jpg', 'media.outside'],
      ['cat/00002.jpg', 'data.notAPicture'],
    ]);
    await expect(engine.previewPictures({ dataset, paths: ['../private/photo.jpg'] })).rejects.toMatchObject({
      code: 'dataset.unknownPicture',
    });
  });
});
