import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { activeAugmentations, type AugmentConfig, type Augmentation } from '../../src/augment/augmentation.ts';
import { drawAugmentation } from '../../src/augment/draw.ts';
import { augmentations } from '../../src/augment/index.ts';
import { randomCropBox } from '../../src/augment/random-crop-box.ts';
import { roundHalfToEven } from '../../src/data/decode-picture.ts';
import { centreCropOffset } from '../../src/augment/centre-crop.ts';
import { randomStream, type RandomStream } from '../../src/base/random.ts';
import { trainConfigSchema } from '../../src/settings/train-config.ts';

function config(overrides: Partial<AugmentConfig> = {}): AugmentConfig {
  const none = {
    flip: false,
    cropMinScale: 1,
    shift: 0,
    scale: 0,
    rotation: 0,
    brightness: 0,
    contrast: 0,
    saturation: 0,
    hue: 0,
  };
  return { ...v.parse(trainConfigSchema, {}).augment, ...none, ...overrides };
}

/** With the numbers of the key parts as seed. */
function draw(augment: AugmentConfig, seed: number, count: number, side: number, size: number) {
  const active = activeAugmentations(augment, augmentations);
  return drawAugmentation(active, augment, randomStream(seed, 'augment'), count, { side, size });
}

describe('drawAugmentation', () => {
  it('is the centre crop when every strength is 0, and draws no number', () => {
    const { transforms, numbers, columns } = draw(config(), 1, 3, 256, 224);
    for (let i = 0; i < 3; i++) expect([...transforms.slice(i * 8, i * 8 + 8)]).toEqual([1, 0, 16, 0, 1, 16, 0, 0]);
    expect([numbers.length, columns]).toEqual([0, 0]);
  });

  it('gives equal numbers for equal seeds and others for other seeds', () => {
    const strong = config({ cropMinScale: 0.3, rotation: 20, hue: 0.2 });
    const { transforms, numbers } = draw(strong, 3, 8, 64, 56);
    expect(draw(strong, 3, 8, 64, 56)).toMatchObject({ transforms, numbers });
    expect(draw(strong, 4, 8, 64, 56).transforms).not.toEqual(transforms);
    expect(draw(strong, 4, 8, 64, 56).numbers).not.toEqual(numbers);
  });

  it('draws for each picture in turn, in the order of the table: another order would give other pictures', () => {
    const strengths = {
      cropMinScale: 0.3,
      shift: 0.2,
      scale: 0.2,
      rotation: 20,
      flip: true,
      brightness: 0.2,
      hue: 0.2,
    };
    const { transforms, numbers } = draw(config(strengths), 6, 2, 64, 56);
    const random = randomStream(6, 'augment');
    const expected = [0, 1].map(() => {
      const { left, top, width, height } = randomCropBox(64, 0.3, random);
      const shiftX = Math.round(random.between(-11.2, 11.2));
      const shiftY = Math.round(random.between(-11.2, 11.2));
      const zoom = random.between(0.8, 1.2);
      const angle = (random.between(-20, 20) * Math.PI) / 180;
      const mirrored = random.uniform() < 0.5;
      const brightness = random.between(0.8, 1.2);
      const hue = random.between(-0.2, 0.2);
      // Where the centres of the output's pixels (0, 0) and (55, 55) are read, by the steps in words.
      const read = (column: number, row: number): [number, number] => {
        const x = (mirrored ? 56 - column : column) - shiftX - 28;
        const y = row - shiftY - 28;
        const turnedX = (Math.cos(angle) * x + Math.sin(angle) * y) / zoom + 28;
        const turnedY = (-Math.sin(angle) * x + Math.cos(angle) * y) / zoom + 28;
        return [left + (turnedX * width) / 56, top + (turnedY * height) / 56];
      };
      return { corners: [read(0.5, 0.5), read(55.5, 55.5)], numbers: [brightness, hue] };
    });
    expected.forEach(({ corners, numbers: drawn }, i) => {
      const [a, b, c, d, e, f] = transforms.slice(i * 8, i * 8 + 6) as unknown as [
        number,
        number,
        number,
        number,
        number,
        number,
      ];
      [0, 55].forEach((pixel, corner) => {
        expect(a * pixel + b * pixel + c + 0.5).toBeCloseTo(corners[corner]![0], 3);
        expect(d * pixel + e * pixel + f + 0.5).toBeCloseTo(corners[corner]![1], 3);
      });
      drawn.forEach((value, column) => expect(numbers[2 * i + column]).toBe(Math.fround(value)));
    });
  });

  it('mirrors about half of the pictures: output pixel 0 reads the last pixel of the crop', () => {
    const { transforms } = draw(config({ flip: true }), 5, 1000, 32, 28);
    let mirrored = 0;
    for (let i = 0; i < 1000; i++) {
      const map = [...transforms.slice(i * 8, i * 8 + 8)];
      if (map[0] === -1) mirrored++;
      expect(map).toEqual(map[0] === -1 ? [-1, 0, 29, 0, 1, 2, 0, 0] : [1, 0, 2, 0, 1, 2, 0, 0]);
    }
    expect(mirrored).toBeGreaterThan(440);
    expect(mirrored).toBeLessThan(560);
  });

  it('shifts by whole pixels up to the fraction asked for', () => {
    const { transforms } = draw(config({ shift: 0.125 }), 2, 500, 32, 32);
    const shifts = Array.from({ length: 500 }, (_, i) => transforms[i * 8 + 2]!);
    expect(shifts.every(Number.isInteger)).toBe(true);
    expect(Math.min(...shifts)).toBe(-4);
    expect(Math.max(...shifts)).toBe(4);
  });

  it('keeps every factor inside its range', () => {
    const strengths = { brightness: 0.2, contrast: 0.3, saturation: 0.4, hue: 0.1 };
    const { numbers } = draw(config(strengths), 9, 300, 8, 8);
    Object.values(strengths).forEach((strength, column) => {
      const values = Array.from({ length: 300 }, (_, i) => numbers[i * 4 + column]! - (column < 3 ? 1 : 0));
      expect(Math.max(...values.map(Math.abs))).toBeLessThanOrEqual(strength + 1e-6);
      expect(Math.max(...values)).toBeGreaterThan(strength * 0.8);
      expect(Math.min(...values)).toBeLessThan(-strength * 0.8);
    });
  });
});

