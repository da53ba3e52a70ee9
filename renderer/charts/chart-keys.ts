/** What a key does while a plot has the focus. */
export type PlotAction =
  | 'previous'
  | 'next'
  | 'previousMark'
  | 'nextMark'
  | 'first'
  | 'last'
  | 'zoomIn'
  | 'zoomOut'
  | 'zoomReset'
  | 'activate'
  | 'leave';

type Key = Pick<KeyboardEvent, 'key' | 'shiftKey' | 'ctrlKey' | 'metaKey' | 'altKey'>;

/** null: the key is not the plot's. With Ctrl, Cmd or Alt it belongs to the window. */
export function plotAction({ key, shiftKey, ctrlKey, metaKey, altKey }: Key): PlotAction | null {
  if (ctrlKey || metaKey || altKey) return null;
  switch (key) {
    case 'ArrowLeft':
    case 'ArrowDown':
      return shiftKey ? 'previousMark' : 'previous';
    case 'ArrowRight':
    case 'ArrowUp':
      return shiftKey ? 'nextMark' : 'next';
    case 'Home':
      return 'first';
    case 'End':
      return 'last';
    case '+':
    case '=':
      return 'zoomIn';
    case '-':
    case '−':
      return 'zoomOut';
    case '0':
      return 'zoomReset';
    case 'Enter':
    case ' ':
      return 'activate';
    case 'Escape':
      return 'leave';
    default:
      return null;
  }
}

/** The position that `action` leads to, among ascending `positions`, from `at` (null: nowhere yet). */
export function moved(positions: ArrayLike<number>, at: number | null, action: PlotAction): number | null {
  const n = positions.length;
  if (n === 0) return at;
  if (action === 'first') return positions[0]!;
  if (action === 'last' || at === null) return positions[n - 1]!;
  if (action === 'next' || action === 'nextMark') {
    for (let i = 0; i < n; i++) if (positions[i]! > at) return positions[i]!;
    return action === 'next' ? positions[n - 1]! : at;
  }
  for (let i = n - 1; i >= 0; i--) if (positions[i]! < at) return positions[i]!;
  return action === 'previous' ? positions[0]! : at;
}
