import type { RunResult } from '../../src/protocol/run-event.ts';
import { anneal, resultOf, type JsonLine } from './anneal-process.ts';
import { watchTree, type TreeSampler } from './process-tree-peak.ts';

export interface WatchedTraining {
  readonly result: RunResult;
  /** From the first look at a picture to the answer; without the start of the processes. */
  readonly seconds: number;
  /** From the command to its end, everything in. */
  readonly secondsWithStartUp: number;
  readonly scanSeconds: number;
  readonly peakMemoryBytes: number;
}

/** `anneal train` in processes of its own, timed and watched. */
export async function watchedTraining(args: readonly string[]): Promise<WatchedTraining> {
  const scan = new ScanClock();
  const watch: { tree?: TreeSampler } = {};
  const started = performance.now();
  const lines = await anneal(
    ['train', ...args],
    (line) => scan.hear(line),
    (pid) => (watch.tree = watchTree(pid)),
  );
  const secondsWithStartUp = (performance.now() - started) / 1000;
  watch.tree?.stop();
  const result = resultOf<RunResult>(lines);
  return {
    result,
    seconds: scan.seconds() + result.timings.total,
    secondsWithStartUp,
    scanSeconds: scan.seconds(),
    peakMemoryBytes: watch.tree?.peakBytes() ?? 0,
  };
}

/** How long a scan took by what it told: the first message says when it began, the last one when it ended. */
class ScanClock {
  #first = 0;
  #last = 0;

  hear(line: JsonLine): void {
    if (line['phase'] !== 'scan') return;
    this.#last = performance.now();
    if (this.#first === 0) this.#first = this.#last;
  }

  seconds(): number {
    return (this.#last - this.#first) / 1000;
  }
}
