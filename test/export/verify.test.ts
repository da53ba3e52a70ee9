import { describe, expect, it } from 'vitest';
import { compareAnswers, disputedPicture, requireSameAnswers } from '../../src/export/verify.ts';

describe('compareAnswers', () => {
  it('tells the largest difference and the share of equal first choices', () => {
    const expected = Float32Array.of(0.7, 0.3, 0.4, 0.6, 0.5, 0.5, 1, 0);
    const received = Float32Array.of(0.65, 0.35, 0.625, 0.375, 0.5, 0.5, 1, 0);
    const { pictures, largestDifference, sameFirstChoice, differences } = compareAnswers(expected, received, 2, 1e-4);
    expect(pictures).toBe(4);
    expect(largestDifference).toBeCloseTo(0.225, 6);
    expect(sameFirstChoice).toBe(0.75);
    expect(differences.map((value) => value.toFixed(3))).toEqual(['0.050', '0.225', '0.000', '0.000']);
  });

  it('does not take NaN or a missing answer for agreement', () => {
    expect(compareAnswers(Float32Array.of(0.5, 0.5), Float32Array.of(NaN, 0.5), 2, null).largestDifference).toBe(1);
    expect(compareAnswers(Float32Array.of(0.5, 0.5), new Float32Array(0), 2, null).largestDifference).toBe(1);
  });
});

describe('requireSameAnswers', () => {
  const answer = (
    pictures: number,
    largestDifference: number,
    sameFirstChoice: number,
    tolerance: number | null = 1e-4,
  ) => ({ pictures, largestDifference, sameFirstChoice, differences: [largestDifference], tolerance });

  it('wants probabilities within 1e-4 where the pixels are the same', () => {
    expect(() => requireSameAnswers(answer(50, 9e-5, 1), 'bundle')).not.toThrow();
    expect(() => requireSameAnswers(answer(50, 2e-4, 1), 'bundle')).toThrow('export.differs');
  });

  it('wants 99 % equal first choices where the export resizes itself', () => {
    expect(() => requireSameAnswers(answer(1000, 0.2, 0.99, null), 'savedmodel')).not.toThrow();
    expect(() => requireSameAnswers(answer(1000, 0.2, 0.989, null), 'savedmodel')).toThrow('export.differs');
    expect(() => requireSameAnswers(answer(20, 0.2, 0.95, null), 'savedmodel')).not.toThrow();
    expect(() => requireSameAnswers(answer(20, 0.2, 0.9, null), 'savedmodel')).toThrow('export.differs');
  });

  it('names the picture and both answers when it refuses', () => {
    const expected = Float32Array.of(0.9, 0.1, 0.6, 0.4, 0.5, 0.5);
    const received = Float32Array.of(0.3, 0.7, 0.6, 0.4, 0.5, 0.5);
    const disputed = disputedPicture(expected, received, ['ants', 'bees'], ['/p/a.jpg', '/p/b.jpg', '/p/c.jpg'])!;
    expect(disputed).toMatchObject({ picture: '/p/a.jpg', label: 'ants', exportLabel: 'bees' });
    expect(disputed.exportProbability).toBeCloseTo(0.7, 6);
    const refuse = () => requireSameAnswers(answer(3, 0.6, 2 / 3), 'bundle', () => disputed);
    expect(refuse).toThrow(expect.objectContaining({ params: expect.objectContaining({ picture: '/p/a.jpg' }) }));
  });

  it('puts another first choice before a larger difference, and does not stumble over a missing answer', () => {
    const expected = Float32Array.of(0.95, 0.05, 0.51, 0.49);
    const received = Float32Array.of(0.6, 0.4, 0.49, 0.51);
    const paths = ['/p/a.jpg', '/p/b.jpg'];
    expect(disputedPicture(expected, received, ['ants', 'bees'], paths)!.picture).toBe('/p/b.jpg');
    const nothing = disputedPicture(expected, new Float32Array(0), ['ants', 'bees'], paths);
    expect(nothing).toMatchObject({ exportLabel: 'ants', exportProbability: null });
    expect(disputedPicture(expected, received, ['ants', 'bees'], [])).toBeNull();
  });
});
