import { readFileSync } from 'node:fs';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { ErrorData } from '../../src/base/errors.ts';
import { TENSORFLOW_VERSION } from './wheels.ts';

/** A part that failed is not tried again for this long, so that `npm start` without a network does not wait each time. */
const RETRY_AFTER_MS = 60 * 60_000;

/** What the last setup of this node_modules came to. */
export interface Stamp {
  readonly key: string;
  /** Milliseconds since 1970. */
  readonly time: number;
  readonly problems: { readonly tensorflow: ErrorData | null; readonly sqlite: ErrorData | null };
}

/** All that a native part in node_modules depends on. */
function stampKey(): string {
  const { platform, arch, versions } = process;
  return [TENSORFLOW_VERSION, platform, arch, `abi-${versions.modules}`].join(' ');
}

const pathIn = (nodeModules: string): string => join(nodeModules, '.cache', 'anneal', 'setup.json');

/** The stamp if it is about this Node and TensorFlow, else null. */
export function readStamp(nodeModules: string): Stamp | null {
  try {
    const stamp = JSON.parse(readFileSync(pathIn(nodeModules), 'utf8')) as Stamp;
    return stamp.key === stampKey() ? stamp : null;
  } catch {
    return null;
  }
}

export async function writeStamp(nodeModules: string, problems: Stamp['problems']): Promise<void> {
  const path = pathIn(nodeModules);
  const stamp: Stamp = { key: stampKey(), time: Date.now(), problems };
  await mkdir(dirname(path), { recursive: true });
  await writeFile(`${path}.${process.pid}.tmp`, JSON.stringify(stamp));
  await rename(`${path}.${process.pid}.tmp`, path);
}

/** A problem met so recently that trying again would only cost time; null if there is none. */
export function recentProblem(stamp: Stamp | null, part: keyof Stamp['problems']): ErrorData | null {
  return stamp && Date.now() - stamp.time < RETRY_AFTER_MS ? stamp.problems[part] : null;
}
