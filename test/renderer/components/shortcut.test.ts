import { expect, it } from 'vitest';
import { ariaShortcut, shortcutLabel } from '../../../renderer/components/shortcut.ts';

it('writes a shortcut as each system does', () => {
  expect(shortcutLabel('Mod+Enter', false)).toBe('Ctrl Enter');
  expect(shortcutLabel('Mod+Shift+Z', true)).toBe('⌘⇧Z');
  expect(ariaShortcut('Mod+Enter', false)).toBe('Control+Enter');
  expect(ariaShortcut('Mod+Enter', true)).toBe('Meta+Enter');
});
