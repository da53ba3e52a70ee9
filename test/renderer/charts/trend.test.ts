import { describe, expect, it } from 'vitest';
import { trendOf } from '../../../renderer/charts/trend.ts';

describe('what a curve did', () => {
  it('is told by its ends and its best value', () => {
    expect(trendOf([1, 2, 3, 4], [0.613, 0.94, NaN, 0.933], 'high')).toEqual({
      direction: 'rose',
      first: 0.613,
      last: 0.933,
      best: 0.94,
      bestAt: 2,
      lastAt: 4,
    });
    expect(trendOf([1, 2], [0.5, 0.4], 'low')).toMatchObject({ direction: 'fell', best: 0.4 });
  });

  it('is nothing worth a word where the change is small', () => {
    expect(trendOf([1, 2], [0.9, 0.9002], 'high', 0.0005)?.direction).toBe('stayed');
  });

  it('is nothing where no value is there', () => {
    expect(trendOf([], [], 'high')).toBeNull();
    expect(trendOf([1], [NaN], 'high')).toBeNull();
  });
});
