import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createEngine } from '../../src/engine/create-engine.ts';
import { serve } from '../../src/host/serve.ts';
import { readWindowFiles } from '../../src/host/window-files.ts';

/** A host with a real engine in a folder of its own, `pictures` allowed, `secret` beside it not; a page of a few bytes as window. */
export async function servedEngine() {
  const memory = mkdtempSync(join(tmpdir(), 'anneal-served-'));
  const folders = {
    memory,
    workspace: join(memory, 'workspace'),
    pictures: join(memory, 'pictures'),
    secret: join(memory, 'secret'),
    window: join(memory, 'window'),
  };
  for (const folder of [folders.pictures, folders.secret, join(folders.window, 'assets')]) {
    mkdirSync(folder, { recursive: true });
  }
  writeFileSync(join(folders.window, 'index.html'), '<!doctype html><title>Anneal</title>');
  writeFileSync(join(folders.window, 'assets', 'main-1a2b.js'), 'export {};');
  writeFileSync(join(folders.secret, 'key.txt'), 'secret');
  const engine = createEngine({ workspace: folders.workspace });
  const served = await serve({
    engine,
    workspace: folders.workspace,
    allowed: [folders.pictures],
    window: await readWindowFiles(folders.window),
    port: 0,
  });
  return {
    ...served,
    engine,
    folders,
    end: async () => {
      await served.close();
      await engine.close();
      rmSync(memory, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
