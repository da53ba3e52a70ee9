/** Values that an error's words are made of. Plain data: errors cross process borders. */
export type ErrorParams = Record<string, string | number | boolean | readonly string[] | null>;

/** An error as it crosses a process border; messages/ turns it into words. */
export interface ErrorData {
  readonly code: string;
  readonly params: ErrorParams;
}

/**
 * Every failure that a user can cause or meet. `code` is a key of messages/; `params` fill its words.
 * `exitCode` 2 marks wrong use or bad input, 1 anything else.
 */
export class AnnealError extends Error {
  readonly code: string;
  readonly params: ErrorParams;
  readonly kind: 'input' | 'failure';

  constructor(code: string, params: ErrorParams = {}, options: { kind?: 'input' | 'failure'; cause?: unknown } = {}) {
    super(`${code} ${JSON.stringify(params)}`, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'AnnealError';
    this.code = code;
    this.params = params;
    this.kind = options.kind ?? 'input';
  }

  toData(): ErrorData {
    return { code: this.code, params: this.params };
  }
}

/** Any thrown value as data; what is not ours becomes `internal` with the text it came with. */
export function toErrorData(error: unknown): ErrorData {
  if (error instanceof AnnealError) return error.toData();
  const detail = error instanceof Error ? error.message : String(error);
  return { code: 'internal', params: { detail } };
}
