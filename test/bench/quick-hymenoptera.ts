import { availableParallelism } from 'node:os';
import { join, resolve } from 'node:path';
import { median } from '../../src/base/median.ts';
import { resolveConfig } from '../../src/settings/resolve-config.ts';
import { sharedData } from '../support/shared.ts';
import type { Bench } from './bench.ts';
import { runPeer } from './peer-python.ts';
import { watchedTraining } from './watched-training.ts';
import { inWorkFolder } from './work-folder.ts';

const weights = resolve(import.meta.dirname, '../../pretrained/efficientnet_lite0.safetensors');
const workers = 2;

interface PeerAnswer {
  readonly seconds: number;
  readonly secondsFeatures: number;
  readonly secondsFolds: number;
  readonly test: number;
  readonly outOfFold: number;
}

/**
 * The whole `quick` job on hymenoptera, caches cold: read, decode, cache features, choose by folds, test. Both sides without
 * the start of their processes and without loading their libraries' code.
 */
export const quickHymenoptera: Bench = {
  name: 'quick-hymenoptera',
  pictures: ['hymenoptera'],
  async run(runs) {
    const data = join(sharedData!, 'hymenoptera');
    const layout = await fasterLayout(data);
    const ours = [];
    const peers = [];
    for (let i = 0; i < runs; i++) {
      ours.push(await inWorkFolder((folder) => watchedTraining([data, '--preset', 'quick', '--out', folder])));
      peers.push(await inWorkFolder((folder) => runPeer<PeerAnswer>('quick_job.py', peerArgs(data, folder, layout))));
    }
    const ourSeconds = median(ours.map(({ seconds }) => seconds))!;
    const peerSeconds = median(peers.map(({ result }) => result.seconds))!;
    return {
      name: 'quick-hymenoptera',
      ours: ourSeconds,
      peer: peerSeconds,
      peerName: `PyTorch, timm (${layout}, ${workers} workers) and scikit-learn`,
      ratio: peerSeconds / ourSeconds,
      unit: 'seconds',
      peakMemoryBytes: Math.max(...ours.map(({ peakMemoryBytes }) => peakMemoryBytes)),
      peerPeakMemoryBytes: Math.max(...peers.map(({ peakMemoryBytes }) => peakMemoryBytes)),
      details: {
        seconds: ours.map(({ seconds }) => seconds),
        peerSeconds: peers.map(({ result }) => result.seconds),
        secondsWithStartUp: ours.map(({ secondsWithStartUp }) => secondsWithStartUp),
        scanSeconds: ours.map(({ scanSeconds }) => scanSeconds),
        timings: ours.map(({ result }) => result.timings),
        peerSecondsFeatures: peers.map(({ result }) => result.secondsFeatures),
        peerSecondsFolds: peers.map(({ result }) => result.secondsFolds),
        test: ours.at(-1)?.result.test?.accuracy,
        peerTest: peers.at(-1)?.result.test,
      },
    };
  },
};

function peerArgs(data: string, folder: string, layout: string): string[] {
  const l2 = resolveConfig({ preset: 'quick' }).tune.l2Grid.map(String);
  const threads = String(availableParallelism());
  return [data, weights, folder, '--layout', layout, '--threads', threads, '--workers', String(workers), '--l2', ...l2];
}

/** The layout in which the peer's network is faster here. */
async function fasterLayout(data: string): Promise<string> {
  const seconds = new Map<string, number>();
  for (const layout of ['nchw', 'nhwc']) {
    const args = [...peerArgs(data, '.', layout), '--probe'];
    seconds.set(layout, (await runPeer<{ seconds: number }>('quick_job.py', args)).result.seconds);
  }
  return seconds.get('nchw')! < seconds.get('nhwc')! ? 'nchw' : 'nhwc';
}
