import type { TrainConfig } from '../../src/protocol/train-config.ts';
import { scheduleFromConfig } from '../../src/schedules/schedule-from-config.ts';

/**
 * The learning rate of a whole run as `columns` values from 0 (floor) to 1 (peak), on a logarithmic scale where it never is 0.
 * null: the settings do not make a schedule, or nothing is known of its length.
 */
export function rateSketch(
  config: TrainConfig,
  totalSteps: number,
  totalEpochs: number,
  columns: number,
): number[] | null {
  if (totalSteps < 1 || totalEpochs < 1) return null;
  try {
    const schedule = scheduleFromConfig(config.schedule, totalSteps / totalEpochs, config.ensemble.snapshots);
    const rates = Array.from({ length: columns }, (_, i) =>
      schedule.learningRate(Math.floor((i / (columns - 1)) * (totalSteps - 1))),
    );
    const peak = Math.max(...rates);
    const floor = Math.min(...rates);
    if (peak === floor) return rates.map(() => 1);
    const scale = (rate: number): number => (floor > 0 ? Math.log(rate / floor) / Math.log(peak / floor) : rate / peak);
    return rates.map(scale);
  } catch {
    return null;
  }
}
