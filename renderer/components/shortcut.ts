const mac = typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.platform);
const macSigns: Readonly<Record<string, string>> = { Mod: '⌘', Shift: '⇧', Alt: '⌥', Ctrl: '⌃', Enter: '↩' };

/** A shortcut as a person reads it on this system: 'Mod+Enter' → 'Ctrl Enter', '⌘↩'. */
export function shortcutLabel(shortcut: string, onMac = mac): string {
  const keys = shortcut.split('+');
  if (onMac) return keys.map((key) => macSigns[key] ?? key).join('');
  return keys.map((key) => (key === 'Mod' ? 'Ctrl' : key)).join(' ');
}

/** The same for `aria-keyshortcuts`: 'Mod+Enter' → 'Control+Enter', 'Meta+Enter'. */
export function ariaShortcut(shortcut: string, onMac = mac): string {
  return shortcut
    .split('+')
    .map((key) => (key === 'Mod' ? (onMac ? 'Meta' : 'Control') : key === 'Ctrl' ? 'Control' : key))
    .join('+');
}

/** Ctrl, or Cmd on a Mac. */
export function hasMod(event: KeyboardEvent | MouseEvent, onMac = mac): boolean {
  return onMac ? event.metaKey : event.ctrlKey;
}

/** The Latin letter of a key whatever the layout, in lower case: shortcuts do not move when somebody writes Russian. */
export function keyOf(event: Pick<KeyboardEvent, 'key' | 'code'>): string {
  const letter = /^Key([A-Z])$/.exec(event.code)?.[1];
  const latin = /^[\x20-\x7e]$/.test(event.key);
  return (latin || !letter ? event.key : letter).toLowerCase();
}
