import { availableParallelism } from 'node:os';
import { alternating } from './alternating.ts';
import type { Bench } from './bench.ts';
import type { Timing } from './ours/time-calls.ts';
import { runOurs } from './our-process.ts';
import { runPeer } from './peer-python.ts';
import { inWorkFolder } from './work-folder.ts';

interface StepAnswer extends Timing {
  /** Of the first five steps from the same weights on the same batch. */
  readonly losses: readonly number[];
}

interface StepBench {
  readonly name: string;
  /** torchvision's or timm's name. */
  readonly architecture: string;
  readonly batch: number;
  readonly size: number;
  /** Timed steps a run. */
  readonly steps: number;
}

/** One step: forward, cross-entropy, backward, momentum with weight decay, batch-norm averages; float32 on all cores. */
export function trainingStep({ name, architecture, batch, size, steps }: StepBench): Bench {
  return {
    name,
    run: (runs) =>
      inWorkFolder(async (folder) => {
        const file = `${folder}/start.safetensors`;
        await runPeer('training_step.py', ['write', architecture, file, '--batch', `${batch}`, '--size', `${size}`]);
        const timing = ['--threads', `${availableParallelism()}`, '--steps', `${steps}`];
        return alternating<StepAnswer>({
          name,
          runs,
          batch,
          ours: () => runOurs('training-step.ts', [architecture, file, `${steps}`]),
          peer: (layout) => runPeer('training_step.py', ['time', architecture, file, '--layout', layout, ...timing]),
          difference: (ours, peer) => Math.max(...ours.losses.map((loss, i) => Math.abs(loss - peer.losses[i]!))),
        });
      }),
  };
}

export const resnet20Step = trainingStep({
  name: 'resnet20-step',
  architecture: 'resnet20',
  batch: 64,
  size: 32,
  steps: 30,
});
export const mobilenetV2Step = trainingStep({
  name: 'mobilenetv2-step',
  architecture: 'mobilenet_v2',
  batch: 16,
  size: 224,
  steps: 6,
});
export const efficientnetLite0Step = trainingStep({
  name: 'efficientnet-lite0-step',
  architecture: 'tf_efficientnet_lite0',
  batch: 16,
  size: 224,
  steps: 6,
});
