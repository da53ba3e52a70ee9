import type { RuntimeReport, SpeedReport } from '../../protocol/lane-job.ts';
import type { Store } from '../../store/store.ts';
import { listZoo } from '../../zoo/index.ts';
import { learnFromRun } from './learn-from-run.ts';
import type { MeasurementTable } from '../../store/measurements.ts';

/** Keeps what a finished run tells; one that was resumed tells of pieces only. */
export async function noteFinishedRun(store: Store, runId: string, threads: number | null): Promise<void> {
  const run = store.runs.get(runId);
  if (!run?.result || run.attempt !== 1) return;
  const dataset = store.datasets.read(run.datasetVersionId);
  const zoo = await listZoo(store.layout.zoo);
  const events = store.events.read(runId);
  const found = learnFromRun({ config: run.config, result: run.result, events }, dataset, zoo);
  for (const measurement of found) store.measurements.add(measurement, threads);
}

/**
 * Multiply-adds of the doctor's test step (worker/jobs/doctor.ts): 16 pictures; 64 × 64 × 27 × 32 forward and once back for the first
 * convolution's weights, 32 × 32 × 288 × 32 forward and twice back for the second.
 */
const testStepMultiplyAdds = 16 * (2 * 64 * 64 * 27 * 32 + 3 * 32 * 32 * 288 * 32);

/** Keeps what the doctor timed: the first thing that is known of a machine. */
export function noteTestStep(table: MeasurementTable, report: RuntimeReport, threads: number | null): void {
  const { testStepMilliseconds } = report;
  if (testStepMilliseconds === null) return;
  const amount = testStepMilliseconds / 1000;
  table.add({ kind: 'testStep', subject: '', work: testStepMultiplyAdds, amount }, threads);
}

/** Keeps how fast pictures go through a frozen backbone. */
export function noteSpeed(
  table: MeasurementTable,
  architecture: string,
  { inputSize, multiplyAdds, picturesPerSecond }: SpeedReport,
  threads: number | null,
): void {
  const subject = `${architecture}@${inputSize}`;
  table.add({ kind: 'forward', subject, work: multiplyAdds * picturesPerSecond, amount: 1 }, threads);
}
