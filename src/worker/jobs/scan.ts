import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { scanFolder } from '../../data/scan-folder.ts';
import { JobStopped, type JobHandler } from '../job-handler.ts';

/** Folder to dataset; what was read of unchanged files is kept between scans. */
export const scan: JobHandler<'scan'> = async ({ root, cache, oneClass = false }, host) => {
  const started = performance.now();
  const name = createHash('sha256').update(root).digest('hex').slice(0, 16);
  const abort = new AbortController();
  const watch = setInterval(() => {
    if (host.control() === 'stop') abort.abort(new JobStopped());
  }, 100);
  const work = scanFolder(root, {
    cacheFile: join(cache, `scan-${name}.json`),
    signal: abort.signal,
    oneClass,
    onProgress: (done, total) => {
      const seconds = (performance.now() - started) / 1000;
      host.progress({ phase: 'scan', done, total, secondsLeft: done > 0 ? (seconds * (total - done)) / done : null });
    },
  });
  return work.finally(() => clearInterval(watch));
};
