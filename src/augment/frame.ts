/** Sides of the squares in pixels: pictures come from the cache at `side` and go into the network at `size`. */
export interface Frame {
  readonly side: number;
  readonly size: number;
}