describe('an augmentation', () => {
  it.each(augmentations.map((augmentation) => [augmentation.key, augmentation] as const))(
    'draws as many numbers as it has neutral ones: %s',
    (_, augmentation: Augmentation) => {
      const everything = { cropMinScale: 0.5, shift: 0.2, scale: 0.2, rotation: 20, flip: true };
      const strong = config({ ...everything, brightness: 0.2, contrast: 0.2, saturation: 0.2, hue: 0.2 });
      expect(augmentation.active(strong)).toBe(true);
      expect(augmentation.active(config())).toBe(false);
      const drawn = augmentation.draw(strong, randomStream(1), { side: 32, size: 28 });
      expect(drawn).toHaveLength(augmentation.neutral.length);
    },
  );
});

describe('an augmentation that exists only here', () => {
  const made = {
    active: () => true,
    neutral: [0],
    draw: (_c: AugmentConfig, random: RandomStream) => [random.uniform()],
  };

  it('changes the bytes of its own picture by its own numbers, on the host', () => {
    const inverted: Augmentation = {
      ...made,
      key: 'inverted',
      stage: 'host',
      apply: (picture, [number]) => void picture.forEach((byte, i) => (picture[i] = number! < 0.5 ? 255 - byte : byte)),
    };
    const { changeBytes, columns } = drawAugmentation([inverted], config(), randomStream(3), 20, { side: 1, size: 1 });
    const random = randomStream(3);
    const expected = Array.from({ length: 20 }, (_, i) => (random.uniform() < 0.5 ? 255 - i : i));
    const received = Array.from({ length: 20 }, (_, i) => {
      const picture = Uint8Array.of(i, i, i);
      changeBytes(i, picture);
      return picture[2];
    });
    expect(received).toEqual(expected);
    expect(columns).toBe(0);
  });

  it('meets a picture by its stage, wherever it is listed, but within a stage in the order of the list', () => {
    const stages = ['mask', 'colour', 'geometry', 'host', 'colour'] as const;
    const listed = stages.map((stage, i) => ({
      ...made,
      key: `${stage} ${i}`,
      stage,
      apply: (given: unknown) => given,
    }));
    const ordered = activeAugmentations(config(), listed as Augmentation[]).map(({ key }) => key);
    expect(ordered).toEqual(['host 3', 'geometry 2', 'colour 1', 'colour 4', 'mask 0']);
  });
});

describe('randomCropBox', () => {
  it('lies inside the square with area and aspect in range', () => {
    const random = randomStream(11);
    for (let i = 0; i < 2000; i++) {
      const box = randomCropBox(100, 0.2, random);
      expect(box.left).toBeGreaterThanOrEqual(0);
      expect(box.top).toBeGreaterThanOrEqual(0);
      expect(box.left + box.width).toBeLessThanOrEqual(100);
      expect(box.top + box.height).toBeLessThanOrEqual(100);
      // Sides are rounded to whole pixels: half a pixel in forty is the slack.
      expect((box.width * box.height) / 10_000).toBeGreaterThan(0.19);
      const ratio = box.width / box.height;
      expect(ratio).toBeGreaterThan(0.73);
      expect(ratio).toBeLessThan(1.37);
    }
  });

  it('takes areas evenly: a third of them below a third of the range', () => {
    const random = randomStream(12);
    let small = 0;
    // Below 0.4 no box is refused for its shape, so the draw is uniform there.
    for (let i = 0; i < 3000; i++) {
      const { width, height } = randomCropBox(1000, 0.1, random);
      if ((width * height) / 1e6 < 0.4) small++;
    }
    // torchvision draws again when a box does not fit, which favours small ones over the plain 1/3.
    expect(small / 3000).toBeGreaterThan(0.3);
    expect(small / 3000).toBeLessThan(0.45);
  });
});

describe('centreCropOffset', () => {
  it('crops where data/ crops its cached squares', () => {
    for (let margin = 0; margin < 70; margin++) {
      expect(centreCropOffset(224 + margin, 224)).toBe(roundHalfToEven(margin / 2));
    }
  });

  it('rounds halves to even as torchvision does', () => {
    expect([
      centreCropOffset(256, 224),
      centreCropOffset(5, 4),
      centreCropOffset(7, 4),
      centreCropOffset(9, 4),
      centreCropOffset(4, 4),
    ]).toEqual([16, 0, 2, 2, 0]);
  });
});
