import { build, type Plugin } from 'esbuild';
import { existsSync } from 'node:fs';
import { cp, mkdir, readdir, readFile } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import type { NativePackage } from './electron-natives.ts';

const modulesFolder = 'node_modules';

/** A package of which something is shipped. */
export interface ShippedPackage {
  readonly folder: string;
  readonly name: string;
  readonly version: string;
}

/**
 * Copies into `target` (a node_modules folder) what `packages` can load at run time and nothing else: the modules that their
 * entries reach, the assets listed for them, each package's package.json and licence. Most of what npm installs is other
 * builds of the same code, types, maps and sources.
 */
export async function copyModules(
  packages: readonly NativePackage[],
  projectRoot: string,
  target: string,
): Promise<ShippedPackage[]> {
  const source = join(projectRoot, modulesFolder);
  const files = new Set(await reachedFiles(packages, projectRoot));
  for (const { name, assets } of packages) for (const asset of assets) files.add(join(source, name, asset));
  const shipped = await packagesOf(files);
  for (const { folder } of shipped) for (const file of await standardFiles(folder)) files.add(file);
  for (const file of files) {
    const to = join(target, relative(source, file));
    await mkdir(dirname(to), { recursive: true });
    // TensorFlow's library is a link into the user's cache in a clone.
    await cp(file, to, { recursive: true, dereference: true });
  }
  return shipped;
}

/** The packages that files belong to, each once, by name; files of no package are passed over. */
export async function packagesOf(files: Iterable<string>): Promise<ShippedPackage[]> {
  const folders = new Set([...files].map(packageFolder).filter((folder) => folder !== null));
  const found = await Promise.all(
    [...folders].map(async (folder) => {
      const { name, version } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as ShippedPackage;
      return { folder, name, version };
    }),
  );
  return found.sort((a, b) => a.name.localeCompare(b.name, 'en'));
}

/** `…/node_modules/@scope/name/…` to `…/node_modules/@scope/name`; null for files of no package. */
function packageFolder(file: string): string | null {
  const parts = file.split(sep);
  const at = parts.lastIndexOf(modulesFolder);
  if (at < 0) return null;
  const length = parts[at + 1]!.startsWith('@') ? 2 : 1;
  return parts.slice(0, at + 1 + length).join(sep);
}

/** Files that each shipped package brings along: what Node reads to load it, and what its licence asks to be passed on. */
async function standardFiles(folder: string): Promise<string[]> {
  const names = await readdir(folder);
  return names
    .filter((name) => name === 'package.json' || /^(licen[cs]e|notice|copying|authors|third.?party)/i.test(name))
    .map((name) => join(folder, name));
}

/** Follows import and require statements from the entries of the packages, as Node would resolve them. */
async function reachedFiles(packages: readonly NativePackage[], projectRoot: string): Promise<string[]> {
  const { metafile } = await build({
    absWorkingDir: projectRoot,
    // Once by each way: some packages have an entry of their own for either.
    stdin: {
      contents: packages.map(({ name }) => `import '${name}';\nrequire('${name}');`).join('\n'),
      resolveDir: projectRoot,
    },
    bundle: true,
    write: false,
    metafile: true,
    platform: 'node',
    // Node reads no `module` field.
    mainFields: ['main'],
    loader: { '.node': 'empty', '.html': 'empty' },
    plugins: [leaveOutMissing, leaveOutComputed],
    logLevel: 'error',
  });
  return Object.keys(metafile.inputs)
    .map((path) => join(projectRoot, path))
    .filter((path) => existsSync(path));
}

/** What is not installed is not loaded either: optional requirements behind a try. */
const leaveOutMissing: Plugin = {
  name: 'leave out what is missing',
  setup: ({ onResolve, resolve }) =>
    onResolve({ filter: /.*/ }, async ({ path, pluginData, kind, importer, resolveDir, namespace }) => {
      if (pluginData === leaveOutMissing) return null;
      const found = await resolve(path, { kind, importer, resolveDir, namespace, pluginData: leaveOutMissing });
      return found.errors.length > 0 ? { path, external: true } : found;
    }),
};

/** A name that is put together at run time is not followed: what it can lead to is listed among the assets. */
const leaveOutComputed: Plugin = {
  name: 'leave out computed names',
  setup: ({ onLoad }) =>
    onLoad({ filter: /\.c?js$/ }, async ({ path }) => ({
      contents: (await readFile(path, 'utf8')).replaceAll(/\brequire\((?=`|[^)\n]*\+)/g, 'computed('),
      loader: 'js',
    })),
};
