import type { GeometryAugmentation } from './augmentation.ts';

/** Every second picture is mirrored left and right. */
export const flip: GeometryAugmentation = {
  key: 'flip',
  stage: 'geometry',
  active: (config) => config.flip,
  neutral: [0],
  draw: (_config, random) => [random.uniform() < 0.5 ? 1 : 0],
  apply: (pose, [mirrored]) => ({ ...pose, mirrored: mirrored === 1 }),
};
