import type { Page } from '@playwright/test';

/** Has a page note its interactions: milliseconds from a key to the paint that shows it. */
export async function watchInteractions(page: Page): Promise<void> {
  await page.evaluate(() => {
    const log = new Map<number, number>();
    Object.assign(globalThis, { interactions: log });
    new PerformanceObserver((list) => {
      // A key goes down and up: its slower half counts.
      for (const { interactionId, duration } of list.getEntries() as PerformanceEventTiming[]) {
        if (interactionId) log.set(interactionId, Math.max(log.get(interactionId) ?? 0, duration));
      }
    }).observe({ type: 'event', durationThreshold: 16, buffered: true } as PerformanceObserverInit);
  });
}

/** 95th percentile of so many interactions since the last call; those under 16 ms are not reported and count as that. */
export async function interactions95(page: Page, count: number): Promise<number> {
  const reported = await page.evaluate(() => {
    const { interactions } = globalThis as unknown as { interactions: Map<number, number> };
    const durations = [...interactions.values()];
    interactions.clear();
    return durations;
  });
  const durations = [...reported, ...Array<number>(Math.max(0, count - reported.length)).fill(16)];
  return durations.toSorted((a, b) => a - b)[Math.ceil(durations.length * 0.95) - 1]!;
}

/** The yardstick: a page of three buttons and one picture as large as a view's plots, drawn anew as often as they are. */
export async function drawPlainly(page: Page): Promise<void> {
  await page.setContent(
    '<button>1</button><button>2</button><button>3</button><br><canvas width="1000" height="600"></canvas>',
  );
  await page.evaluate(() => {
    const context = document.querySelector('canvas')!.getContext('2d')!;
    let phase = 0;
    setInterval(() => {
      phase++;
      context.clearRect(0, 0, 1000, 600);
      for (let line = 0; line < 6; line++) {
        context.beginPath();
        for (let x = 0; x < 1000; x++) context.lineTo(x, 50 + 100 * line + 40 * Math.sin(x + phase));
        context.stroke();
      }
    }, 100);
  });
}
