import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  boxToSquare,
  inverseShiftScaleTurn,
  mirror,
  compose,
  writeProjective,
  type Affine,
} from '../../src/augment/affine.ts';
import { applyAugmentation, centreCrop } from '../../src/augment/apply.ts';
import type { Augmentation } from '../../src/augment/augmentation.ts';
import { augmentations } from '../../src/augment/index.ts';
import { plainPose, poseMap } from '../../src/augment/pose.ts';
import { normalise } from '../../src/tensor/ops/normalise.ts';
import { randomStream } from '../../src/base/random.ts';
import { compile } from '../../src/tensor/compile.ts';
import { loadRuntime } from '../../src/tensor/runtime.ts';
import { tf, type Tensor2D, type Tensor4D } from '../../src/tensor/tf.ts';

interface Fixture {
  side: number;
  image: number[];
  affine: { degrees: number; shift: [number, number]; scale: number; output: number[]; mask: number[] }[];
  crops: { top: number; left: number; height: number; width: number; size: number; output: number[] }[];
  small: number[];
  colour: { name: ColourName; value: number; output: number[] }[];
  chained: number[];
}
const fixture = JSON.parse(readFileSync(new URL('../fixtures/augment.json', import.meta.url), 'utf8')) as Fixture;

const colourNames = ['brightness', 'contrast', 'saturation', 'hue'] as const;
type ColourName = (typeof colourNames)[number];
const named = (...names: readonly string[]): Augmentation[] => augmentations.filter(({ key }) => names.includes(key));
const neutral = [1, 1, 1, 0];

/** The map of a picture of `side` that is only cropped to its centre, as many times as there are pictures. */
function centreMaps(count: number, side: number, size: number): Float32Array {
  const maps = new Float32Array(count * 8);
  const frame = { side, size };
  for (let i = 0; i < count; i++) writeProjective(poseMap(plainPose, frame), maps, i * 8);
  return maps;
}

beforeAll(async () => {
  const { kind, reason } = await loadRuntime();
  if (kind !== 'native') throw new Error(`augmentation is tested on the native runtime: ${reason}`);
});

function project(pixels: number[], side: number, maps: Affine[], size: number): Float32Array {
  const transforms = new Float32Array(maps.length * 8);
  maps.forEach((map, i) => writeProjective(map, transforms, i * 8));
  return tf.tidy(() => {
    const images = tf.tile(tf.tensor4d(pixels, [1, side, side, 3]), [maps.length, 1, 1, 1]) as Tensor4D;
    const out = applyAugmentation([], images, tf.tensor2d(transforms, [maps.length, 8]), null, size);
    return out.dataSync() as Float32Array;
  });
}

function expectClose(
  actual: ArrayLike<number>,
  expected: ArrayLike<number>,
  tolerance: number,
  mask?: ArrayLike<number>,
) {
  expect(actual.length).toBe(expected.length);
  let worst = 0;
  for (let i = 0; i < actual.length; i++) {
    if (!mask || mask[Math.floor(i / 3)] === 1) worst = Math.max(worst, Math.abs(actual[i]! - expected[i]!));
  }
  expect(worst).toBeLessThan(tolerance);
}

describe('geometry', () => {
  it('is torchvision’s affine wherever samples lie inside the picture', () => {
    for (const { degrees, shift, scale, output, mask } of fixture.affine) {
      const map = inverseShiftScaleTurn(fixture.side, shift[0], shift[1], scale, degrees);
      expect(mask.filter((inside) => inside === 1).length).toBeGreaterThan(200);
      expectClose(project(fixture.image, fixture.side, [map], fixture.side), output, 0.02, mask);
    }
  });

  it('is torchvision’s resized crop, bilinear, where the box does not reach over its edge', () => {
    for (const { output, size, ...box } of fixture.crops) {
      const actual = project(fixture.image, fixture.side, [boxToSquare(box, size)], size);
      // resized_crop cannot see the pixels around its box and repeats the box's edge: compare the inner part.
      const reach = Math.ceil(size / Math.min(box.width, box.height));
      const inner = Array.from({ length: size * size }, (_, i) => {
        const column = i % size;
        const row = Math.floor(i / size);
        return Math.min(column, row, size - 1 - column, size - 1 - row) >= reach ? 1 : 0;
      });
      expectClose(actual, output, 0.02, inner);
    }
  });

  it('gives a bilinear sample computed by hand', () => {
    // Shifting right by a quarter of a pixel reads at x − ¼: a quarter of the left neighbour, three of the pixel itself.
    const quarter: Affine = [1, 0, -0.25, 0, 1, 0];
    const pixels = [10, 0, 0, 50, 0, 0, 90, 0, 0, 20, 0, 0, 10, 0, 0, 50, 0, 0, 90, 0, 0, 20, 0, 0].concat(
      new Array<number>(24).fill(0),
    );
    const out = project(pixels, 4, [quarter], 4);
    expect([out[3], out[6], out[9]]).toEqual([0.25 * 10 + 0.75 * 50, 0.25 * 50 + 0.75 * 90, 0.25 * 90 + 0.75 * 20]);
  });

  it('mirrors beyond the edge', () => {
    const pixels = Array.from({ length: 16 }, (_, i) => [(i % 4) * 10, 0, 0]).flat();
    const out = project(pixels, 4, [[1, 0, 2, 0, 1, 0]], 4);
    expect([out[0], out[3], out[6], out[9]]).toEqual([20, 30, 30, 20]);
  });

  it('leaves exactly the centre square when nothing is drawn, as the plain slice does', () => {
    const random = randomStream(4);
    const pixels = Float32Array.from({ length: 2 * 12 * 12 * 3 }, () => random.integer(256));
    for (const size of [12, 11, 9, 8]) {
      tf.tidy(() => {
        const images = tf.tensor4d(pixels, [2, 12, 12, 3]);
        const out = applyAugmentation([], images, tf.tensor2d(centreMaps(2, 12, size), [2, 8]), null, size);
        expect(out.dataSync()).toEqual(centreCrop(images, size).dataSync());
      });
    }
  });

  it('composes: a mirrored crop is the crop of the mirrored picture', () => {
    const box = boxToSquare({ left: 3, top: 5, width: 12, height: 9 }, 16);
    const mirroredBox = boxToSquare({ left: 24 - 3 - 12, top: 5, width: 12, height: 9 }, 16);
    const mirrored = [...project(fixture.image, 24, [mirror(24)], 24)];
    expectClose(
      project(fixture.image, 24, [compose(mirror(16), box)], 16),
      project(mirrored, 24, [mirroredBox], 16),
      1e-3,
    );
  });
});

