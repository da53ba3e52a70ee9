import { exportModel } from '../../export/export-model.ts';
import { appVersion } from '../../protocol/app-version.ts';
import type { Progress } from '../../protocol/lane-job.ts';
import { loadRuntime } from '../../tensor/runtime.ts';
import type { JobHandler } from '../job-handler.ts';

const steps: Readonly<Record<'write' | 'load' | 'compare', Progress>> = {
  write: { phase: 'export', done: 0, total: 1, secondsLeft: null },
  load: { phase: 'verify', done: 0, total: 2, secondsLeft: null },
  compare: { phase: 'verify', done: 1, total: 2, secondsLeft: null },
};

/** Writes a model out and compares the written one's answers before it is called done. */
export const exportJob: JobHandler<'export'> = async ({ threads, ...request }, host) => {
  const { kind, version } = await loadRuntime({ threads });
  return exportModel({
    ...request,
    onStep: (step) => host.progress(steps[step]),
    versions: { anneal: appVersion, [kind === 'native' ? 'tensorflow' : 'tfjs-wasm']: version },
  });
};
