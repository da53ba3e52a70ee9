import { existsSync } from 'node:fs';
import { cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { AnnealError } from '../src/base/errors.ts';
import { bundleElectron } from './electron-bundle.ts';
import { nativePackages, type NativePackage } from './electron-natives.ts';
import { ensureNapiDriver } from './electron-sqlite.ts';
import { licencesText } from './package-licences.ts';
import { copyModules, packagesOf } from './package-modules.ts';
import { runProcess } from './setup/run-process.ts';

/** What goes into the application: `app` becomes its asar archive, `engine` the folder `resources/engine` beside it. */
export interface Stage {
  readonly app: string;
  readonly engine: string;
}

/**
 * Builds everything and lays it out under `folder`. Main process, preload script and window are files of the archive; what runs
 * as plain Node (engine host, lanes, packages with binaries, the embedded backbone) stands outside, since neither the loader of
 * libraries nor plain Node looks into an archive.
 */
export async function stageApplication(projectRoot: string, folder: string, cache: string): Promise<Stage> {
  const stage = { app: join(folder, 'app'), engine: join(folder, 'engine') };
  await rm(folder, { recursive: true, force: true });
  const bundle = await bundleElectron(join(folder, 'bundle'));
  const windowModules = await bundleWindow(projectRoot, join(stage.app, 'dist', 'renderer'));

  const place = async (files: readonly string[], target: string): Promise<void> => {
    await mkdir(target, { recursive: true });
    for (const file of files) await cp(file, join(target, basename(file)));
  };
  await place(bundle.shell, join(stage.app, 'dist', 'electron'));
  await writeFile(join(stage.app, 'package.json'), await appManifest(projectRoot));

  await place(bundle.engine, join(stage.engine, 'dist', 'electron'));
  await writeFile(join(stage.engine, 'package.json'), '{ "type": "module" }\n');
  await cp(join(projectRoot, 'pretrained'), join(stage.engine, 'pretrained'), {
    recursive: true,
    filter: (path) => !path.endsWith('.py'),
  });
  const modules = join(stage.engine, 'node_modules');
  await ensureNapiDriver(projectRoot, cache);
  const packages = presentPackages(join(projectRoot, 'node_modules'));
  const copied = await copyModules(packages, projectRoot, modules);
  await strip(join(modules, '@tensorflow', 'tfjs-node-gpu', 'deps', 'lib'));

  const bundled = await packagesOf([...bundle.inputs, ...windowModules]);
  const shipped = new Map([...bundled, ...copied].map((one) => [`${one.name} ${one.version}`, one]));
  await writeFile(join(stage.engine, 'THIRD-PARTY.txt'), await licencesText([...shipped.values()]));
  for (const name of ['LICENSE', 'NOTICE']) await cp(join(projectRoot, name), join(stage.engine, name));
  return stage;
}

/** Builds the window; the files that went into it. */
async function bundleWindow(projectRoot: string, target: string): Promise<string[]> {
  // Whatever the process was started for: Svelte's checks for development belong in no built window.
  process.env['NODE_ENV'] = 'production';
  const { build: viteBuild } = await import('vite');
  const built = await viteBuild({
    configFile: join(projectRoot, 'build', 'vite.config.ts'),
    logLevel: 'error',
    build: { outDir: target, emptyOutDir: true },
  });
  const outputs = (Array.isArray(built) ? built : [built]).flatMap((one) => ('output' in one ? one.output : []));
  return outputs.flatMap((chunk) => (chunk.type === 'chunk' ? chunk.moduleIds.filter(isFile) : []));
}

/** Modules that a plugin made up have names that begin with a zero. */
const isFile = (module: string): boolean => !module.startsWith('\0');

/** What Electron reads of it, and what installers show. */
async function appManifest(projectRoot: string): Promise<string> {
  const own = JSON.parse(await readFile(join(projectRoot, 'package.json'), 'utf8')) as Record<string, unknown>;
  const { name, version, description, license, type, main } = own;
  const author = { name: 'The Anneal authors', email: 'maintainers@anneal.invalid' };
  // Desktops on Linux join a running window and its entry in the menu by this name.
  const desktopName = `${String(name)}.desktop`;
  const manifest = { name, productName: 'Anneal', desktopName, version, description, license, author, type, main };
  return JSON.stringify(manifest, null, 2);
}

/** @throws `packaging.missingPart` for what no setup has made here and the application needs */
function presentPackages(modules: string): NativePackage[] {
  return nativePackages.map((one) => {
    const missing = ['package.json', ...one.assets].find((asset) => !existsSync(join(modules, one.name, asset)));
    if (missing === undefined) return one;
    if (one.dispensable) return { ...one, assets: [] };
    throw new AnnealError('packaging.missingPart', { path: `node_modules/${one.name}/${missing}` });
  });
}

/** TensorFlow's library comes with symbols for a debugger, a quarter of its size; elsewhere than on Linux it does not. */
async function strip(folder: string): Promise<void> {
  if (process.platform !== 'linux') return;
  for (const name of await readdir(folder).catch(() => []))
    await runProcess('strip', ['--strip-unneeded', join(folder, name)]);
}
