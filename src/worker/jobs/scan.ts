import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { scanFolder } from '../../data/scan-folder.ts';
import { JobStopped, type JobHandler } from '../job-handler.ts';
import { progressOf } from '../job-progress.ts';

/** Folder to dataset; what was read of unchanged files is kept between scans. */
export const scan: JobHandler<'scan'> = async ({ root, cache, oneClass = false }, host) => {
  const name = createHash('sha256').update(root).digest('hex').slice(0, 16);
  const abort = new AbortController();
  const watch = setInterval(() => {
    if (host.control() === 'stop') abort.abort(new JobStopped());
  }, 100);
  const work = scanFolder(root, {
    cacheFile: join(cache, `scan-${name}.json`),
    signal: abort.signal,
    oneClass,
    onProgress: progressOf(host, 'scan'),
  });
  return work.finally(() => clearInterval(watch));
};
