import type { GeometryAugmentation } from './augmentation.ts';
import { randomCropBox } from './random-crop-box.ts';

/** Random resized crop: a part of at least `cropMinScale` of the area, resized to the whole. */
export const crop: GeometryAugmentation = {
  key: 'crop',
  stage: 'geometry',
  active: ({ cropMinScale }) => cropMinScale < 1,
  neutral: [0, 0, 0, 0],
  draw({ cropMinScale }, random, { side }) {
    const { left, top, width, height } = randomCropBox(side, cropMinScale, random);
    return [left, top, width, height];
  },
  apply: (pose, [left, top, width, height]) => ({
    ...pose,
    box: { left: left!, top: top!, width: width!, height: height! },
  }),
};
