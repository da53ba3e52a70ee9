import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { strToU8, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { runProcess } from '../../../build/setup/run-process.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const script = fileURLToPath(new URL('../../../build/setup/unpack-wheel.py', import.meta.url));
const hasPython = (await runProcess('python3', ['--version'])).code === 0;

const wheel = {
  'tensorflow/libtensorflow_cc.so.2': 'library',
  'tensorflow/include/tensorflow/c/c_api.h': 'header',
  'tensorflow/include/tensorflow/c/eager/c_api.h': 'eager header',
  'tensorflow/include/tensorflow/core/framework/op.h': 'not needed',
  'tensorflow/python/libtensorflow_cc.so.2': 'not the library',
  'tensorflow/include/tensorflow/c/../../../../../outside.h': 'hostile',
};

async function unpack(
  libraries: string[],
): Promise<{ code: number | null; output: string; root: string; folder: string }> {
  const root = temporaryFolder();
  const path = join(root, 'a.whl');
  await writeFile(
    path,
    zipSync(Object.fromEntries(Object.entries(wheel).map(([name, text]) => [name, strToU8(text)]))),
  );
  const target = join(root, 'a', 'b', 'unpacked');
  return { ...(await runProcess('python3', [script, path, target, ...libraries])), root, folder: target };
}

describe.skipIf(!hasPython)('unpack-wheel.py (needs Python)', () => {
  it('takes the libraries and the headers of the C interface, nothing else', async () => {
    const { code, root, folder } = await unpack(['libtensorflow_cc.so.2']);
    expect(code).toBe(0);
    expect(await readFile(join(folder, 'lib', 'libtensorflow_cc.so.2'), 'utf8')).toBe('library');
    const files = (await readdir(root, { recursive: true })).filter((name) => /\.(h|2)$/.test(name));
    const unpacked = [
      'include/tensorflow/c/c_api.h',
      'include/tensorflow/c/eager/c_api.h',
      'lib/libtensorflow_cc.so.2',
    ];
    expect(files.sort()).toEqual(unpacked.map((name) => join('a', 'b', 'unpacked', ...name.split('/'))));
  });

  it('fails with the name of a library that the wheel does not hold', async () => {
    const { code, output } = await unpack(['libtensorflow_cc.so.2', 'libother.so']);
    expect(code).toBe(1);
    expect(output).toContain('not in the wheel: libother.so');
  });
});
