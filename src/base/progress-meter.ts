import { monotonicClock, Throttle, type Clock } from './throttle.ts';

export interface MeteredProgress {
  readonly done: number;
  readonly total: number;
  /** By the mean speed since the first call; null until something was done after it. */
  readonly secondsLeft: number | null;
}

/** Passes progress on with the time left, at most ten times a second and the last one always. */
export function progressMeter(
  pass: (progress: MeteredProgress) => void,
  now: Clock = monotonicClock,
): (done: number, total: number) => void {
  const started = now();
  const throttle = new Throttle(100, now);
  let first: number | null = null;
  return (done, total) => {
    first ??= done;
    if (!throttle.passes() && done < total) return;
    const advanced = done - first;
    const seconds = (now() - started) / 1000;
    pass({ done, total, secondsLeft: advanced > 0 ? (seconds * (total - done)) / advanced : null });
  };
}
