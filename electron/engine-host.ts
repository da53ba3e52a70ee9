import { parseArgs } from 'node:util';
import { toFailure } from '../src/base/failure.ts';
import { createEngine, type Engine } from '../src/engine/create-engine.ts';
import { answerMedia } from '../src/host/answer-media.ts';
import { serveConnection } from '../src/host/connection.ts';
import type { FromEngineHost, ToEngineHost } from './host-messages.ts';
import { portChannel } from './port-channel.ts';
import { RunWatcher } from './run-watcher.ts';

/**
 * Entry of Electron's utility process: the engine with its database, away from the process that owns the windows. Windows speak
 * to it through ports that main hands over. `--workspace FOLDER`.
 */
const { values } = parseArgs({ options: { workspace: { type: 'string' } } });
const parent = process.parentPort;
const tell = (message: FromEngineHost): void => parent.postMessage(message);

try {
  serve(createEngine({ workspace: values.workspace! }));
} catch (error) {
  // Main ends this process once it has heard.
  tell({ type: 'failed', error: toFailure(error) });
}

function serve(engine: Engine): void {
  const media = new Map<number, AbortController>();
  const watcher = new RunWatcher(engine, {
    activity: (activity) => tell({ type: 'activity', activity }),
    ended: (run) => tell({ type: 'ended', run }),
  });
  const tellRecent = async (): Promise<void> => {
    const datasets = await engine.recentDatasets({}).catch(() => []);
    tell({ type: 'recent', folders: datasets.filter(({ present }) => present).map(({ root }) => root) });
  };
  const unwatch = engine.watch(({ what }) => {
    if (what === 'datasets') void tellRecent();
  });

  const answer = async (id: number, address: string): Promise<void> => {
    const abort = new AbortController();
    media.set(id, abort);
    const found = await answerMedia(engine.media, address, abort.signal);
    media.delete(id);
    if (found) tell({ type: 'media', id, answer: found });
  };

  const close = async (): Promise<void> => {
    unwatch();
    watcher.close();
    await engine.close();
    process.exit(0);
  };

  parent.on('message', ({ data, ports }) => {
    const message = data as ToEngineHost;
    switch (message.type) {
      case 'connect':
        return serveConnection(portChannel(ports[0]!), engine);
      case 'media':
        return void answer(message.id, message.address);
      case 'mediaAborted':
        return media.get(message.id)?.abort();
      case 'resume':
        for (const run of message.runIds) void engine.resumeRun({ run }).catch(() => undefined);
        return;
      case 'close':
        return void close();
    }
  });
  tell({ type: 'ready' });
  void tellRecent();
}
