import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where downloads and built add-ons are kept, outside the clone: `ANNEAL_CACHE`, or the platform's folder for such things. */
export function cacheFolder(
  env: NodeJS.ProcessEnv = process.env,
  platform: NodeJS.Platform = process.platform,
): string {
  const own = env['ANNEAL_CACHE'];
  if (own) return own;
  if (platform === 'win32') return join(env['LOCALAPPDATA'] ?? join(homedir(), 'AppData', 'Local'), 'anneal', 'Cache');
  if (platform === 'darwin') return join(homedir(), 'Library', 'Caches', 'anneal');
  return join(env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'anneal');
}
