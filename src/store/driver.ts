import { createRequire } from 'node:module';
import type Database from 'better-sqlite3';

export type { Database };

/**
 * better-sqlite3 for the Node that runs: 13 (alias) carries prebuilt binaries for Node-API 10, so Node 22 and Electron need no
 * build; on Node 20 it crashes at open, there 12.9 is built by the setup. Loaded when first asked for.
 */
export function loadDriver(): typeof Database {
  const require = createRequire(import.meta.url);
  const modern = Number(process.versions['napi'] ?? 0) >= 10;
  return require(modern ? 'better-sqlite3-napi' : 'better-sqlite3') as typeof Database;
}
