import type { RandomStream } from '../base/random.ts';
import { writeProjective } from './affine.ts';
import type { Augmentation, AugmentConfig } from './augmentation.ts';
import type { Frame } from './frame.ts';
import { plainPose, poseMap, type Pose } from './pose.ts';

/** What was drawn for a batch of n pictures; nothing random is left to the compiled step. */
export interface DrawnAugmentation {
  /** float32 [n, 8], for ImageProjectiveTransformV3: output pixel → input pixel. */
  readonly transforms: Float32Array;
  /** float32 [n, columns]: the numbers of the traced augmentations one after the other. */
  readonly numbers: Float32Array;
  readonly columns: number;
  /** Changes the bytes of picture `index` of the batch: uint8 [side, side, 3]. */
  changeBytes(index: number, picture: Uint8Array): void;
}

/** Draws for `count` pictures. `active`: as `activeAugmentations` orders them. */
export function drawAugmentation(
  active: readonly Augmentation[],
  config: AugmentConfig,
  random: RandomStream,
  count: number,
  frame: Frame,
): DrawnAugmentation {
  const transforms = new Float32Array(count * 8);
  const columns = columnsOf(active);
  const numbers = new Float32Array(count * columns);
  const bytes: ((picture: Uint8Array) => void)[][] = [];
  for (let i = 0; i < count; i++) {
    let pose: Pose = plainPose;
    let column = i * columns;
    bytes.push([]);
    for (const augmentation of active) {
      const drawn = augmentation.draw(config, random, frame);
      if (augmentation.stage === 'host') bytes[i]!.push((picture) => augmentation.apply(picture, drawn, frame));
      else if (augmentation.stage === 'geometry') pose = augmentation.apply(pose, drawn, frame);
      else {
        numbers.set(drawn, column);
        column += drawn.length;
      }
    }
    writeProjective(poseMap(pose, frame), transforms, i * 8);
  }
  return { transforms, numbers, columns, changeBytes: (i, picture) => bytes[i]!.forEach((change) => change(picture)) };
}

/** How many numbers a picture the traced augmentations read. */
function columnsOf(active: readonly Augmentation[]): number {
  return active.reduce(
    (sum, { stage, neutral }) => (stage === 'colour' || stage === 'mask' ? sum + neutral.length : sum),
    0,
  );
}
