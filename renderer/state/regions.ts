/** The parts of the frame that `F6` goes round, in the order of the page. */
const selector = '[data-region]';
const focusable =
  'a[href], button:not([disabled]), input:not([disabled]), select:not([disabled]), textarea:not([disabled]), [tabindex="0"]';

/** Moves the focus to the next region that is in sight, or the one before (-1). */
export function focusNextRegion(by: 1 | -1): void {
  const regions = [...document.querySelectorAll<HTMLElement>(selector)].filter((element) => element.checkVisibility());
  const now = regions.findIndex((region) => region.contains(document.activeElement));
  const next = regions[(Math.max(now, by === 1 ? -1 : 0) + by + regions.length) % regions.length];
  if (!next) return;
  const first = [...next.querySelectorAll<HTMLElement>(focusable)].find((element) => element.checkVisibility());
  const readable = next.querySelector<HTMLElement>('[tabindex="-1"]');
  (next.tagName === 'MAIN' ? next : (first ?? readable ?? next)).focus();
}
