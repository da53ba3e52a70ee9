import { rgbPixels, type OpenPicture } from './open-picture.ts';

/**
 * What near-duplicate search compares. Difference hashes (Krawetz 2013) of the grey picture in both directions: bit = is the next of
 * 9 × 8 cells brighter. Cell sides divide `gridSide`, so both grids come from one small decode.
 */
export interface PictureHash {
  /** 32 hex digits: 64 bits along rows, then 64 along columns. */
  readonly bits: string;
  /** Mean colour of 4 × 4 cells, RGB, hex (96 digits): tells apart what only shares its shading. */
  readonly colours: string;
  /** Standard deviation of grey over the cells; a flat picture's hash is noise and is never matched. */
  readonly contrast: number;
}

const gridSide = 72;
/** Of 255: smaller steps are what compression leaves of even areas. */
const step = 0.75;

/** Decodes the whole picture once: a truncated file is found here. Throws `data.truncated | data.unreadable`. */
export async function hashPicture(picture: OpenPicture): Promise<PictureHash> {
  const { data } = await rgbPixels(
    picture,
    picture.pipeline().resize(gridSide, gridSide, { fit: 'fill', kernel: 'linear' }),
  );
  const grey = new Float32Array(gridSide * gridSide);
  for (let i = 0; i < grey.length; i++) {
    grey[i] = 0.299 * data[i * 3]! + 0.587 * data[i * 3 + 1]! + 0.114 * data[i * 3 + 2]!;
  }
  const wide = cellMeans(grey, 9, 8, 1);
  const tall = cellMeans(grey, 8, 9, 1);
  const bits = new Uint8Array(16);
  for (let y = 0; y < 8; y++) {
    for (let x = 0; x < 8; x++) {
      if (wide[y * 9 + x + 1]! > wide[y * 9 + x]! + step) bits[y]! |= 128 >> x;
      if (tall[(y + 1) * 8 + x]! > tall[y * 8 + x]! + step) bits[8 + y]! |= 128 >> x;
    }
  }
  const mean = wide.reduce((a, b) => a + b, 0) / wide.length;
  const variance = wide.reduce((sum, value) => sum + (value - mean) ** 2, 0) / wide.length;
  return {
    bits: Buffer.from(bits).toString('hex'),
    colours: Buffer.from(Uint8Array.from(cellMeans(data, 4, 4, 3), Math.round)).toString('hex'),
    contrast: Math.round(Math.sqrt(variance) * 100) / 100,
  };
}

/** values: [gridSide, gridSide, channels]; result: [rows, columns, channels]. */
function cellMeans(values: Float32Array | Uint8Array, columns: number, rows: number, channels: number): Float64Array {
  const width = gridSide / columns;
  const height = gridSide / rows;
  const means = new Float64Array(rows * columns * channels);
  for (let row = 0; row < rows; row++) {
    for (let y = row * height; y < (row + 1) * height; y++) {
      let at = y * gridSide * channels;
      for (let column = 0; column < columns; column++) {
        const cell = (row * columns + column) * channels;
        for (let x = 0; x < width; x++) for (let c = 0; c < channels; c++) means[cell + c]! += values[at++]!;
      }
    }
  }
  return means.map((sum) => sum / (width * height));
}
