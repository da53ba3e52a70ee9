import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { scanFolder } from '../../data/scan-folder.ts';
import type { JobHandler } from '../job-handler.ts';

/** Folder to dataset; what was read of unchanged files is kept between scans. */
export const scan: JobHandler<'scan'> = ({ root, cache }, host) => {
  const started = performance.now();
  const name = createHash('sha256').update(root).digest('hex').slice(0, 16);
  return scanFolder(root, {
    cacheFile: join(cache, `scan-${name}.json`),
    onProgress: (done, total) => {
      const seconds = (performance.now() - started) / 1000;
      host.progress({ phase: 'scan', done, total, secondsLeft: done > 0 ? (seconds * (total - done)) / done : null });
    },
  });
};
