import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { TypedText } from '../../../renderer/components/typed-text.svelte.ts';

function field() {
  const read: string[] = [];
  return { read, typed: new TypedText((text) => read.push(text)) };
}

describe('text typed into a field', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('is read once, 400 ms after the last key, and stays as it was typed', () => {
    const { read, typed } = field();
    typed.type('1');
    vi.advanceTimersByTime(399);
    typed.type('12');
    vi.advanceTimersByTime(399);
    expect(read).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(read).toEqual(['12']);
    expect(typed.text).toBe('12');
    vi.advanceTimersByTime(10_000);
    expect(read).toEqual(['12']);
  });

  it('is read at once on leaving, which shows the value again', () => {
    const { read, typed } = field();
    typed.type('7');
    typed.leave();
    expect({ read, text: typed.text }).toEqual({ read: ['7'], text: null });
    vi.advanceTimersByTime(10_000);
    expect(read).toEqual(['7']);
  });

  it('is forgotten when it is dropped; nothing is read where nothing was typed', () => {
    const { read, typed } = field();
    typed.leave();
    typed.type('7');
    typed.drop();
    vi.advanceTimersByTime(10_000);
    expect({ read, text: typed.text }).toEqual({ read: [], text: null });
  });
});
