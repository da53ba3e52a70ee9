import { rename, rm } from 'node:fs/promises';
import { drawSampleDataset } from '../../data/sample-dataset.ts';
import { JobStopped, type JobHandler } from '../job-handler.ts';
import { progressOf } from '../job-progress.ts';

/** The sample pictures, beside their place until all are drawn: a folder that is there is whole. */
export const drawSample: JobHandler<'drawSample'> = async ({ folder }, host) => {
  const aside = `${folder}.${process.pid}.drawing`;
  const tell = progressOf(host, 'setup');
  try {
    await drawSampleDataset(aside, {
      onProgress: (done, total) => {
        if (host.control() === 'stop') throw new JobStopped();
        tell(done, total);
      },
    });
    // Another process may have been faster; what it drew is the same.
    await rename(aside, folder).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error;
    });
    return null;
  } finally {
    await rm(aside, { recursive: true, force: true });
  }
};
