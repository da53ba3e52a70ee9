import type { Progress } from '../protocol/lane-job.ts';
import { duration } from './format.ts';

const barWidth = 24;

const phaseWords: Readonly<Record<Progress['phase'], string>> = {
  scan: 'Reading pictures',
  cache: 'Decoding',
  features: 'Computing features',
  folds: 'Comparing over folds',
  train: 'Training',
  evaluate: 'Evaluating',
  test: 'Testing',
  export: 'Exporting',
  download: 'Downloading',
  setup: 'Setting up',
  verify: 'Comparing answers',
  measure: 'Measuring speed',
};

/** '████████░░░░' */
export function bar(done: number, total: number): string {
  const filled = total > 0 ? Math.min(barWidth, Math.round((done / total) * barWidth)) : 0;
  return '█'.repeat(filled) + '░'.repeat(barWidth - filled);
}

export function timeLeft(seconds: number | null): string {
  return seconds === null || !Number.isFinite(seconds) ? '' : `, ${duration(seconds)} left`;
}

/** 'Decoding           ████░░░░ 120/800, 5 s left' */
export function progressText({ phase, done, total, secondsLeft }: Progress): string {
  return `${phaseWords[phase].padEnd(20)} ${bar(done, total)} ${Math.round(done)}/${total || '?'}${timeLeft(secondsLeft)}`;
}
