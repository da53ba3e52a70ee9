import { spawn } from 'node:child_process';

/**
 * Shows an address in the user's browser. false where there is none that could be shown: no desktop, no opener. A browser that
 * opens and fails cannot be told from one that works.
 */
export async function openBrowser(url: string): Promise<boolean> {
  const { platform, env } = process;
  const desktop = platform !== 'linux' || Boolean(env['DISPLAY'] ?? env['WAYLAND_DISPLAY']);
  if (!desktop) return false;
  const [program, ...args] = openers[platform] ?? ['xdg-open'];
  return new Promise((resolve) => {
    const child = spawn(program!, [...args, url], { stdio: 'ignore', detached: true });
    child.once('error', () => resolve(false));
    child.once('exit', (code) => resolve(code === 0));
    // An opener may stay as the browser itself.
    setTimeout(() => resolve(true), 2000).unref();
    child.unref();
  });
}

const openers: Partial<Record<NodeJS.Platform, readonly string[]>> = {
  darwin: ['open'],
  // Not `start`: a shell would read the address.
  win32: ['rundll32', 'url.dll,FileProtocolHandler'],
};
