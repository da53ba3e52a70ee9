import { AnnealError } from '../base/errors.ts';

const codeOf = (error: unknown): string => (error instanceof Error && 'code' in error ? String(error.code) : '');

/** SQLite's and the file system's refusals as errors with words; anything else is passed on as it is. */
export function toStoreError(error: unknown, path: string): unknown {
  const code = codeOf(error);
  const wrap = (what: string, kind: 'input' | 'failure') =>
    new AnnealError(`store.${what}`, { path, code }, { kind, cause: error });
  if (code === 'SQLITE_NOTADB' || code.startsWith('SQLITE_CORRUPT')) return wrap('corrupt', 'failure');
  if (code.startsWith('SQLITE_FULL') || code === 'ENOSPC') return wrap('diskFull', 'failure');
  if (code.startsWith('SQLITE_READONLY') || code.startsWith('SQLITE_CANTOPEN') || code.startsWith('SQLITE_PERM'))
    return wrap('notWritable', 'input');
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') return wrap('notWritable', 'input');
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED')) return wrap('busy', 'failure');
  if (code.startsWith('SQLITE_IOERR')) return wrap('unreadable', 'failure');
  if (
    error instanceof Error &&
    /Could not locate the bindings|ERR_DLOPEN_FAILED|NODE_MODULE_VERSION/.test(`${code} ${error.message}`)
  )
    return wrap('noDriver', 'failure');
  return error;
}
