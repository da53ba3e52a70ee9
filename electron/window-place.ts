import { screen, type BrowserWindow, type Rectangle } from 'electron';
import type { WindowPlace } from './preferences.ts';

/** The smallest window that the design knows, and the one that a first start opens. */
export const smallest = { width: 960, height: 640 };
const usual = { width: 1280, height: 860 };

/** As much of the window must be on a screen for a hand to take it by its title. */
const graspable = { width: 120, height: 40 };

/** Where to open the window: where it was, if a screen is still there, else in the middle of the main one. */
export function placeToOpen(kept: WindowPlace | null): Partial<Rectangle> & { width: number; height: number } {
  const { workArea } = screen.getPrimaryDisplay();
  const fit = ({ width, height }: { width: number; height: number }, area: Rectangle) => ({
    width: Math.max(smallest.width, Math.min(width, area.width)),
    height: Math.max(smallest.height, Math.min(height, area.height)),
  });
  if (!kept) return fit(usual, workArea);
  const display = screen.getAllDisplays().find(({ workArea: area }) => titleIsOn(kept, area));
  return display ? { x: kept.x, y: kept.y, ...fit(kept, display.workArea) } : fit(kept, workArea);
}

function titleIsOn(window: Rectangle, area: Rectangle): boolean {
  const across = Math.min(window.x + window.width, area.x + area.width) - Math.max(window.x, area.x);
  const below = area.y + area.height - window.y;
  return across >= graspable.width && below >= graspable.height && window.y >= area.y - graspable.height;
}

/** Calls `keep` with the window's place a moment after it last changed, and when it closes. */
export function watchPlace(window: BrowserWindow, keep: (place: WindowPlace) => void): void {
  let timer: NodeJS.Timeout | null = null;
  const tell = (): void => {
    if (timer) clearTimeout(timer);
    timer = null;
    // The bounds that it goes back to, so that a maximised window has a size again when it is made smaller.
    keep({ ...window.getNormalBounds(), maximised: window.isMaximized(), fullScreen: window.isFullScreen() });
  };
  const later = (): void => {
    if (timer) clearTimeout(timer);
    timer = setTimeout(tell, 500);
  };
  window.on('resize', later);
  window.on('move', later);
  window.on('maximize', later);
  window.on('unmaximize', later);
  window.on('enter-full-screen', later);
  window.on('leave-full-screen', later);
  window.on('close', tell);
}
