import { exportModel } from '../../export/export-model.ts';
import { appVersion } from '../../protocol/app-version.ts';
import { loadRuntime } from '../../tensor/runtime.ts';
import type { JobHandler } from '../job-handler.ts';

/** Writes a model out and compares the written one's answers before it is called done. */
export const exportJob: JobHandler<'export'> = async ({ threads, ...request }) => {
  const { kind, version } = await loadRuntime(threads === null ? {} : { threads });
  return exportModel({
    ...request,
    versions: { anneal: appVersion, [kind === 'native' ? 'tensorflow' : 'tfjs-wasm']: version },
  });
};
