import type { GeometryAugmentation } from './augmentation.ts';

/** Zoom about the centre by a factor from 1 − s to 1 + s. */
export const scale: GeometryAugmentation = {
  key: 'scale',
  stage: 'geometry',
  active: (config) => config.scale > 0,
  neutral: [1],
  draw: (config, random) => [random.between(1 - config.scale, 1 + config.scale)],
  apply: (pose, [factor]) => ({ ...pose, scale: factor! }),
};
