import { AnnealError } from '../base/errors.ts';
import type { Problem } from '../protocol/dataset.ts';

/** Larger files are not pictures that anyone trains on, and reading them whole would take their size in memory. */
export const maxFileBytes = 512 * 1024 * 1024;

/** What went wrong with one file, as an entry of the problem list without its path. */
export function asProblem(error: unknown): Pick<Problem, 'code' | 'params'> {
  if (error instanceof AnnealError) {
    const params: Record<string, string | number> = {};
    for (const [key, value] of Object.entries(error.params))
      params[key] = typeof value === 'number' ? value : String(value);
    return { code: error.code, params };
  }
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT' || code === 'ENOTDIR') return { code: 'data.missing', params: {} };
  if (code === 'EACCES' || code === 'EPERM') return { code: 'data.noPermission', params: {} };
  return { code: 'data.unreadable', params: { detail: code ?? message } };
}
