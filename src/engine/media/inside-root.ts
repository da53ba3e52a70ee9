import { realpath } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { AnnealError } from '../../base/errors.ts';

/**
 * Where a path relative to `root` really lies, links followed.
 * @throws media.outside where that is not below the root; what `realpath` throws where it is nowhere
 */
export async function insideRoot(root: string, path: string): Promise<string> {
  const [base, real] = await Promise.all([realpath(root), realpath(join(root, path))]);
  const folder = base.endsWith(sep) ? base : base + sep;
  if (!real.startsWith(folder)) throw new AnnealError('media.outside', { path });
  return real;
}
