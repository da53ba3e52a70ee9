import { build, type BuildOptions, type Metafile } from 'esbuild';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isNativePackage } from './electron-natives.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Where `electron .` and the packaging look for the desktop application. */
const electronFolder = join(root, 'dist', 'electron');

/** Written files of the two programs, as absolute paths, and the files of this project and its packages inside them. */
export interface ElectronBundle {
  readonly shell: readonly string[];
  readonly engine: readonly string[];
  readonly inputs: readonly string[];
}

/**
 * Bundles main process and preload script, and the engine host with its lanes, into `folder`. Packages with native parts stay
 * outside: they are loaded from node_modules.
 */
export async function bundleElectron(folder = electronFolder): Promise<ElectronBundle> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const common: BuildOptions = {
    absWorkingDir: root,
    bundle: true,
    platform: 'node',
    target: 'node24',
    outdir: folder,
    metafile: true,
    charset: 'utf8',
    legalComments: 'none',
    logLevel: 'warning',
  };
  const [main, preload, engine] = await Promise.all([
    build({ ...common, format: 'esm', entryPoints: { main: 'electron/main.ts' }, external: ['electron'] }),
    // A sandboxed preload script cannot be a module.
    build({
      ...common,
      format: 'cjs',
      entryPoints: { preload: 'electron/preload.ts' },
      outExtension: { '.js': '.cjs' },
      external: ['electron'],
    }),
    build({
      ...common,
      format: 'esm',
      // Shared parts stand beside the entries, so that addresses relative to a file stay what they are.
      splitting: true,
      chunkNames: 'engine-[hash]',
      entryPoints: { 'engine-host': 'electron/engine-host.ts', worker: 'src/worker/main.ts' },
      // Packages of CommonJS among the bundled ones ask for Node's own modules.
      banner: {
        js: "import { createRequire as nodeRequire } from 'node:module';\nconst require = nodeRequire(import.meta.url);",
      },
      plugins: [
        {
          name: 'native packages stay outside',
          setup: ({ onResolve }) =>
            onResolve({ filter: /^[^./]/ }, ({ path }) => (isNativePackage(path) ? { path, external: true } : null)),
        },
      ],
    }),
  ]);
  // Taken out of the project, the folder has no package.json above it that says what a .js file is.
  await writeFile(join(folder, 'package.json'), '{ "type": "module" }\n');
  const written = ({ metafile }: { metafile?: Metafile | undefined }): string[] =>
    absolute(Object.keys(metafile!.outputs));
  return {
    shell: [...written(main), ...written(preload)],
    engine: [...written(engine), join(folder, 'package.json')],
    inputs: [main, preload, engine].flatMap(({ metafile }) => absolute(Object.keys(metafile!.inputs))),
  };
}

const absolute = (paths: readonly string[]): string[] => paths.map((path) => join(root, path));
