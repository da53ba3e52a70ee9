import type { LineSeries, PlotBand, PlotMark } from '../../charts/line-series.ts';
import type { Range } from '../../charts/ranges.ts';
import { smoothed } from '../../charts/smoothing.ts';
import type { EpochPoint, RunFacts } from '../../state/run-model.ts';
import { outcomesOf, type RunPlan } from '../../state/run-plan.ts';
import { seriesOf } from '../../state/step-curve.ts';
import type { RunAxis } from './run-axis.ts';

export interface SeriesNames {
  readonly training: string;
  readonly validation: string;
  readonly ensemble: string;
}

/** Training pictures without augmentation, validation, and the ensemble as steps that go on until now. Fractions. */
export function accuracySeries(facts: RunFacts, axis: RunAxis, names: SeriesNames): LineSeries[] {
  const ensemble = facts.ensembles.map(({ step, at, report }) => ({
    x: axis.ofStep(step, at),
    y: report.accuracy.accuracy,
  }));
  const last = ensemble.at(-1);
  const now = facts.epochs.at(-1);
  if (last && now) {
    const x = axis.ofStep(now.step, now.at);
    if (x > last.x) ensemble.push({ x, y: last.y });
  }
  return [
    {
      id: 'ensemble',
      role: 'ensemble',
      label: names.ensemble,
      x: Float64Array.from(ensemble, ({ x }) => x),
      y: Float64Array.from(ensemble, ({ y }) => y),
    },
    ofEpochs('validation', names.validation, facts.epochs, axis, (point) => point.validation?.accuracy),
    ofEpochs('training', names.training, facts.epochs, axis, (point) => point.train?.accuracy),
  ];
}

/** Training loss of single steps faint under their smoothing, and the validation loss, never smoothed. */
export function lossSeries(facts: RunFacts, axis: RunAxis, smoothing: number, names: SeriesNames): LineSeries[] {
  const x = stepPositions(facts, axis);
  const loss = seriesOf(facts.steps, 'loss');
  return [
    { id: 'raw', role: 'training', label: names.training, x, y: loss, alpha: 0.25, dash: [], named: false },
    { id: 'training', role: 'training', label: names.training, x, y: smoothed(loss, smoothing), dash: [] },
    ofEpochs('validation', names.validation, facts.epochs, axis, (point) => point.validationLoss ?? undefined),
  ];
}

/** A layer group that learns, and its factor on the learning rate. */
export interface RateGroup {
  readonly name: string;
  readonly scale: number;
}

/**
 * A line of learning rates a group, deepest first and strongest; what is still to come is dotted. Groups of one rate are one line.
 * With many groups only the deepest and the shallowest have names.
 */
export function rateSeries(
  facts: RunFacts,
  axis: RunAxis,
  planned: RunPlan | null,
  groups: readonly RateGroup[],
): LineSeries[] {
  const lines = mergeEqual(groups);
  const x = stepPositions(facts, axis);
  const rates = seriesOf(facts.steps, 'learningRate');
  const future = axis.kind === 'epoch' && planned ? futureRates(facts, axis, planned) : null;
  return lines.flatMap(({ name, scale }, i): LineSeries[] => {
    const alpha = fading(i, lines.length);
    const named = lines.length <= 4 || i === 0 || i === lines.length - 1;
    const line: LineSeries = {
      id: `rate-${i}`,
      role: 'learningRate',
      label: name,
      x,
      y: scale === 1 ? rates : rates.map((rate) => rate * scale),
      alpha,
      named,
    };
    if (!future) return [line];
    const { x: futureX, y } = future;
    return [
      { ...line, id: `${line.id}-future`, x: futureX, y: y.map((rate) => rate * scale), dash: [1, 4], named: false },
      line,
    ];
  });
}

/** What the plan has left: a point every so many steps, at most 600. */
function futureRates(
  facts: RunFacts,
  axis: RunAxis,
  { plan, stepsBefore }: RunPlan,
): { x: Float64Array; y: Float64Array } | null {
  const from = Math.max(0, (facts.now?.step ?? 0) - stepsBefore);
  const left = plan.totalSteps - from;
  if (facts.now === null || left < 2) return null;
  const n = Math.min(600, left);
  const steps = Float64Array.from({ length: n }, (_, i) => from + Math.floor((i * (left - 1)) / (n - 1)));
  const history = outcomesOf(facts);
  return {
    x: steps.map((step) => axis.ofStep(step + stepsBefore, 0)),
    y: steps.map((step) => plan.rate(step, history)),
  };
}

/** Share of its weights that an update should change, per cent: less learns slowly, more is unsteady. */
export const goodUpdate: Range = [0.1, 1];

const updateRatio = 'updateRatio/';

