import type { GeometryAugmentation } from './augmentation.ts';

/** To the right and down by whole pixels, up to `shift` of the side in each direction. */
export const shift: GeometryAugmentation = {
  key: 'shift',
  stage: 'geometry',
  active: (config) => config.shift > 0,
  neutral: [0, 0],
  draw(config, random, { size }) {
    const largest = config.shift * size;
    const shiftX = Math.round(random.between(-largest, largest));
    return [shiftX, Math.round(random.between(-largest, largest))];
  },
  apply: (pose, [shiftX, shiftY]) => ({ ...pose, shiftX: shiftX!, shiftY: shiftY! }),
};
