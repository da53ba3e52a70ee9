import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { toErrorData, type ErrorData } from '../../src/base/errors.ts';
import { describeError } from '../../src/messages/describe.ts';
import { cacheFolder } from './cache-folder.ts';
import { ensureSqliteAddon, hasSqliteAddon } from './sqlite-addon.ts';
import { readStamp, recentProblem, writeStamp } from './stamp.ts';
import { ensureTensorflowAddon, hasTensorflowAddon } from './tensorflow-addon.ts';
import type { Log } from './tensorflow-runtime.ts';

interface PartReport {
  readonly ready: boolean;
  readonly problem: ErrorData | null;
}

export interface SetupReport {
  /** Without it the WASM back end computes: prediction, frozen features and heads, no fine-tuning. */
  readonly tensorflow: PartReport;
  /** Without it nothing can be stored, so nothing can run. */
  readonly sqlite: PartReport;
  readonly cacheFolder: string;
  readonly seconds: number;
}

export interface SetupOptions {
  /** Progress and problems, for people; belongs on stderr. */
  readonly log: Log;
  /** Try again what failed a short time ago. */
  readonly retry?: boolean;
  readonly nodeModules?: string;
  readonly cache?: string;
}

const ownNodeModules = fileURLToPath(new URL('../../node_modules', import.meta.url));

/**
 * Makes the native parts ready: TensorFlow's C library and add-on, SQLite's add-on. Returns in a few milliseconds when nothing
 * is to do. Never throws for a part that is impossible here: the report names it, and `log` has heard a sentence.
 */
export async function ensureSetup(options: SetupOptions): Promise<SetupReport> {
  const { log, retry = false, nodeModules = ownNodeModules, cache = cacheFolder() } = options;
  const start = performance.now();
  const stamp = readStamp(nodeModules);
  const tensorflowPackage = join(nodeModules, '@tensorflow', 'tfjs-node-gpu');

  // Side by side: one is mostly a download, the other one long compilation.
  const [tensorflow, sqlite] = await Promise.all([
    ensurePart({
      present: stamp !== null && hasTensorflowAddon(tensorflowPackage),
      known: retry ? null : recentProblem(stamp, 'tensorflow'),
      make: () => ensureTensorflowAddon(tensorflowPackage, cache, log),
      cache,
    }),
    ensurePart({
      present: stamp !== null && hasSqliteAddon(nodeModules),
      known: retry ? null : recentProblem(stamp, 'sqlite'),
      make: () => ensureSqliteAddon(nodeModules, cache, log),
      cache,
    }),
  ]);

  const problems = [tensorflow.problem, sqlite.problem].filter((problem) => problem !== null);
  for (const line of new Set(problems.map(sentence))) log(line);
  if (tensorflow.tried || sqlite.tried) {
    await writeStamp(nodeModules, { tensorflow: tensorflow.problem, sqlite: sqlite.problem });
  }
  return {
    tensorflow: { ready: tensorflow.problem === null, problem: tensorflow.problem },
    sqlite: { ready: sqlite.problem === null, problem: sqlite.problem },
    cacheFolder: cache,
    seconds: (performance.now() - start) / 1000,
  };
}

interface Part {
  readonly present: boolean;
  readonly known: ErrorData | null;
  readonly make: () => Promise<void>;
  readonly cache: string;
}

async function ensurePart({
  present,
  known,
  make,
  cache,
}: Part): Promise<{ tried: boolean; problem: ErrorData | null }> {
  if (present) return { tried: false, problem: null };
  let problem = known;
  if (!known) {
    try {
      await make();
    } catch (error) {
      problem = toProblem(error, cache);
    }
  }
  return { tried: known === null, problem };
}

/** What the file system refused is said as that, not as a defect of ours. */
function toProblem(error: unknown, cache: string): ErrorData {
  if (error instanceof Error && 'syscall' in error) {
    return { code: 'setup.filesRefused', params: { folder: cache, detail: error.message } };
  }
  return toErrorData(error);
}

function sentence(problem: ErrorData): string {
  const { message, hint } = describeError(problem);
  return hint ? `${message} ${hint}` : message;
}
