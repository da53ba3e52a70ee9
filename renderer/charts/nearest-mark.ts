export interface Spot {
  readonly left: number;
  readonly top: number;
}

/** Index of the spot nearest to a point, no further than `radius` pixels; -1 where there is none. */
export function nearestSpot(spots: readonly Spot[], left: number, top: number, radius: number): number {
  let nearest = -1;
  let least = radius;
  spots.forEach((spot, i) => {
    const distance = Math.hypot(spot.left - left, spot.top - top);
    if (distance <= least) {
      nearest = i;
      least = distance;
    }
  });
  return nearest;
}

interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/**
 * Where labels beside spots fit without covering another label or spot, and inside `width`: right of the spot, else left of it,
 * else null. Earlier spots have the first choice. `radius`: of each spot; `widths`: of each label; all in pixels.
 */
export function labelSides(
  spots: readonly (Spot & { readonly radius: number })[],
  widths: readonly number[],
  height: number,
  width: number,
): ('right' | 'left' | null)[] {
  const taken: Box[] = spots.map(({ left, top, radius }) => ({
    left: left - radius * 0.8,
    right: left + radius * 0.8,
    top: top - radius * 0.8,
    bottom: top + radius * 0.8,
  }));
  return spots.map(({ left, top, radius }, i) => {
    for (const side of ['right', 'left'] as const) {
      const start = side === 'right' ? left + radius + 4 : left - radius - 4 - widths[i]!;
      const box = { left: start, right: start + widths[i]!, top: top - height / 2, bottom: top + height / 2 };
      if (box.left < 0 || box.right > width || taken.some((other, j) => j !== i && overlap(box, other))) continue;
      taken.push(box);
      return side;
    }
    return null;
  });
}

function overlap(a: Box, b: Box): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}
