import { openPicture } from './open-picture.ts';
import { pixelGate } from './run-pool.ts';

/** Pixels of the side that is named; smaller pictures keep their size. */
export type EyeSize = { readonly shorterSide: number } | { readonly longerSide: number };

/**
 * A picture file's bytes as a JPEG for people to look at: upright, transparent parts on white, proportions kept.
 * Throws AnnealError as `openPicture` and `rgbPixels`.
 */
export async function encodeForEye(bytes: Uint8Array, size: EyeSize): Promise<Uint8Array> {
  const picture = await openPicture(bytes);
  const { width, height } = picture;
  const wanted =
    'shorterSide' in size ? size.shorterSide / Math.min(width, height) : size.longerSide / Math.max(width, height);
  const scale = Math.min(1, wanted);
  const pixels = (side: number): number => Math.max(1, Math.round(side * scale));
  return pixelGate.run(width * height, () =>
    picture
      .pipeline()
      .resize(pixels(width), pixels(height), { fit: 'fill' })
      .toColourspace('srgb')
      .jpeg({ quality: 80 })
      .toBuffer(),
  );
}
