import type uPlot from 'uplot';
import type { LinePlotInput } from './line-plot-input.ts';
import { narrow, paintOver, paintUnder } from './paint-plot.ts';
import { palette, smallText } from './palette.svelte.ts';

interface Hooks {
  readonly input: () => LinePlotInput;
  readonly onSelect: (self: uPlot) => void;
}

/** Frame, axes and crosshair of a plot whose input may change; what is fixed here asks for a new plot. */
export function plotOptions(width: number, height: number, { input, onSelect }: Hooks): uPlot.Options {
  const font = palette.font(smallText);
  const text = palette.textSize(smallText);
  const none = { show: false };
  return {
    width,
    height,
    padding: [input().stones ? 25 : 10, (self) => gutter(self, input()), 0, 0],
    legend: none,
    cursor: {
      y: false,
      points: none,
      drag: { x: true, y: false, setScale: false, dist: 4 },
      bind: { dblclick: () => null },
    },
    scales: {
      x: { time: false, range: () => [...input().shown] },
      y: { range: () => [...input().y], distr: input().log ? 3 : 1 },
    },
    axes: [
      {
        font,
        stroke: () => palette.colour('text3'),
        grid: none,
        ticks: { stroke: () => palette.colour('line'), width: 1, size: 4 },
        size: text + 12,
        gap: 2,
        splits: (_self, _axis, low, high) => input().ticksX(low, high),
        values: (_self, splits) => splits.map((value) => input().formatX(value)),
      },
      {
        font,
        stroke: () => palette.colour('text3'),
        grid: { stroke: () => palette.colour('line'), width: 1 },
        ticks: none,
        gap: 6,
        size: () => input().room.left,
        splits: (self, _axis, low, high) => input().ticksY(low, high, ticksIn(self, text)),
        filter: (_self, splits) => splits,
        values: (_self, splits) => splits.map((value) => input().formatY(value)),
      },
    ],
    series: [{}, { paths: () => null, points: none }],
    hooks: {
      drawAxes: [(self) => paintUnder(self, input())],
      draw: [(self) => paintOver(self, input())],
      setSelect: [(self) => onSelect(self)],
    },
  };
}

function gutter({ width }: uPlot, { room }: LinePlotInput): number {
  return width < narrow ? 12 : Math.min(room.right, width / 3);
}

/** So many labels of the y axis have room above each other. */
function ticksIn({ height }: uPlot, text: number): number {
  return Math.max(2, Math.min(6, Math.floor((height - 4 * text) / (1.6 * text))));
}
