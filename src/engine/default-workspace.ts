import { homedir } from 'node:os';
import { join } from 'node:path';

/** The platform's folder for a user's data. */
export function defaultWorkspace(): string {
  const { env, platform } = process;
  if (platform === 'win32') return join(env['APPDATA'] ?? join(homedir(), 'AppData', 'Roaming'), 'Anneal');
  if (platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'Anneal');
  return join(env['XDG_DATA_HOME'] || join(homedir(), '.local', 'share'), 'anneal');
}
