import { AnnealError } from '../../base/errors.ts';
import type { JobHandler } from '../job-handler.ts';

export const exportModel: JobHandler<'export'> = () =>
  Promise.reject(new AnnealError('internal', { detail: 'not there' }, { kind: 'failure' }));
