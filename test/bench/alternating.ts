import { median } from '../../src/base/median.ts';
import type { BenchResult } from './bench.ts';
import type { MeasuredRun } from './measured-process.ts';
import type { Timing } from './ours/time-calls.ts';

type Layout = 'nchw' | 'nhwc';

export interface AlternatingOptions<T extends Timing> {
  readonly name: string;
  readonly runs: number;
  /** Pictures that one timed call works on. */
  readonly batch: number;
  readonly ours: () => Promise<MeasuredRun<T>>;
  readonly peer: (layout: Layout) => Promise<MeasuredRun<T>>;
  /** Largest difference between what both sides computed. */
  readonly difference: (ours: T, peer: T) => number;
}

/** Pictures a second of both sides in alternating processes; the peer in whichever layout is faster here. */
export async function alternating<T extends Timing>(options: AlternatingOptions<T>): Promise<BenchResult> {
  const { name, runs, batch } = options;
  const probes = { nchw: await options.peer('nchw'), nhwc: await options.peer('nhwc') };
  const layout: Layout = probes.nchw.result.seconds < probes.nhwc.result.seconds ? 'nchw' : 'nhwc';
  const ours: MeasuredRun<T>[] = [];
  const peers: MeasuredRun<T>[] = [];
  for (let i = 0; i < runs; i++) {
    ours.push(await options.ours());
    peers.push(await options.peer(layout));
  }
  const rate = (all: readonly MeasuredRun<T>[]) => batch / median(all.map(({ result }) => result.seconds))!;
  const processor = (all: readonly MeasuredRun<T>[]) => median(all.map(({ result }) => result.processorSeconds))!;
  const peak = (all: readonly MeasuredRun<T>[]) => Math.max(...all.map(({ peakMemoryBytes }) => peakMemoryBytes));
  return {
    name,
    ours: rate(ours),
    peer: rate(peers),
    peerName: `PyTorch (${layout === 'nhwc' ? 'channels_last' : 'NCHW'})`,
    ratio: rate(ours) / rate(peers),
    unit: 'pictures/s',
    peakMemoryBytes: peak(ours),
    peerPeakMemoryBytes: peak(peers),
    details: {
      difference: options.difference(ours[0]!.result, peers[0]!.result),
      seconds: ours.map(({ result }) => result.seconds),
      peerSeconds: peers.map(({ result }) => result.seconds),
      otherLayoutSeconds: probes[layout === 'nchw' ? 'nhwc' : 'nchw'].result.seconds,
      processorSeconds: processor(ours),
      peerProcessorSeconds: processor(peers),
      processorRatio: processor(peers) / processor(ours),
    },
  };
}
