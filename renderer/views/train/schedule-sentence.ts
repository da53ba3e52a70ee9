import type { Text } from '../../../src/messages/ui/en/index.ts';
import type { Formats } from '../../../src/messages/ui/format.ts';
import type { TrainConfig } from '../../../src/settings/train-config.ts';
import type { TrainingPlan } from '../../../src/schedules/training-plan.ts';

/** '5 cycles of 4 epochs, 20 in all, 5 snapshots'. */
export function scheduleSentence(
  plan: TrainingPlan,
  config: TrainConfig['schedule'],
  words: { readonly text: Text; readonly format: Formats },
): string {
  const { totalSteps, snapshots } = plan;
  const text = words.text.train.schedule;
  const epochs = (steps: number): string => epochText(plan.epochsIn(steps), words.format);
  if (config.name !== 'sgdr') return text.plain(epochs(totalSteps), snapshots.length);
  const starts = [plan.record.warmupSteps, ...plan.restarts];
  const lengths = starts.map((start, i) => epochs((starts[i + 1] ?? totalSteps) - start));
  const [first = '', last = ''] = [lengths[0], lengths.at(-1)];
  const n = starts.length;
  return first === last
    ? text.sentence(n, first, epochs(totalSteps), n)
    : text.growing(n, first, last, epochs(totalSteps), n);
}

/** Whole epochs without decimals, parts of one with one. */
function epochText(epoch: number, format: Pick<Formats, 'decimal'>): string {
  return format.decimal(epoch, Number.isInteger(Number(epoch.toFixed(2))) ? 0 : 1);
}
