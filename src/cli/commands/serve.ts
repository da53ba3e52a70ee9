import { once } from 'node:events';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defaultFolders } from '../../host/default-folders.ts';
import { readWindowFiles } from '../../host/window-files.ts';
import { serve } from '../../host/serve.ts';
import { exitCodes } from '../exit-codes.ts';
import { openBrowser } from '../open-browser.ts';
import type { Output } from '../output.ts';
import { withEngine, type CommonOptions } from '../session.ts';

interface ServeCommandOptions extends CommonOptions {
  readonly port: number;
  readonly open?: boolean;
  readonly allow: readonly string[];
}

/** Serves the window to a browser on this machine until Ctrl-C; with `folder` it begins with those pictures. */
export async function serveWindow(folder: string | undefined, options: ServeCommandOptions): Promise<void> {
  await withEngine(options, async ({ engine, output, workspace, signal }) => {
    const window = await readWindowFiles(await builtWindow(output));
    const chosen = [...options.allow, ...(folder === undefined ? [] : [folder])].map((path) => resolve(path));
    const allowed = options.allow.length > 0 ? chosen : [...chosen, ...(await defaultFolders())];
    // Without its progress: the first line says where the window is.
    const dataset = folder === undefined ? null : await engine.openDataset({ folder: resolve(folder) }, { signal });
    const served = await serve({ engine, workspace, allowed, window, port: options.port });
    const url = dataset === null ? served.url : `${served.url}#/dataset/${dataset.dataset}`;
    const opened = options.open === true && (await openBrowser(url));
    output.object({ type: 'serving', url, port: served.port, allowed });
    output.line(
      opened ? 'Anneal is open in the browser. Its address, good for one browser:' : 'Open in a browser here:',
    );
    output.line(`  ${url}`);
    output.line(`Pages can open pictures in ${allowed.join(', ')}; --allow FOLDER names others.`);
    output.line('Ctrl-C stops; runs are kept behind a checkpoint.');
    try {
      if (!signal.aborted) await once(signal, 'abort');
    } finally {
      await served.close();
    }
    return exitCodes.done;
  });
}

/** In a clone the window is built when it is missing or old; a packaged application carries it. */
async function builtWindow(output: Output): Promise<string> {
  if (!import.meta.url.endsWith('.ts')) return fileURLToPath(new URL('../renderer', import.meta.url));
  const { ensureWindow } = await import('../../../build/window.ts');
  return ensureWindow((line) => output.note(line));
}
