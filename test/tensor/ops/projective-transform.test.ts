import { beforeAll, expect, it } from 'vitest';
import { projectiveTransform } from '../../../src/tensor/ops/projective-transform.ts';
import { loadRuntime } from '../../../src/tensor/runtime.ts';
import { tf } from '../../../src/tensor/tf.ts';
import { expectClose } from '../../support/gradients.ts';
import { createRandom } from '../../support/random-values.ts';

beforeAll(() => loadRuntime());

/** Reflection about the outer edges of the border pixels: … 1 0 | 0 1 … n−1 | n−1 … */
function mirrored(position: number, size: number): number {
  const folded = ((position % (2 * size)) + 2 * size) % (2 * size);
  return folded < size ? folded : 2 * size - 1 - folded;
}

it('samples each picture bilinearly through its own map, mirrored beyond the edge, as a loop does', () => {
  const [height, width] = [6, 5];
  const pixels = createRandom(3).uniform(2 * height * width, 0, 255);
  const maps = [
    [0.9, 0.1, 0.5, -0.1, 0.95, 0.3, 0, 0],
    [1.3, 0, -1, 0.05, 1.2, -0.7, 0.01, 0.02],
  ];
  const pixel = (picture: number, y: number, x: number) =>
    pixels[picture * height * width + mirrored(y, height) * width + mirrored(x, width)]!;
  const expected = maps.flatMap((map, picture) =>
    Array.from({ length: 4 * 4 }, (_, index) => {
      const [row, column] = [Math.floor(index / 4), index % 4];
      const k = map[6]! * column + map[7]! * row + 1;
      const x = (map[0]! * column + map[1]! * row + map[2]!) / k;
      const y = (map[3]! * column + map[4]! * row + map[5]!) / k;
      const [x0, y0] = [Math.floor(x), Math.floor(y)];
      const along = (line: number) => pixel(picture, line, x0) * (x0 + 1 - x) + pixel(picture, line, x0 + 1) * (x - x0);
      return along(y0) * (y0 + 1 - y) + along(y0 + 1) * (y - y0);
    }),
  );
  tf.tidy(() => {
    const result = projectiveTransform(tf.tensor4d(pixels, [2, height, width, 1]), tf.tensor2d(maps), { size: [4, 4] });
    expect(result.shape).toEqual([2, 4, 4, 1]);
    expectClose(result, tf.tensor4d(expected, [2, 4, 4, 1]), 1e-4);
  });
});