/**
 * Size of an update against the size of the weights, per cent: a line a layer group that the run measured, in the order of `groups`
 * (shallow to deep), drawn deepest first. With many groups only the deepest and the shallowest have names.
 */
export function updateSeries(facts: RunFacts, axis: RunAxis, groups: readonly RateGroup[]): LineSeries[] {
  const measured = groups.flatMap(({ name }) => {
    const ratios = facts.steps.measures[updateRatio + name];
    return ratios ? [{ name, ratios }] : [];
  });
  const lines = measured.reverse();
  const x = stepPositions(facts, axis);
  return lines.map(({ name, ratios }, i): LineSeries => {
    const line = positivePoints(x, ratios);
    return {
      id: `update-${i}`,
      role: 's6',
      label: name,
      x: line.x,
      y: line.y.map((ratio) => 100 * ratio),
      alpha: fading(i, lines.length),
      dash: [],
      named: lines.length <= 4 || i === 0 || i === lines.length - 1,
    };
  });
}

/** Norm of the gradient over all that trains, at the steps that measured it; nothing where none did. */
export function gradientSeries(facts: RunFacts, axis: RunAxis, label: string): LineSeries[] {
  const norms = facts.steps.measures['gradientNorm'];
  if (!norms) return [];
  return [{ id: 'gradient', role: 'training', label, ...positivePoints(stepPositions(facts, axis), norms), dash: [] }];
}

/** What was measured and has a place on a logarithmic axis: neither NaN nor 0. */
function positivePoints(x: Float64Array, y: Float64Array): { x: Float64Array; y: Float64Array } {
  const taken: number[] = [];
  y.forEach((value, i) => {
    if (value > 0 && value < Infinity) taken.push(i);
  });
  return { x: Float64Array.from(taken, (i) => x[i]!), y: Float64Array.from(taken, (i) => y[i]!) };
}

/** Opacity of the `i`-th of `count` lines: the first is strongest. */
function fading(i: number, count: number): number {
  return 1 - (0.65 * i) / Math.max(1, count - 1);
}

/** Deepest first; neighbours with one rate together, named by the ends. */
function mergeEqual(groups: readonly RateGroup[]): RateGroup[] {
  const lines: { names: string[]; scale: number }[] = [];
  for (const { name, scale } of [...groups].reverse()) {
    const last = lines.at(-1);
    if (last && Math.abs(last.scale - scale) < 1e-9) last.names.unshift(name);
    else lines.push({ names: [name], scale });
  }
  return lines.map(({ names, scale }) => ({
    name: names.length === 1 ? names[0]! : `${names[0]}–${names.at(-1)}`,
    scale,
  }));
}

/** A stone and a hairline for each snapshot; `y` of the stone, or null for the top. */
export function snapshotMarks(facts: RunFacts, axis: RunAxis, y: (step: number) => number | null): PlotMark[] {
  return facts.snapshots
    .filter(({ step }) => step > 0)
    .map((snapshot, i) => ({
      id: snapshot.name,
      x: axis.ofStep(snapshot.step, facts.ensembles.find(({ step }) => step === snapshot.step)?.at ?? facts.at ?? 0),
      label: String(i + 1),
      y: y(snapshot.step),
    }));
}

/** Learning rate of the last step up to `step`; null before the first. */
export function rateAt(facts: RunFacts, step: number): number | null {
  const { step: steps } = facts.steps;
  let i = steps.length - 1;
  while (i >= 0 && steps[i]! > step) i--;
  return i < 0 ? null : seriesOf(facts.steps, 'learningRate')[i]!;
}

/** Times in which the run stood still; only the first plot of a group carries their words. */
export function gapBands(facts: RunFacts, axis: RunAxis, words: (from: number, to: number) => string): PlotBand[] {
  return facts.gaps.map(({ step, from, to }) => {
    const x = axis.ofStep(step, from);
    return { from: x, to: x, label: words(from, to) };
  });
}

function ofEpochs(
  role: 'training' | 'validation',
  label: string,
  epochs: readonly EpochPoint[],
  axis: RunAxis,
  value: (point: EpochPoint) => number | undefined,
): LineSeries {
  const points = epochs.flatMap((point) => {
    const y = value(point);
    return y === undefined ? [] : [{ x: axis.ofStep(point.step, point.at), y }];
  });
  return {
    id: role,
    role,
    label,
    x: Float64Array.from(points, ({ x }) => x),
    y: Float64Array.from(points, ({ y }) => y),
  };
}

function stepPositions(facts: RunFacts, axis: RunAxis): Float64Array {
  const { step, at } = facts.steps;
  return step.map((value, i) => axis.ofStep(value, at[i]!));
}
