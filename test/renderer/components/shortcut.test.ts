import { expect, it } from 'vitest';
import { ariaShortcut, keyOf, shortcutLabel } from '../../../renderer/components/shortcut.ts';

it('writes a shortcut as each system does', () => {
  expect(shortcutLabel('Mod+Enter', false)).toBe('Ctrl Enter');
  expect(shortcutLabel('Mod+Shift+Z', true)).toBe('⌘⇧Z');
  expect(ariaShortcut('Mod+Enter', false)).toBe('Control+Enter');
  expect(ariaShortcut('Mod+Enter', true)).toBe('Meta+Enter');
});

it('knows a letter by its place where another script is written', () => {
  expect(keyOf({ key: 'ь', code: 'KeyM' })).toBe('m');
  expect(keyOf({ key: 'M', code: 'Semicolon' })).toBe('m');
  expect(keyOf({ key: ' ', code: 'Space' })).toBe(' ');
  expect(keyOf({ key: 'Escape', code: 'Escape' })).toBe('escape');
});
