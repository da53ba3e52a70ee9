import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { access, mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { AnnealError } from '../../src/base/errors.ts';
import { findPython } from './python.ts';
import { lastLines, runProcess } from './run-process.ts';
import { withLock } from './lock.ts';
import { TENSORFLOW_VERSION, wheels, type Wheel } from './wheels.ts';

export type Log = (line: string) => void;

/** TensorFlow's C library, unpacked: `${folder}/lib` and `${folder}/include`. */
export interface TensorflowRuntime {
  readonly folder: string;
  readonly libraries: readonly string[];
}

/**
 * Puts TensorFlow's C library into the cache folder, once a version and platform, and tells where it is.
 * The folder appears whole or not at all; a download that a killed setup left behind is used by the next one.
 */
export async function ensureTensorflowRuntime(cache: string, log: Log): Promise<TensorflowRuntime> {
  const wheel = wheelForThisComputer();
  const name = `tensorflow-${TENSORFLOW_VERSION}-${process.platform}-${process.arch}`;
  const folder = join(cache, name);
  const runtime = { folder, libraries: wheel.libraries };
  if (await exists(folder)) return runtime;
  await withLock(
    join(cache, `${name}.lock`),
    async () => {
      if (await exists(folder)) return;
      const downloads = join(cache, 'downloads', name);
      const path = await downloadWheel(wheel, downloads, log);
      await unpack(path, wheel, folder, cache, log);
      await rm(downloads, { recursive: true, force: true });
    },
    () => log('Waiting for another setup of Anneal to finish …'),
  );
  return runtime;
}

function wheelForThisComputer(): Wheel {
  const platform = `${process.platform}-${process.arch}`;
  const wheel = wheels[platform];
  if (!wheel) throw new AnnealError('setup.noRuntime', { platform, known: Object.keys(wheels) }, { kind: 'failure' });
  // A wheel is built against glibc; Alpine Linux and its kin have another C library.
  const header =
    process.platform === 'linux'
      ? (process.report.getReport() as { header?: { glibcVersionRuntime?: string } }).header
      : null;
  if (header && !header.glibcVersionRuntime) throw new AnnealError('setup.noGlibc', {}, { kind: 'failure' });
  return wheel;
}

/** Path of the wheel, its checksum verified. */
async function downloadWheel(wheel: Wheel, downloads: string, log: Log): Promise<string> {
  const kept = await findVerified(wheel, downloads);
  if (kept) return kept;
  const python = await findPython();
  await mkdir(downloads, { recursive: true });
  log(`Downloading TensorFlow ${TENSORFLOW_VERSION} (${wheel.megabytes} MB, once) …`);
  const showOutput = process.stderr.isTTY === true;
  // pip takes the wheel for Python 3.11 whatever Python is installed: only the C library in it is used.
  const args = [
    '-m',
    'pip',
    'download',
    '--no-deps',
    '--only-binary=:all:',
    '--no-cache-dir',
    '--disable-pip-version-check',
  ];
  args.push('--retries', '2', '--timeout', '20', '--platform', wheel.platform, '--python-version', '3.11');
  if (!showOutput) args.push('--quiet');
  const result = await runProcess(python, [...args, '--dest', downloads, `${wheel.project}==${TENSORFLOW_VERSION}`], {
    showOutput,
  });
  if (result.code !== 0) {
    throw new AnnealError('setup.downloadFailed', { detail: lastLines(result.output) }, { kind: 'failure' });
  }
  const path = await findVerified(wheel, downloads);
  if (path) return path;
  await rm(downloads, { recursive: true, force: true });
  throw new AnnealError(
    'setup.wrongChecksum',
    { file: `${wheel.project} ${TENSORFLOW_VERSION}`, sha256: wheel.sha256 },
    { kind: 'failure' },
  );
}

async function findVerified(wheel: Wheel, downloads: string): Promise<string | null> {
  const names = await readdir(downloads).catch(() => []);
  for (const name of names.filter((entry) => entry.endsWith('.whl'))) {
    const hash = createHash('sha256');
    await pipeline(createReadStream(join(downloads, name)), hash);
    if (hash.digest('hex') === wheel.sha256) return join(downloads, name);
  }
  return null;
}

async function unpack(path: string, wheel: Wheel, folder: string, cache: string, log: Log): Promise<void> {
  log('Unpacking its C library …');
  const python = await findPython();
  const prefix = `${basename(folder)}.unpacking-`;
  await removeLeftovers(cache, prefix);
  const temporary = await mkdtemp(join(cache, prefix));
  const script = fileURLToPath(new URL('./unpack-wheel.py', import.meta.url));
  const result = await runProcess(python, [script, path, temporary, ...wheel.libraries]);
  if (result.code !== 0) {
    await rm(temporary, { recursive: true, force: true });
    throw new AnnealError(
      'setup.unpackFailed',
      { folder: cache, detail: lastLines(result.output, 1) },
      { kind: 'failure' },
    );
  }
  await rename(temporary, folder);
}

/** What killed setups left half unpacked; called under the lock. */
async function removeLeftovers(cache: string, prefix: string): Promise<void> {
  for (const name of await readdir(cache)) {
    if (name.startsWith(prefix)) await rm(join(cache, name), { recursive: true, force: true });
  }
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
