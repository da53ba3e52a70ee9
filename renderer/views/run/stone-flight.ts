export interface Place {
  readonly left: number;
  readonly top: number;
}

/** Waits until `find` gives a place, for a few frames: what was just saved has to be drawn first. */
async function soon(find: () => Place | null, frames = 30): Promise<Place | null> {
  for (let i = 0; i < frames; i++) {
    const place = find();
    if (place) return place;
    await new Promise((resolve) => requestAnimationFrame(resolve));
  }
  return null;
}

/**
 * Moves `stone` from where the cycle ended on the rate curve to its step in the staircase. Resolves at once where one of the two
 * is not on the screen, or the page is not looked at.
 */
export async function flyStone(stone: HTMLElement, from: () => Place | null, to: () => Place | null): Promise<void> {
  if (document.hidden) return;
  const [start, end] = [await soon(from), await soon(to)];
  if (!start || !end) return;
  const style = getComputedStyle(document.documentElement);
  const at = ({ left, top }: Place): string => `translate(${left}px, ${top}px) translate(-50%, -50%)`;
  const flight = stone.animate([{ transform: at(start) }, { transform: at(end) }], {
    duration: milliseconds(style.getPropertyValue('--land')),
    easing: style.getPropertyValue('--landing'),
    fill: 'both',
  });
  stone.hidden = false;
  await flight.finished;
  stone.hidden = true;
  flight.cancel();
}

/** A CSS time; building the sheet may have turned 420ms into .42s. */
function milliseconds(time: string): number {
  return parseFloat(time) * (time.trim().endsWith('ms') ? 1 : 1000);
}
