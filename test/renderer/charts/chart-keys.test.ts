import { describe, expect, it } from 'vitest';
import { moved, plotAction } from '../../../renderer/charts/chart-keys.ts';

const key = (name: string, more: Partial<KeyboardEvent> = {}) =>
  plotAction({ key: name, shiftKey: false, ctrlKey: false, metaKey: false, altKey: false, ...more });

describe('keys in a plot', () => {
  it('move by points, with Shift by snapshots, and zoom', () => {
    expect(key('ArrowRight')).toBe('next');
    expect(key('ArrowLeft', { shiftKey: true })).toBe('previousMark');
    expect(key('End')).toBe('last');
    expect(['+', '=', '-', '0'].map((name) => key(name))).toEqual(['zoomIn', 'zoomIn', 'zoomOut', 'zoomReset']);
  });

  it('leave to the window what is pressed with Ctrl, Cmd or Alt, and letters', () => {
    expect(key('ArrowLeft', { altKey: true })).toBeNull();
    expect(key('0', { ctrlKey: true })).toBeNull();
    expect(key('t')).toBeNull();
  });
});

describe('the cursor', () => {
  const epochs = [1, 2, 3];

  it('begins at the newest point', () => {
    expect(moved(epochs, null, 'previous')).toBe(3);
  });

  it('goes from point to point and stops at the ends', () => {
    expect(moved(epochs, 2, 'next')).toBe(3);
    expect(moved(epochs, 3, 'next')).toBe(3);
    expect(moved(epochs, 2.5, 'previous')).toBe(2);
    expect(moved(epochs, 1, 'previous')).toBe(1);
    expect(moved(epochs, 3, 'first')).toBe(1);
  });

  it('stays where there is no further snapshot', () => {
    expect(moved([4, 8], 8, 'nextMark')).toBe(8);
    expect(moved([4, 8], 5, 'nextMark')).toBe(8);
    expect(moved([], 5, 'nextMark')).toBe(5);
  });
});
