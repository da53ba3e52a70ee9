import { existsSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { buildNet } from '../../src/models/index.ts';
import { sizeOf } from '../../src/base/size-of.ts';
import { openSafetensors } from '../../src/weights/safetensors.ts';
import { sha256OfFile } from '../../src/zoo/file-hash.ts';
import { decode } from '../../src/stored/kind.ts';
import { pretrainedFolder, readManifest, zooRecordKind } from '../../src/zoo/manifest.ts';

const models = await readManifest();

describe.each(models)('$name in the manifest', (model) => {
  it('has the preprocessing and the number of parameters of its architecture', () => {
    const spec = buildNet(model.architecture);
    expect(model.preprocessing).toEqual(spec.preprocessing);
    expect(model.classes).toBe(spec.classes);
    const trainable = spec.params.filter(({ name }) => !/running_(mean|var)$/.test(name));
    expect(trainable.reduce((sum, { shape }) => sum + sizeOf(shape), 0)).toBe(model.parameters);
  });

  it('comes with its licence', () => {
    expect(model.licence).toBe('Apache-2.0');
    expect(existsSync(join(pretrainedFolder, model.licenceFile!))).toBe(true);
  });
});

describe.each(models.filter(({ embedded }) => embedded))('the embedded $name', (model) => {
  const path = join(pretrainedFolder, model.file);

  it('is the file that the manifest describes', async () => {
    expect((await stat(path)).size).toBe(model.bytes);
    expect(await sha256OfFile(path)).toBe(model.sha256);
  });

  it('holds every parameter of its architecture under its name and with its shape, and no other', async () => {
    const file = await openSafetensors(path);
    await file.close();
    const given = [...file.entries].filter(([name]) => !name.endsWith('num_batches_tracked'));
    const wanted = buildNet(model.architecture).params;
    const shapes = (pairs: (readonly [string, readonly number[]])[]) => Object.fromEntries(pairs);
    expect(shapes(given.map(([name, { shape }]) => [name, shape]))).toEqual(
      shapes(wanted.map(({ name, shape }) => [name, shape])),
    );
  });
});

it('a record with a misspelt or a missing field is refused, and where is told', () => {
  const record = JSON.stringify({ ...models[0], sha256: 'abc' });
  expect(() => decode(zooRecordKind, record, 'manifest.json')).toThrow(/sha256/);
  expect(() => decode(zooRecordKind, '{', 'manifest.json')).toThrow('stored.damaged');
});
