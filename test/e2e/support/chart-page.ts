/// <reference types="vite/client" />
import type { LinePlotInput } from '../../../renderer/charts/line-plot-input.ts';
import { LinePlot } from '../../../renderer/charts/line-plot.ts';
import type { LineSeries } from '../../../renderer/charts/line-series.ts';
import { palette } from '../../../renderer/charts/palette.svelte.ts';
import { decades, fromZero } from '../../../renderer/charts/ranges.ts';
import { rangeOfY } from '../../../renderer/charts/line-read-out.ts';
import { smoothed } from '../../../renderer/charts/smoothing.ts';
import { niceTicks } from '../../../renderer/charts/ticks.ts';
import { Yardstick } from './yardstick.ts';
import '../../../renderer/tokens.css';
import '../../../renderer/app.css';
import '../../../renderer/charts/uplot.css';

/** The loss plot of a run as the Run view feeds it: single steps, their smoothing, validation at epochs, snapshots. */
class LossPlot {
  readonly #x: Float64Array;
  readonly #y: Float64Array;
  readonly #plot: LinePlot;

  constructor(most: number) {
    this.#x = Float64Array.from({ length: most }, (_, i) => i / 1000);
    // Noise that a hash makes: no two neighbours are alike, as in a real loss.
    this.#y = this.#x.map((x, i) => 2 * Math.exp(-x / 30) + 0.3 * (((i * 2654435761) % 4096) / 4096));
    const host = document.createElement('div');
    host.style.width = '700px';
    host.style.height = '220px';
    document.body.append(host);
    this.#plot = new LinePlot(host, this.#input(1, false));
  }

  /** Milliseconds of one update with `n` points, from the arrays to the last painting call. */
  update(n: number, log: boolean): number {
    const start = performance.now();
    this.#plot.update(this.#input(n, log));
    this.#plot.paint();
    return performance.now() - start;
  }

  /** Share of the canvas that is painted on. */
  painted(): number {
    const { canvas } = { canvas: document.querySelector('canvas')! };
    const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
    let set = 0;
    for (let i = 3; i < data.length; i += 4) if (data[i]! > 0) set++;
    return set / (data.length / 4);
  }

  #input(n: number, log: boolean): LinePlotInput {
    const x = this.#x.subarray(0, n);
    const y = this.#y.subarray(0, n);
    const epochs = Float64Array.from({ length: Math.floor(n / 1000) }, (_, i) => i + 1);
    const series: LineSeries[] = [
      { id: 'raw', role: 'training', label: 'training', x, y, alpha: 0.25, dash: [], named: false },
      { id: 'training', role: 'training', label: 'training', x, y: smoothed(y, 0.6), dash: [] },
      {
        id: 'validation',
        role: 'validation',
        label: 'validation',
        x: epochs,
        y: epochs.map((e) => 2 * Math.exp(-e / 30)),
      },
    ];
    const shown = [0, this.#x.length / 1000] as const;
    const values = rangeOfY(series, shown);
    return {
      series,
      marks: [20, 40, 60, 80].map((at, i) => ({ id: String(i), x: at, label: String(i + 1), y: null })),
      bands: [],
      goodY: null,
      shown,
      y: log ? decades(values) : fromZero(values),
      log,
      ticksX: niceTicks,
      ticksY: niceTicks,
      formatX: String,
      formatY: String,
      nameX: 'epoch',
      stones: true,
      room: { left: 48, right: 120 },
      endLabel: ({ label }) => `0.184 ${label}`,
      litMark: null,
      palette: palette.version,
    };
  }
}

Object.assign(globalThis, { LossPlot, Yardstick });
