import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AnnealError } from '../../src/base/errors.ts';
import { ensureBuilt, install } from './native-build.ts';
import type { Log } from './tensorflow-runtime.ts';

const PRODUCT = join('build', 'Release', 'better_sqlite3.node');

/** From Node-API 10 on (Node 22, Electron) the release with prebuilt binaries inside works; before, it crashes when it opens a file. */
const usesPrebuilt = Number(process.versions.napi) >= 10;

const packageName = usesPrebuilt ? 'better-sqlite3-napi' : 'better-sqlite3';

export function hasSqliteAddon(nodeModules: string): boolean {
  return existsSync(join(nodeModules, packageName, usesPrebuilt ? 'package.json' : PRODUCT));
}

/** Puts better-sqlite3's native part where its loader looks: from the cache, or built now. */
export async function ensureSqliteAddon(nodeModules: string, cache: string, log: Log): Promise<void> {
  if (hasSqliteAddon(nodeModules)) return;
  // Installed by another Node, which skipped the package meant for this one.
  if (usesPrebuilt) throw new AnnealError('setup.packageMissing', { name: packageName }, { kind: 'failure' });
  const packageFolder = join(nodeModules, packageName);
  const { version } = JSON.parse(await readFile(join(packageFolder, 'package.json'), 'utf8')) as { version: string };
  const addon = await ensureBuilt(
    {
      name: 'the SQLite add-on',
      key: `better-sqlite3-${version}-abi-${process.versions.modules}-${process.platform}-${process.arch}`,
      packageFolder,
      product: PRODUCT,
      gypArguments: ['--release'],
      seconds: 65,
    },
    cache,
    log,
  );
  await install(addon, join(packageFolder, PRODUCT));
}
