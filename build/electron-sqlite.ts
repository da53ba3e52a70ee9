import { existsSync } from 'node:fs';
import { cp, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { fetchPackage } from './package-fetch.ts';

const napiDriver = 'better-sqlite3-napi';

/**
 * npm leaves the SQLite driver for newer Nodes out where an older one installs; Electron's Node needs it.
 * @throws as `fetchPackage`
 */
export async function ensureNapiDriver(projectRoot: string, cache: string): Promise<void> {
  const target = join(projectRoot, 'node_modules', napiDriver);
  if (existsSync(target)) return;
  const lock = JSON.parse(await readFile(join(projectRoot, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, { name: string; version: string; integrity: string }>;
  };
  const fetched = await fetchPackage(lock.packages[`node_modules/${napiDriver}`]!, cache);
  const temporary = `${target}.${process.pid}.tmp`;
  await cp(fetched, temporary, { recursive: true });
  await rename(temporary, target);
}
