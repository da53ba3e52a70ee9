import type { LaneJobKind } from '../../protocol/lane-job.ts';
import type { JobHandler } from '../job-handler.ts';

/** One file a job, loaded when first asked for: the lane that scans folders never loads TensorFlow. */
export const jobHandlers: { readonly [K in LaneJobKind]: () => Promise<JobHandler<K>> } = {
  scan: async () => (await import('./scan.ts')).scan,
  drawSample: async () => (await import('./draw-sample.ts')).drawSample,
  train: async () => (await import('./train.ts')).train,
  evaluate: async () => (await import('./evaluate.ts')).evaluate,
  predict: async () => (await import('./predict.ts')).predict,
  judge: async () => (await import('./judge.ts')).judge,
  classify: async () => (await import('./classify.ts')).classify,
  measure: async () => (await import('./measure.ts')).measure,
  export: async () => (await import('./export.ts')).exportJob,
  describe: async () => (await import('./describe.ts')).describe,
  preview: async () => (await import('./preview.ts')).preview,
  doctor: async () => (await import('./doctor.ts')).doctor,
};
