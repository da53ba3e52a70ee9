import { describe, expect, it } from 'vitest';
import { labelSides, nearestSpot } from '../../../renderer/charts/nearest-mark.ts';

describe('the mark under the pointer', () => {
  it('is the nearest within reach', () => {
    const spots = [
      { left: 10, top: 10 },
      { left: 20, top: 10 },
    ];
    expect(nearestSpot(spots, 16, 10, 24)).toBe(1);
    expect(nearestSpot(spots, 100, 100, 24)).toBe(-1);
  });
});

describe('labels of bubbles', () => {
  it('stand right, left where the right is taken or ends, or nowhere', () => {
    const spots = [
      { left: 50, top: 50, radius: 5 },
      { left: 190, top: 20, radius: 5 },
      { left: 52, top: 52, radius: 5 },
    ];
    expect(labelSides(spots, [60, 60, 60], 14, 200)).toEqual(['right', 'left', null]);
  });
});
