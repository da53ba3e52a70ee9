import type { RandomStream } from '../base/random.ts';
import type { TrainConfig } from '../protocol/train-config.ts';
import { boxToSquare, inverseShiftScaleTurn, mirror, compose, writeProjective, type Affine } from './affine.ts';
import { centreCropOffset } from './centre-crop.ts';
import { randomCropBox } from './random-crop-box.ts';

export type AugmentConfig = TrainConfig['augment'];

/** What the compiled step is fed for a batch of n pictures; nothing random is left to it. */
export interface AugmentationInputs {
  /** float32 [n, 8], for ImageProjectiveTransformV3: output pixel → input pixel. */
  readonly transforms: Float32Array;
  /** float32 [n, 4]: factors of brightness, contrast and saturation (1: none), hue in turns (0: none). */
  readonly colours: Float32Array;
}

/** Which colour ops the compiled step holds; part of its cache key. */
export interface AugmentStructure {
  readonly brightness: boolean;
  readonly contrast: boolean;
  readonly saturation: boolean;
  readonly hue: boolean;
}

export function augmentStructure(config: AugmentConfig): AugmentStructure {
  return {
    brightness: config.brightness > 0,
    contrast: config.contrast > 0,
    saturation: config.saturation > 0,
    hue: config.hue > 0,
  };
}

/**
 * Draws the augmentation of `count` pictures. Geometry, in the order a picture meets it: random resized crop of the cached
 * square of `side` pixels (with `cropMinScale` 1: its centre square of `size`), turn and zoom about the centre, shift by whole
 * pixels of the `size` output, mirror; all of it is one map. A strength of 0 draws nothing and changes nothing.
 */
export function drawAugmentation(
  config: AugmentConfig,
  random: RandomStream,
  count: number,
  side: number,
  size: number,
): AugmentationInputs {
  const transforms = new Float32Array(count * 8);
  const colours = new Float32Array(count * 4);
  for (let i = 0; i < count; i++) {
    writeProjective(drawGeometry(config, random, side, size), transforms, i * 8);
    const factor = (strength: number) => (strength > 0 ? random.between(1 - strength, 1 + strength) : 1);
    const turn = () => (config.hue > 0 ? random.between(-config.hue, config.hue) : 0);
    colours.set([factor(config.brightness), factor(config.contrast), factor(config.saturation), turn()], i * 4);
  }
  return { transforms, colours };
}

/** The augmentation that changes nothing: exactly the centre square of `size`. */
export function identityAugmentation(count: number, side: number, size: number): AugmentationInputs {
  const transforms = new Float32Array(count * 8);
  const colours = new Float32Array(count * 4);
  for (let i = 0; i < count; i++) {
    writeProjective(centreSquare(side, size), transforms, i * 8);
    colours.set([1, 1, 1, 0], i * 4);
  }
  return { transforms, colours };
}

function centreSquare(side: number, size: number): Affine {
  const offset = centreCropOffset(side, size);
  return [1, 0, offset, 0, 1, offset];
}

function drawGeometry(config: AugmentConfig, random: RandomStream, side: number, size: number): Affine {
  let map =
    config.cropMinScale < 1
      ? boxToSquare(randomCropBox(side, config.cropMinScale, random), size)
      : centreSquare(side, size);
  if (config.shift > 0 || config.scale > 0 || config.rotation > 0) {
    const largest = config.shift * size;
    const shiftX = config.shift > 0 ? Math.round(random.between(-largest, largest)) : 0;
    const shiftY = config.shift > 0 ? Math.round(random.between(-largest, largest)) : 0;
    const scale = config.scale > 0 ? random.between(1 - config.scale, 1 + config.scale) : 1;
    const degrees = config.rotation > 0 ? random.between(-config.rotation, config.rotation) : 0;
    map = compose(inverseShiftScaleTurn(size, shiftX, shiftY, scale, degrees), map);
  }
  if (config.flip && random.uniform() < 0.5) map = compose(mirror(size), map);
  return map;
}
