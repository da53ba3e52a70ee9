import { cp, mkdir, mkdtemp, rename, rm, writeFile, copyFile, access } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { AnnealError } from '../../src/base/errors.ts';
import { withLock } from './lock.ts';
import { lastLines, runProcess } from './run-process.ts';
import type { Log } from './tensorflow-runtime.ts';

export interface NativeBuild {
  /** For people. */
  readonly name: string;
  /** Name of the built file in the cache: says all that the binary depends on. */
  readonly key: string;
  /** The npm package, copied before it is built, so that node_modules is never half built. */
  readonly packageFolder: string;
  /** What node-gyp leaves, relative to the package. */
  readonly product: string;
  readonly gypArguments: readonly string[];
  readonly seconds: number;
  readonly env?: NodeJS.ProcessEnv;
  /** Runs in the copy before node-gyp. */
  prepare?(folder: string): Promise<void>;
}

/** The path in the cache of an add-on, built now if it is not there. Throws `setup.noCompiler` or `setup.buildFailed`. */
export async function ensureBuilt(build: NativeBuild, cache: string, log: Log): Promise<string> {
  const built = join(cache, 'addons', `${build.key}.node`);
  if (existsSync(built)) return built;
  await withLock(
    join(cache, `${build.key}.lock`),
    async () => {
      if (!existsSync(built)) await compile(build, built, cache, log);
    },
    () => log(`Waiting for another setup that builds ${build.name} …`),
  );
  return built;
}

async function compile(build: NativeBuild, built: string, cache: string, log: Log): Promise<void> {
  await requireCompiler(build.name);
  log(`Building ${build.name} (about ${build.seconds} s, once) …`);
  const folder = await mkdtemp(join(tmpdir(), 'anneal-build-'));
  try {
    await cp(build.packageFolder, folder, {
      recursive: true,
      filter: (path) => !isBuildOutput(path, build.packageFolder),
    });
    await build.prepare?.(folder);
    const nodeGyp = createRequire(import.meta.url).resolve('node-gyp/bin/node-gyp.js');
    const args = [nodeGyp, 'rebuild', ...build.gypArguments, ...headerArguments()];
    const result = await runProcess(process.execPath, args, { cwd: folder, ...(build.env && { env: build.env }) });
    if (result.code !== 0 || !existsSync(join(folder, build.product))) {
      const logFile = join(cache, `${build.key}.log`);
      await writeFile(logFile, result.output);
      const detail = lastLines(
        result.output
          .split('\n')
          .filter((line) => /error/i.test(line))
          .join('\n'),
        1,
      );
      throw new AnnealError('setup.buildFailed', { name: build.name, detail, logFile }, { kind: 'failure' });
    }
    await install(join(folder, build.product), built);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Copies a file so that it appears whole or not at all. */
export async function install(from: string, to: string): Promise<void> {
  await mkdir(dirname(to), { recursive: true });
  const temporary = `${to}.${process.pid}.tmp`;
  await copyFile(from, temporary);
  await rename(temporary, to);
}

function isBuildOutput(path: string, packageFolder: string): boolean {
  const inside = path.slice(packageFolder.length + 1).replaceAll('\\', '/');
  return ['build', 'lib/napi-v8', 'node_modules', 'deps/lib', 'deps/include'].includes(inside);
}

/** Headers that stand beside Node save a download, which is not possible everywhere. */
function headerArguments(): string[] {
  const prefix = join(dirname(process.execPath), '..');
  return existsSync(join(prefix, 'include', 'node', 'node.h')) ? [`--nodedir=${prefix}`] : [];
}

async function requireCompiler(name: string): Promise<void> {
  if (process.platform === 'win32') return; // node-gyp finds Visual Studio by its own means
  const compilers = [process.env['CXX'], 'c++', 'g++', 'clang++'].filter((program) => program !== undefined);
  const needed = [compilers, ['make', 'gmake']];
  for (const programs of needed) {
    const found = await Promise.all(programs.map((program) => onPath(program)));
    if (!found.includes(true)) {
      throw new AnnealError('setup.noCompiler', { name, missing: programs.at(-2)! }, { kind: 'failure' });
    }
  }
}

async function onPath(program: string): Promise<boolean> {
  const folders = program.includes('/') ? [''] : (process.env['PATH'] ?? '').split(':');
  const found = await Promise.all(
    folders.map((folder) =>
      access(join(folder, program)).then(
        () => true,
        () => false,
      ),
    ),
  );
  return found.includes(true);
}
