import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm, symlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { AnnealError } from '../../src/base/errors.ts';
import { ensureBuilt, install } from './native-build.ts';
import { lastLines, runProcess } from './run-process.ts';
import { ensureTensorflowRuntime, type Log, type TensorflowRuntime } from './tensorflow-runtime.ts';
import { TENSORFLOW_VERSION } from './wheels.ts';

const NODE_API_VERSION = 8;
/** Where the package looks for its add-on, and where the add-on looks for TensorFlow (`$ORIGIN/../../deps/lib`). */
const ADDON = join('lib', `napi-v${NODE_API_VERSION}`, 'tfjs_binding.node');
const LIBRARIES = join('deps', 'lib');

/** Cheap: are the add-on and the library it loads where they belong? Links whose target is gone count as missing. */
export function hasTensorflowAddon(packageFolder: string): boolean {
  const extension = process.platform === 'darwin' ? '2.dylib' : 'so.2';
  return (
    existsSync(join(packageFolder, ADDON)) &&
    existsSync(join(packageFolder, LIBRARIES, `libtensorflow_cc.${extension}`)) &&
    existsSync(join(packageFolder, LIBRARIES, `libtensorflow_framework.${extension}`))
  );
}

/** Runtime from the cache or the package registry, add-on from the cache or the compiler, both put into `packageFolder`. */
export async function ensureTensorflowAddon(packageFolder: string, cache: string, log: Log): Promise<void> {
  const runtime = await ensureTensorflowRuntime(cache, log);
  const { version } = JSON.parse(await readFile(join(packageFolder, 'package.json'), 'utf8')) as { version: string };
  const addon = await ensureBuilt(
    {
      name: 'the TensorFlow add-on',
      key: `tfjs-${version}-tensorflow-${TENSORFLOW_VERSION}-napi-v${NODE_API_VERSION}-${process.platform}-${process.arch}`,
      packageFolder,
      product: join('build', 'Release', 'tfjs_binding.node'),
      gypArguments: [
        '--module_name=tfjs_binding',
        `--module_path=${dirname(ADDON)}`,
        `--napi_build_version=${NODE_API_VERSION}`,
      ],
      seconds: 15,
      // binding.gyp gives Linux its search path; macOS gets the same one here.
      ...(process.platform === 'darwin' && { env: { LDFLAGS: '-Wl,-rpath,@loader_path/../../deps/lib' } }),
      prepare: (folder) => linkRuntime(folder, runtime),
    },
    cache,
    log,
  );
  await linkRuntime(packageFolder, runtime);
  await install(addon, join(packageFolder, ADDON));
  await checkThatItLoads(join(packageFolder, ADDON));
}

/** Links under the library's own names and under those that the package's binding.gyp asks the linker for. */
async function linkRuntime(packageFolder: string, runtime: TensorflowRuntime): Promise<void> {
  await mkdir(join(packageFolder, LIBRARIES), { recursive: true });
  for (const name of runtime.libraries) {
    const target = join(runtime.folder, 'lib', name);
    const linkerName = name.replace('_cc', '').replace('.so.2', '.so');
    for (const alias of new Set([name, linkerName])) await replaceLink(target, join(packageFolder, LIBRARIES, alias));
  }
  await replaceLink(join(runtime.folder, 'include'), join(packageFolder, 'deps', 'include'));
}

async function replaceLink(target: string, path: string): Promise<void> {
  const temporary = `${path}.${process.pid}.tmp`;
  await rm(temporary, { force: true });
  await symlink(target, temporary);
  await rename(temporary, path);
}

/** In another process, since a library that does not fit this computer may end the process that loads it. */
async function checkThatItLoads(addon: string): Promise<void> {
  const script = `process.dlopen({ exports: {} }, ${JSON.stringify(addon)})`;
  const result = await runProcess(process.execPath, ['-e', script], { env: { TF_CPP_MIN_LOG_LEVEL: '3' } });
  if (result.code === 0) return;
  const reason = result.output.split('\n').find((line) => line.startsWith('Error:')) ?? lastLines(result.output, 1);
  await rm(addon, { force: true });
  throw new AnnealError('setup.doesNotLoad', { name: 'the TensorFlow add-on', detail: reason }, { kind: 'failure' });
}
