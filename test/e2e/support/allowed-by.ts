/**
 * A limit that was set on one quiet machine, for the machine at hand: grown as much as a fixed piece of work takes longer here and now
 * than it took there, never shrunk. `yardstick` and `reference`: what that work takes now, and took there.
 */
export function allowedBy(limit: number, yardstick: number, reference: number): number {
  return limit * Math.max(1, yardstick / reference);
}
