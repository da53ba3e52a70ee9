import { resolve } from 'node:path';
import { toFailure } from '../base/failure.ts';
import { Throttle } from '../base/throttle.ts';
import { describeError } from '../messages/describe.ts';
import type { Engine } from '../engine/create-engine.ts';
import type { SetupRuntime } from '../engine/engine-context.ts';
import type { Progress } from '../protocol/lane-job.ts';
import { defaultWorkspace } from '../engine/default-workspace.ts';
import { exitCodes } from './exit-codes.ts';
import { createOutput, type Output } from './output.ts';
import { progressText } from './progress-text.ts';

/** Options that every command takes. */
export interface CommonOptions {
  readonly json?: boolean;
  readonly out?: string;
  readonly workspace?: string;
  readonly threads?: number;
}

/** Of commands that ask a model. */
export interface UseOptions {
  /** False: probabilities without the model's temperature. */
  readonly calibration: boolean;
}

export interface Session {
  readonly engine: Engine;
  readonly output: Output;
  /** Absolute. */
  readonly workspace: string;
  /** For the progress of a command on the terminal's status line, and with --json as lines. */
  readonly hooks: { readonly progress: (progress: Progress) => void; readonly signal: AbortSignal };
  /** Aborted by the first Ctrl-C. */
  readonly signal: AbortSignal;
}

/**
 * Runs one command with an engine of its workspace and gives the process its exit code. The first Ctrl-C (or SIGTERM, or a
 * closed terminal) asks for a stop behind a checkpoint, the second ends everything now.
 */
export async function withEngine(options: CommonOptions, work: (session: Session) => Promise<number>): Promise<void> {
  const output = createOutput(options.json === true);
  const abort = new AbortController();
  let engine: Engine | undefined;
  const interrupt = (): void => {
    if (abort.signal.aborted) {
      engine?.kill();
      process.exit(exitCodes.interrupted);
    }
    output.note('Stopping behind a checkpoint. Press Ctrl-C again to end at once.');
    abort.abort();
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, interrupt);
  try {
    await ensureNativeParts(output);
    const { createEngine } = await import('../engine/create-engine.ts');
    const workspace = resolve(options.workspace ?? options.out ?? defaultWorkspace());
    engine = createEngine({ workspace, ...threadsOf(options), ...(await setupOfClone()) });
    const hooks = { progress: throttled(output), signal: abort.signal };
    process.exitCode = await work({ engine, output, workspace, hooks, signal: abort.signal });
    output.status('');
  } catch (error) {
    output.status('');
    if (abort.signal.aborted && error instanceof Error && error.name === 'LaneStopped')
      process.exitCode = exitCodes.interrupted;
    else process.exitCode = fail(output, error);
  } finally {
    await engine?.close().catch(() => undefined);
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.off(signal, interrupt);
  }
}

/** Tells an error in words and gives its exit code. Stacks are for ANNEAL_DEBUG alone. */
export function fail(output: Output, error: unknown): number {
  if (process.env['ANNEAL_DEBUG'] && error instanceof Error) output.note(error.stack ?? error.message);
  const failure = toFailure(error);
  output.error(failure);
  return failure.kind === 'input' ? exitCodes.wrongUse : exitCodes.failed;
}

/** In a clone the native parts are made when they are missing; a packaged application carries them. */
async function ensureNativeParts(output: Output): Promise<void> {
  if (!import.meta.url.endsWith('.ts')) return;
  const { ensureSetup } = await import('../../build/setup/ensure-setup.ts');
  // What cannot be made is told when it is needed: a store without its driver, a lane without TensorFlow.
  await ensureSetup({ log: (line) => output.note(line) }).catch((error: unknown) => {
    output.note(describeError(toFailure(error)).message);
  });
}

function threadsOf({ threads }: CommonOptions): { threads?: number } {
  return threads === undefined ? {} : { threads };
}

/** A packaged application carries its runtime; a clone can make it. */
async function setupOfClone(): Promise<{ setup?: SetupRuntime }> {
  if (!import.meta.url.endsWith('.ts')) return {};
  return { setup: (await import('./setup-runtime.ts')).setupRuntime };
}

function throttled(output: Output): (progress: Progress) => void {
  const throttle = new Throttle(100);
  return (progress) => {
    if (!throttle.passes() && progress.done < progress.total) return;
    output.status(progressText(progress));
    output.object({ type: 'phaseProgressed', ...progress });
  };
}
