import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { drawAugmentation, identityAugmentation, type AugmentConfig } from '../../src/augment/draw.ts';
import { randomCropBox } from '../../src/augment/random-crop-box.ts';
import { roundHalfToEven } from '../../src/data/decode-picture.ts';
import { centreCropOffset } from '../../src/augment/centre-crop.ts';
import { randomStream } from '../../src/base/random.ts';
import { trainConfigSchema } from '../../src/protocol/train-config.ts';

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

describe('drawAugmentation', () => {
  it('is the centre crop when every strength is 0', () => {
    const drawn = drawAugmentation(config(), randomStream(1), 3, 256, 224);
    expect(drawn).toEqual(identityAugmentation(3, 256, 224));
    expect([...drawn.transforms.slice(0, 8)]).toEqual([1, 0, 16, 0, 1, 16, 0, 0]);
    expect([...drawn.colours.slice(0, 4)]).toEqual([1, 1, 1, 0]);
  });

  it('gives equal numbers for equal seeds and others for other seeds', () => {
    const draw = (seed: number) =>
      drawAugmentation(config({ cropMinScale: 0.3, rotation: 20, hue: 0.2 }), randomStream(seed, 'augment'), 8, 64, 56);
    expect(draw(3)).toEqual(draw(3));
    expect(draw(3)).not.toEqual(draw(4));
  });

  it('mirrors about half of the pictures: output pixel 0 reads the last pixel of the crop', () => {
    const { transforms } = drawAugmentation(config({ flip: true }), randomStream(5), 1000, 32, 28);
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
    const { transforms } = drawAugmentation(config({ shift: 0.125 }), randomStream(2), 500, 32, 32);
    const shifts = Array.from({ length: 500 }, (_, i) => transforms[i * 8 + 2]!);
    expect(shifts.every(Number.isInteger)).toBe(true);
    expect(Math.min(...shifts)).toBe(-4);
    expect(Math.max(...shifts)).toBe(4);
  });

  it('keeps every factor inside its range', () => {
    const { colours } = drawAugmentation(
      config({ brightness: 0.2, contrast: 0.3, saturation: 0.4, hue: 0.1 }),
      randomStream(9),
      300,
      8,
      8,
    );
    [0.2, 0.3, 0.4, 0.1].forEach((strength, column) => {
      const values = Array.from({ length: 300 }, (_, i) => colours[i * 4 + column]! - (column < 3 ? 1 : 0));
      expect(Math.max(...values.map(Math.abs))).toBeLessThanOrEqual(strength + 1e-6);
      expect(Math.max(...values)).toBeGreaterThan(strength * 0.8);
      expect(Math.min(...values)).toBeLessThan(-strength * 0.8);
    });
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
