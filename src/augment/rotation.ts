import type { GeometryAugmentation } from './augmentation.ts';

/** A turn about the centre by up to `rotation` degrees either way. */
export const rotation: GeometryAugmentation = {
  key: 'rotation',
  stage: 'geometry',
  active: (config) => config.rotation > 0,
  neutral: [0],
  draw: (config, random) => [random.between(-config.rotation, config.rotation)],
  apply: (pose, [degrees]) => ({ ...pose, degrees: degrees! }),
};
