import { median } from '../../../src/base/median.ts';

export interface Timing {
  /** Median of the calls. */
  readonly seconds: number;
  /** Mean over the calls, all threads: less moved by what else the machine does. */
  readonly processorSeconds: number;
}

export function timeCalls(count: number, call: () => unknown): Timing {
  const before = process.cpuUsage();
  const seconds = Array.from({ length: count }, () => {
    const start = performance.now();
    call();
    return (performance.now() - start) / 1000;
  });
  const { user, system } = process.cpuUsage(before);
  return { seconds: median(seconds)!, processorSeconds: (user + system) / 1e6 / count };
}
