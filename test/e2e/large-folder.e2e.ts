import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from './fixtures.ts';
import { allowedBy } from './support/allowed-by.ts';
import { engineLine } from './support/running.ts';

const pictures = 50_000;
const classes = 25;
/**
 * Milliseconds of writing the folder on the machine that the limits were set on, where the view can be used after 3.0 s: derived from
 * both measured side by side on a slower one.
 */
const reference = 5300;

/** A folder of small BMP files, each with pixels of its own; written without an encoder, so in seconds. */
function fillFolder(folder: string): void {
  const side = 8;
  const header = Buffer.alloc(54);
  header.write('BM', 0);
  header.writeUInt32LE(54 + side * side * 3, 2);
  header.writeUInt32LE(54, 10);
  header.writeUInt32LE(40, 14);
  header.writeInt32LE(side, 18);
  header.writeInt32LE(side, 22);
  header.writeUInt16LE(1, 26);
  header.writeUInt16LE(24, 28);
  for (let label = 0; label < classes; label++) {
    const name = `class-${String(label).padStart(2, '0')}`;
    mkdirSync(join(folder, name));
    for (let i = 0; i < pictures / classes; i++) {
      const pixels = Buffer.alloc(side * side * 3, (label * 10) % 256);
      pixels.writeUInt32LE(Math.imul(label * 10_000 + i + 1, 0x9e3779b1) >>> 0, (i % 40) * 4);
      pixels.writeUInt32LE(label * 10_000 + i, 160);
      writeFileSync(join(folder, name, `${String(i).padStart(5, '0')}.bmp`), Buffer.concat([header, pixels]));
    }
  }
}

test('a folder of 50,000 pictures can be looked at within 5 s and scrolls without stalls', async ({
  window,
  server,
  folders,
}) => {
  test.setTimeout(300_000);
  const filling = performance.now();
  fillFolder(folders.pictures);
  const yardstick = performance.now() - filling;
  const line = await engineLine(window.context(), server.port);
  const started = performance.now();
  const opened = line.call<{ dataset: string }>('openDataset', { folder: folders.pictures });
  const { dataset } = await opened;
  await window.evaluate((to) => location.assign(`#/dataset/${to}`), dataset);
  const thumbnails = window.getByRole('main').locator('[role=gridcell] img');
  await expect(thumbnails.first()).toBeVisible({ timeout: 60_000 });
  await expect
    .poll(() => thumbnails.evaluateAll((all) => all.filter((one) => (one as HTMLImageElement).naturalWidth > 0).length))
    .toBeGreaterThan(3);
  const usable = performance.now() - started;
  await expect(window.getByRole('main').getByRole('heading', { level: 1 })).toBeVisible();

  const grid = window.getByRole('grid');
  await grid.hover();
  const session = await window.context().newCDPSession(window);
  // Seconds that the page's thread computes, however many others want the processor.
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  const busy = async (): Promise<number> => {
    const { metrics } = await session.send('Performance.getMetrics');
    return metrics.find(({ name }) => name === 'TaskDuration')!.value;
  };
  const before = await busy();
  const turns = 40;
  for (let i = 0; i < turns; i++) {
    await window.mouse.wheel(0, i % 8 === 7 ? -4000 : 2500);
    await window.waitForTimeout(60);
  }
  const each = (1000 * ((await busy()) - before)) / turns;
  const told = `usable after ${(usable / 1000).toFixed(1)} s; a turn of the wheel by 15 rows costs the page ${each.toFixed(1)} ms; the folder was written in ${yardstick.toFixed(0)} ms`;
  test.info().annotations.push({ type: 'measured', description: told });
  expect(usable, told).toBeLessThan(allowedBy(5000, yardstick, reference));
  expect(each, told).toBeLessThan(allowedBy(50, yardstick, reference));
  line.close();
});
