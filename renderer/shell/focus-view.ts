/** A view that has not settled by then keeps the focus where it is. */
const patience = 3000;

/**
 * Waits until a new view stands in `main`, then gives the focus to what had it (`restore`), or to its `h1`. Returns the way to
 * stop waiting.
 */
export function focusView(main: HTMLElement, restore: (main: HTMLElement) => boolean): () => void {
  let headed = false;
  const settle = (): void => {
    const heading = main.querySelector<HTMLElement>('h1');
    if (!heading) return;
    if (!headed) {
      headed = true;
      main.scrollTop = 0;
      heading.focus({ preventScroll: true });
    }
    // What the person did meanwhile counts more.
    if (document.activeElement !== heading) stop();
    else if (restore(main)) stop();
  };
  const observer = new MutationObserver(settle);
  observer.observe(main, { childList: true, subtree: true });
  const timer = setTimeout(stop, patience);
  requestAnimationFrame(settle);
  return stop;

  function stop(): void {
    observer.disconnect();
    clearTimeout(timer);
  }
}
