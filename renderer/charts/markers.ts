/** Shapes that tell series apart where colour cannot; drawn about (0, 0). */
export type MarkerShape = 'disc' | 'square' | 'triangle' | 'diamond' | 'wedge' | 'plus' | 'cross' | 'ring';

/** Path data for `<path d>` and `Path2D`, `r` pixels from the middle. `ring`, `plus` and `cross` are stroked, the others filled. */
export function markerPath(shape: MarkerShape, r: number): string {
  switch (shape) {
    case 'disc':
    case 'ring':
      return `M${-r} 0A${r} ${r} 0 1 0 ${r} 0A${r} ${r} 0 1 0 ${-r} 0Z`;
    case 'square':
      return `M${-0.85 * r} ${-0.85 * r}H${0.85 * r}V${0.85 * r}H${-0.85 * r}Z`;
    case 'triangle':
      return `M0 ${-r}L${r} ${0.75 * r}H${-r}Z`;
    case 'wedge':
      return `M0 ${r}L${r} ${-0.75 * r}H${-r}Z`;
    case 'diamond':
      return `M0 ${-1.15 * r}L${1.15 * r} 0L0 ${1.15 * r}L${-1.15 * r} 0Z`;
    case 'plus':
      return `M${-r} 0H${r}M0 ${-r}V${r}`;
    case 'cross':
      return `M${-0.8 * r} ${-0.8 * r}L${0.8 * r} ${0.8 * r}M${0.8 * r} ${-0.8 * r}L${-0.8 * r} ${0.8 * r}`;
  }
}

export function isStroked(shape: MarkerShape): boolean {
  return shape === 'ring' || shape === 'plus' || shape === 'cross';
}

/** Half the diagonal of a stone, the numbered mark of a snapshot, in pixels. */
export function stoneRadius(label: string): number {
  return label.length > 1 ? 13 : 11;
}
