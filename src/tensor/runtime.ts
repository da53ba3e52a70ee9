import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import util from 'node:util';
import * as tf from '@tensorflow/tfjs-core';
import { AnnealError } from '../base/errors.ts';
import type { NativeBackend } from './native.ts';

export interface Runtime {
  /** `native`: TensorFlow's C library. `wasm`: forward passes and small heads only, and several times slower. */
  readonly kind: 'native' | 'wasm';
  /** Version of TensorFlow's C library, or of the WASM back end. */
  readonly version: string;
  readonly threads: number;
  readonly devices: readonly ('cpu' | 'gpu')[];
  /** Why the native runtime does not serve; absent where it does. */
  readonly reason?: string;
}

export interface RuntimeOptions {
  /** Threads within one operation; default, and null: the processor's cores. */
  readonly threads?: number | null;
}

const require = createRequire(import.meta.url);
let loaded: Promise<Runtime> | null = null;

/**
 * Loads TensorFlow into this process, once: later calls give the runtime that is there, whatever their options.
 * Without the native add-on, or with ANNEAL_RUNTIME=wasm, it is the WASM back end and `reason` says why.
 */
export function loadRuntime(options: RuntimeOptions = {}): Promise<Runtime> {
  loaded ??= load(options);
  return loaded;
}

async function load(options: RuntimeOptions): Promise<Runtime> {
  const threads = options.threads ?? availableParallelism();
  if (process.env['ANNEAL_RUNTIME'] === 'wasm') return loadWasm(threads, 'ANNEAL_RUNTIME=wasm asks for it');
  try {
    return loadNative(threads);
  } catch (error) {
    return loadWasm(threads, firstLine(error));
  }
}

function loadNative(threads: number): Runtime {
  // Read by the C library when it is loaded; the banner must not reach users.
  process.env['TF_CPP_MIN_LOG_LEVEL'] ??= '3';
  process.env['TF_NUM_INTRAOP_THREADS'] ??= String(threads);
  // A second op beside the first fills the gaps that small ops leave (8 % of a ResNet-20 step); more fight for the caches.
  process.env['TF_NUM_INTEROP_THREADS'] ??= String(Math.min(2, threads));
  restoreUtilFunctions();
  require('@tensorflow/tfjs-node-gpu');
  const { binding } = tf.backend() as unknown as NativeBackend;
  return {
    kind: 'native',
    version: binding.TF_Version,
    threads,
    devices: binding.isUsingGpuDevice() ? ['cpu', 'gpu'] : ['cpu'],
  };
}

/** tfjs-node 4.22 calls two functions that Node 23 took away. */
function restoreUtilFunctions(): void {
  const old = util as unknown as Record<string, unknown>;
  old['isNullOrUndefined'] ??= (value: unknown) => value === null || value === undefined;
  old['isArray'] ??= Array.isArray;
}

async function loadWasm(threads: number, reason: string): Promise<Runtime> {
  try {
    const wasm = require('@tensorflow/tfjs-backend-wasm') as {
      setThreadsCount(count: number): void;
      version_wasm: string;
    };
    wasm.setThreadsCount(threads);
    // tf-core alone knows no gradients; the union package registers them. It is the add-on's dependency.
    createRequire(require.resolve('@tensorflow/tfjs-node-gpu/package.json'))('@tensorflow/tfjs');
    if (!(await tf.setBackend('wasm'))) throw new Error('the WASM back end did not start');
    await tf.ready();
    return { kind: 'wasm', version: wasm.version_wasm, threads, devices: ['cpu'], reason };
  } catch (error) {
    throw new AnnealError(
      'tensor.noRuntime',
      { native: reason, wasm: firstLine(error) },
      { kind: 'failure', cause: error },
    );
  }
}

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n')[0]!;
}
