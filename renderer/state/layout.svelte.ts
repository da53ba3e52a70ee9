/** The widths at which the frame changes; see `data-size` on the root element for style sheets. */
type LayoutSize = 'small' | 'compact' | 'normal' | 'wide' | 'huge';

/** From this many CSS pixels on. Below the first: one column. */
const steps: readonly (readonly [number, LayoutSize])[] = [
  [2240, 'huge'],
  [1600, 'wide'],
  [1120, 'normal'],
  [960, 'compact'],
];

class Layout {
  size = $state<LayoutSize>('normal');
  /** Width and height of the window in CSS pixels. */
  width = $state(1280);
  height = $state(800);

  /** The inspector stands beside main instead of over it. */
  readonly inspectorBeside: boolean = $derived(this.size !== 'small' && this.size !== 'compact');

  start(): void {
    const measure = (): void => {
      this.width = innerWidth;
      this.height = innerHeight;
      this.size = steps.find(([from]) => innerWidth >= from)?.[1] ?? 'small';
      document.documentElement.dataset['size'] = this.size;
    };
    addEventListener('resize', measure);
    measure();
  }
}

export const layout = new Layout();
