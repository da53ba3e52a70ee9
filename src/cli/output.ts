import type { FailureData } from '../base/failure.ts';
import { describeError } from '../messages/describe.ts';

/**
 * Where words go. For people: results on stdout with one line that is redrawn on a terminal. With --json: one object a line on
 * stdout. Errors and notes go to stderr in both. A reader that closes its end (`| head`) stops nothing: writing goes nowhere.
 */
export interface Output {
  readonly json: boolean;
  /** Whether a line can be redrawn. */
  readonly live: boolean;
  /** A line for people; nothing with --json. */
  line(text?: string): void;
  /** Replaces the line being redrawn; '' takes it away. On a terminal only. */
  status(text: string): void;
  /** One JSON object on its line; nothing without --json. */
  object(value: object): void;
  /** For the log: stderr. */
  note(text: string): void;
  error(failure: FailureData): void;
}

export function createOutput(json: boolean): Output {
  const { stdout, stderr } = process;
  for (const stream of [stdout, stderr]) stream.on('error', swallowClosed);
  const live = !json && stdout.isTTY === true && process.env['TERM'] !== 'dumb';
  let shown = false;
  const clear = (): void => {
    if (shown) stdout.write('\r\u001b[2K');
    shown = false;
  };
  return {
    json,
    live,
    line: (text = '') => {
      if (json) return;
      clear();
      stdout.write(`${text}\n`);
    },
    status: (text) => {
      if (!live) return;
      clear();
      if (text === '') return;
      stdout.write(text.slice(0, Math.max(20, (stdout.columns || 80) - 1)));
      shown = true;
    },
    object: (value) => {
      if (json) stdout.write(`${JSON.stringify(value)}\n`);
    },
    note: (text) => {
      clear();
      stderr.write(`${text}\n`);
    },
    error: (failure) => {
      const { message, expected, received, hint } = describeError(failure);
      if (json)
        stdout.write(`${JSON.stringify({ type: 'error', code: failure.code, message, expected, received, hint })}\n`);
      clear();
      stderr.write(`Error: ${message}\n`);
      if (expected !== undefined) stderr.write(`  expected: ${expected}\n`);
      if (received !== undefined) stderr.write(`  received: ${received}\n`);
      if (hint !== undefined) stderr.write(`  ${hint}\n`);
    },
  };
}

function swallowClosed(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE' && error.code !== 'EIO' && error.code !== 'ERR_STREAM_DESTROYED') throw error;
}
