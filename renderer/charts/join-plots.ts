import { SharedPlot } from './shared-plot.svelte.ts';

const shared = new Map<string, { plot: SharedPlot; users: number }>();

/** The one of this key, for as long as somebody uses it; `release` when done. Without a key it is the caller's own. */
export function joinPlots(key: string | undefined): { plot: SharedPlot; release: () => void } {
  if (key === undefined) return { plot: new SharedPlot(), release: () => undefined };
  const entry = shared.get(key) ?? { plot: new SharedPlot(), users: 0 };
  entry.users++;
  shared.set(key, entry);
  return {
    plot: entry.plot,
    release: () => {
      if (--entry.users === 0) shared.delete(key);
    },
  };
}
