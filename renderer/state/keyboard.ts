import type { MenuCommand, MenuPlace } from '../../src/protocol/bridge.ts';
import { hasMod, keyOf } from '../components/shortcut.ts';
import { editsText, perform } from './actions.ts';
import { app } from './app.svelte.ts';
import { preferences } from './preferences.svelte.ts';
import { router } from './router.svelte.ts';
import { viewActions } from './view-actions.svelte.ts';

/** After `G`. */
export const goKeys: Readonly<Record<string, MenuPlace>> = {
  s: 'start',
  p: 'pictures',
  t: 'train',
  r: 'run',
  e: 'ensemble',
  y: 'tryIt',
  x: 'export',
  m: 'models',
  h: 'runs',
  j: 'job',
};

const steps: readonly MenuPlace[] = ['pictures', 'train', 'run', 'ensemble', 'tryIt', 'export'];

/** With Ctrl or Cmd. Undo, redo and find depend on where the focus is. */
const modKeys: Readonly<Record<string, MenuCommand>> = {
  o: 'openFolder',
  k: 'palette',
  enter: 'primary',
  '.': 'pauseOrResume',
  b: 'toggleNavigation',
  i: 'toggleInspector',
  ',': 'settings',
};

/** How long `G` waits for its letter. */
const sequenceMilliseconds = 1500;
let sequenceUntil = 0;

/** `G` was pressed: the next letter names a place, whatever it does elsewhere. */
export const awaitsPlace = (now = Date.now()): boolean => now < sequenceUntil;

/** The command of a key press, or null where it is not the frame's business. */
function commandOf(event: KeyboardEvent, now = Date.now()): MenuCommand | null {
  const key = keyOf(event);
  if (event.key === 'F6') return event.shiftKey ? 'previousRegion' : 'nextRegion';
  if (hasMod(event) && !event.altKey) return withMod(event, key);
  if (event.altKey && !event.ctrlKey && !event.shiftKey && !event.metaKey && !editsText()) {
    // Where there is nothing to go back to in the window, the browser may leave it.
    if (event.key === 'ArrowLeft') return router.canGoBack ? 'back' : null;
    if (event.key === 'ArrowRight') return router.canGoForward ? 'forward' : null;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || !preferences.singleKeys || takesLetters()) return null;
  if (event.key === '?') return 'shortcuts';
  if (awaitsPlace(now)) {
    sequenceUntil = 0;
    const place = goKeys[key];
    return place ? `go.${place}` : null;
  }
  if (key === 'g' && !event.shiftKey) sequenceUntil = now + sequenceMilliseconds;
  return null;
}

function withMod(event: KeyboardEvent, key: string): MenuCommand | null {
  if (key === 'z' || key === 'y') {
    if (editsText()) return null;
    return key === 'y' || event.shiftKey ? 'redo' : 'undo';
  }
  if (event.shiftKey) return null;
  if (key === '[' && event.metaKey) return router.canGoBack ? 'back' : null;
  if (key === ']' && event.metaKey) return router.canGoForward ? 'forward' : null;
  if (key === 'f') return viewActions.get('find') ? 'find' : null;
  const step = steps[Number(event.key) - 1];
  if (step) return app.client.host.kind === 'electron' ? `go.${step}` : null;
  return modKeys[key] ?? null;
}

/** Letters are typed there, or find an entry. */
function takesLetters(): boolean {
  return editsText() || Boolean(document.activeElement?.closest('[role="menu"], [role="listbox"], [role="combobox"]'));
}

/** Listens to keys and mouse for as long as the page lives. */
export function startKeyboard(): void {
  addEventListener('keydown', (event) => {
    if (event.defaultPrevented || event.isComposing || event.repeat) return;
    const modal = document.querySelector('[role="dialog"][aria-modal="true"]');
    const command = commandOf(event);
    if (!command || (modal && command !== 'palette' && command !== 'shortcuts')) return;
    event.preventDefault();
    void perform(command);
  });
  // A browser goes back by itself; Electron leaves the thumb buttons of a mouse to the page.
  if (app.client.host.kind === 'electron') {
    addEventListener('mouseup', ({ button }) => {
      if (button === 3) void perform('back');
      if (button === 4) void perform('forward');
    });
  }
}
