import { makePictures } from '../support/make-pictures.ts';
import type { Bench } from './bench.ts';
import { watchedTraining } from './watched-training.ts';
import { inWorkFolder } from './work-folder.ts';

const classes = Array.from({ length: 10 }, (_, i) => `class-${i}`);
const counts = [2_000, 20_000] as const;
const side = 96;

/** How much more memory all processes of a `quick` run hold at their peak with 20,000 pictures than with 2,000. */
export const memory: Bench = {
  name: 'memory',
  async run() {
    const peaks: number[] = [];
    const seconds: number[] = [];
    for (const count of counts) {
      await inWorkFolder(async (folder) => {
        const data = `${folder}/pictures`;
        await makePictures(data, { classes, perClass: count / classes.length, width: side, height: side, seed: 1 });
        const args = [data, '--preset', 'quick', '--out', `${folder}/workspace`, '--set', `model.inputSize=${side}`];
        const training = await watchedTraining(args);
        peaks.push(training.peakMemoryBytes);
        seconds.push(training.secondsWithStartUp);
      });
    }
    const [few, many] = peaks as [number, number];
    return {
      name: 'memory',
      ours: many - few,
      peer: null,
      peerName: null,
      ratio: null,
      unit: 'bytes',
      peakMemoryBytes: many,
      peerPeakMemoryBytes: null,
      details: { pictures: counts, peakBytes: peaks, seconds },
    };
  },
};