/** `numbers`: a row for each picture, one number for each of the augmentations named. */
function adjust(pixels: number[], numbers: number[][], ...names: readonly ColourName[]): Float32Array {
  return tf.tidy(() => {
    const count = numbers.length;
    const images = tf.tile(tf.tensor4d(pixels, [1, 6, 6, 3]), [count, 1, 1, 1]) as Tensor4D;
    const maps = tf.tensor2d(centreMaps(count, 6, 6), [count, 8]);
    return applyAugmentation(named(...names), images, maps, tf.tensor2d(numbers), 6).dataSync() as Float32Array;
  });
}

// torchvision's own grey has 0.2989 for 0.299, so that its weights sum to 0.9999: 0.03 of 255 levels apart.
const tolerance = 0.03;

describe('colours', () => {
  it.each(colourNames)('%s is torchvision’s, each picture with its own factor', (name) => {
    const cases = fixture.colour.filter((entry) => entry.name === name);
    const numbers = cases.map(({ value }) => [value]);
    const outputs = cases.flatMap(({ output }) => output);
    expectClose(adjust(fixture.small, numbers, name), outputs, tolerance);
  });

  it('follow one another in the order of the table', () => {
    expectClose(adjust(fixture.small, [[1.2, 0.7, 1.5, -0.1]], ...colourNames), fixture.chained, 0.02);
  });

  it('change nothing at their neutral number, and grey pictures never at any hue', () => {
    for (const { key, neutral: numbers } of named(...colourNames))
      expectClose(adjust(fixture.small, [[...numbers]], key as ColourName), fixture.small, 0.001);
    const grey = Array.from({ length: 36 }, (_, i) => [i * 7, i * 7, i * 7]).flat();
    expectClose(adjust(grey, [[0.4]], 'hue'), grey, 0.001);
  });
});

describe('a mask that exists only here', () => {
  it('covers pictures after their colours, each by its own number', () => {
    const covered: Augmentation = {
      key: 'covered',
      stage: 'mask',
      active: () => true,
      neutral: [1],
      draw: () => [0],
      apply: (images, [shown]) => tf.mul(images, shown!),
    };
    const out = tf.tidy(() => {
      const images = tf.fill([2, 4, 4, 3], 100) as Tensor4D;
      const maps = tf.tensor2d(centreMaps(2, 4, 4), [2, 8]);
      const numbers = tf.tensor2d([
        [0.5, 1],
        [2, 0],
      ]);
      return applyAugmentation([...named('brightness'), covered], images, maps, numbers, 4).dataSync();
    });
    expect([...new Set(out.slice(0, 48)), ...new Set(out.slice(48))]).toEqual([50, 0]);
  });
});

describe('inside a compiled step', () => {
  it('nothing is frozen: every declared input changes the output, equal inputs repeat it bit for bit', () => {
    const images = tf.tensor4d(fixture.image, [1, 24, 24, 3]);
    const inputs = {
      images,
      transforms: tf.tensor2d(centreMaps(1, 24, 16), [1, 8]),
      numbers: tf.tensor2d([neutral]),
    };
    const compiled = compile({
      name: 'augment',
      inputs,
      fn: (given) => ({
        out: applyAugmentation(
          named(...colourNames),
          given.images as Tensor4D,
          given.transforms as Tensor2D,
          given.numbers as Tensor2D,
          16,
        ),
      }),
    });
    const run = (changed: Partial<typeof inputs>) =>
      tf.tidy(() => compiled.run({ ...inputs, ...changed }).out.dataSync());
    const plain = run({});
    expect(run({})).toEqual(plain);
    expect(run({ images: tf.mul(images, 0.5) as Tensor4D })).not.toEqual(plain);
    expect(run({ transforms: tf.tensor2d([1, 0, 3, 0, 1, 3, 0, 0], [1, 8]) })).not.toEqual(plain);
    neutral.forEach((value, column) => {
      const other = neutral.map((still, i) => (i === column ? value - 0.2 : still));
      expect(run({ numbers: tf.tensor2d([other]) })).not.toEqual(plain);
    });
    compiled.dispose();
  });
});

describe('normalise', () => {
  it('is (x / 255 − mean) / std per channel', () => {
    const mean = [0.485, 0.456, 0.406] as const;
    const std = [0.229, 0.224, 0.225] as const;
    const pixels = [0, 128, 255, 17, 3, 250];
    const out = tf.tidy(() => normalise(tf.tensor4d(pixels, [1, 1, 2, 3]), { mean, std }).dataSync());
    pixels.forEach((value, i) => expect(out[i]).toBeCloseTo((value / 255 - mean[i % 3]!) / std[i % 3]!, 5));
  });
});
