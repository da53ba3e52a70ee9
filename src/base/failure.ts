import { AnnealError, type ErrorData } from './errors.ts';

/** An error as data with its weight: 'input' is the user's to mend (exit code 2), 'failure' anything else (1). */
export type FailureData = ErrorData & { readonly kind: 'input' | 'failure' };

/** What the file system and the network say in their own codes, and that has words of ours. */
const systemCodes: Readonly<Record<string, 'input' | 'failure'>> = {
  EACCES: 'input',
  EPERM: 'input',
  EROFS: 'input',
  ENOENT: 'input',
  ENOTDIR: 'input',
  EISDIR: 'input',
  ENAMETOOLONG: 'input',
  ENOSPC: 'failure',
  EDQUOT: 'failure',
  EMFILE: 'failure',
  EIO: 'failure',
};

/** Any thrown value as data that can cross a process border; nothing is lost but the stack. */
export function toFailure(error: unknown): FailureData {
  if (error instanceof AnnealError) return { ...error.toData(), kind: error.kind };
  const detail = error instanceof Error ? error.message : String(error);
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') {
    const kind = systemCodes[error.code];
    const path = 'path' in error && typeof error.path === 'string' ? error.path : null;
    if (kind) return { code: `system.${error.code}`, params: { path, detail }, kind };
  }
  return { code: 'internal', params: { detail }, kind: 'failure' };
}

export function fromFailure(failure: FailureData): AnnealError {
  return new AnnealError(failure.code, failure.params, { kind: failure.kind });
}
