import { wheels } from './setup/wheels.ts';

/**
 * Packages that cannot be bundled: they load a binary or a file beside them. What each of them reaches at run time, besides the
 * modules that its own statements name, is listed as paths inside the package.
 */
export interface NativePackage {
  readonly name: string;
  /** Files and folders that no import statement names. */
  readonly assets: readonly string[];
  /** The application works without the assets: where they cannot be made, they are left out. */
  readonly dispensable?: boolean;
}

const platform = `${process.platform}-${process.arch}`;

/** TensorFlow's library by the names that the add-on asks for; the others in the folder are for the linker. */
const libraries = (wheels[platform]?.libraries ?? ['']).map((name) => `deps/lib/${name}`);

export const nativePackages: readonly NativePackage[] = [
  // The add-on finds the library by `$ORIGIN/../../deps/lib`, so both keep their places. Without them the WASM back end computes.
  { name: '@tensorflow/tfjs-node-gpu', assets: ['lib/napi-v8/tfjs_binding.node', ...libraries], dispensable: true },
  { name: '@tensorflow/tfjs', assets: [] },
  { name: '@tensorflow/tfjs-core', assets: [] },
  { name: '@tensorflow/tfjs-backend-cpu', assets: [] },
  {
    name: '@tensorflow/tfjs-backend-wasm',
    assets: [
      'dist/tfjs-backend-wasm.wasm',
      'dist/tfjs-backend-wasm-simd.wasm',
      'dist/tfjs-backend-wasm-threaded-simd.wasm',
    ],
  },
  { name: 'sharp', assets: [] },
  // Parts of sharp, one for each platform; on Windows the first holds the second.
  { name: `@img/sharp-${platform}`, assets: ['lib'] },
  ...(process.platform === 'win32'
    ? []
    : [{ name: `@img/sharp-libvips-${platform}`, assets: ['lib', 'versions.json', 'README.md'] }]),
  // Loads libheif, whose licence wants it to be a library that can be replaced.
  { name: 'heic-decode', assets: [] },
  { name: 'better-sqlite3-napi', assets: [`prebuilds/${platform}.node`] },
];

/** Node 20 alone uses this one; the desktop application runs a newer Node. */
const neverPackaged = ['better-sqlite3'];

/** Whether an import (`name` or `name/path`) leads to a package that stays outside the bundles. */
export function isNativePackage(specifier: string): boolean {
  return [...nativePackages.map(({ name }) => name), ...neverPackaged].some(
    (name) => specifier === name || specifier.startsWith(`${name}/`),
  );
}
