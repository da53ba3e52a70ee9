import type { RandomStream } from '../base/random.ts';

export interface CropBox {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

const tries = 10;
const logRatio = Math.log(4 / 3);

/**
 * torchvision's `RandomResizedCrop.get_params` on a square of `side` pixels: area uniform in [minScale, 1] of the square,
 * log aspect ratio uniform in [log 3/4, log 4/3]; after ten tries that do not fit, the whole square (its centre crop, since a
 * square's own ratio is inside the range).
 */
export function randomCropBox(side: number, minScale: number, random: RandomStream): CropBox {
  for (let i = 0; i < tries; i++) {
    const area = side * side * random.between(minScale, 1);
    const ratio = Math.exp(random.between(-logRatio, logRatio));
    const width = Math.round(Math.sqrt(area * ratio));
    const height = Math.round(Math.sqrt(area / ratio));
    if (width < 1 || height < 1 || width > side || height > side) continue;
    return { left: random.integer(side - width + 1), top: random.integer(side - height + 1), width, height };
  }
  return { left: 0, top: 0, width: side, height: side };
}
