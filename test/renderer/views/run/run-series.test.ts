import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { runPlan } from '../../../../renderer/state/run-plan.ts';
import { TrainingPlan } from '../../../../src/schedules/training-plan.ts';
import { planTraining } from '../../../../src/schedules/plan-training.ts';
import { trainConfigSchema, type TrainConfig } from '../../../../src/settings/train-config.ts';
import { RunModel } from '../../../../renderer/state/run-model.ts';
import { runAxis, workedSeconds } from '../../../../renderer/views/run/run-axis.ts';
import {
  accuracySeries,
  gapBands,
  gradientSeries,
  lossSeries,
  rateAt,
  rateSeries,
  snapshotMarks,
  updateSeries,
} from '../../../../renderer/views/run/run-series.ts';
import { snapshotFacts, staircaseOf } from '../../../../renderer/views/run/run-snapshots.ts';
import { EventBook } from '../../state/run-events.ts';

const names = { training: 'training', validation: 'validation', ensemble: 'ensemble' };
const config: TrainConfig = v.parse(trainConfigSchema, {
  schedule: { name: 'sgdr', cycleEpochs: 2, numCycles: 3, maxLearningRate: 0.01, minLearningRate: 1e-5 },
});

/** Ten steps an epoch, six epochs, of which `epochs` have ended; a snapshot and an ensemble at the end of each cycle. */
function runUpTo(epochs: number) {
  const book = new EventBook();
  book.start(60);
  for (let epoch = 1; epoch <= epochs; epoch++) {
    for (let step = 10 * (epoch - 1) + 1; step <= 10 * epoch; step++) book.step(step, 60);
    book.epoch(epoch, 10 * epoch);
    if (epoch % 2 === 0) {
      book.snapshot(epoch / 2 - 1, 10 * epoch);
      const accuracy = [0.9, 0.93, 0.93][epoch / 2 - 1]!;
      book.tell({
        type: 'ensembleEvaluated',
        step: 10 * epoch,
        report: {
          members: Array.from({ length: epoch / 2 }, (_, i) => `snapshot-${i}`),
          accuracy: { accuracy, split: 'validation', n: 100, low: accuracy - 0.05, high: accuracy + 0.05 },
          gainOverMean: 0.01,
          gainOverBest: 0,
          disagreement: 0.06,
          millisecondsPerPicture: 12,
        },
      });
    }
  }
  const model = new RunModel();
  for (const event of book.events) model.apply(event);
  return model.facts();
}

describe('the x axis of a run', () => {
  it('puts the steps of a run that told no plan at their epochs, before the first one has ended too', () => {
    const early = new RunModel();
    const book = new EventBook();
    book.start(60);
    book.step(5, 60);
    for (const event of book.events) early.apply(event);
    const facts = early.facts();
    const axis = runAxis('epoch', facts, runPlan(facts, config));
    expect(axis.totalEpochs).toBe(6);
    expect(axis.ofStep(5, 0)).toBe(0.5);
  });

  it('goes by the plan that a run told, whatever the settings say, and behind the trials before it', () => {
    const model = new RunModel();
    const book = new EventBook();
    const { record } = planTraining(config, { pictures: 640, layerGroups: [], freezeTo: 0 });
    book.tell({
      type: 'runStarted',
      step: 300,
      totalSteps: 420,
      resumedFromStep: null,
      plan: record,
      stepsBefore: 300,
    });
    book.step(310, 420);
    for (const event of book.events) model.apply(event);
    const facts = model.facts();
    const other: TrainConfig = { ...config, schedule: { ...config.schedule, numCycles: 50 } };
    const planned = runPlan(facts, other)!;
    const axis = runAxis('epoch', facts, planned);
    expect(axis.totalEpochs).toBe(6);
    expect(axis.ofStep(310, 0)).toBe(0.5);
    const [future] = rateSeries(facts, axis, planned, [{ name: 'head', scale: 1 }]);
    expect([future!.x[0], future!.x.at(-1)]).toEqual([0.5, 119 / 20]);
    expect(future!.y[0]).toBe(new TrainingPlan(record).rate(10));
  });

  it('counts only the time in which the run worked', () => {
    const gaps = [{ step: 10, from: 5000, to: 65_000 }];
    expect(workedSeconds(0, gaps, 4000)).toBe(4);
    expect(workedSeconds(0, gaps, 30_000)).toBe(5);
    expect(workedSeconds(0, gaps, 70_000)).toBe(10);
  });
});

describe('the curves of a run', () => {
  const facts = runUpTo(5);
  const planned = runPlan(facts, config);
  const axis = runAxis('epoch', facts, planned);

  it('hold a point an epoch, and the ensemble as steps up to now', () => {
    const [ensemble, validation, training] = accuracySeries(facts, axis, names);
    expect([...ensemble!.x]).toEqual([2, 4, 5]);
    expect([...ensemble!.y]).toEqual([0.9, 0.93, 0.93]);
    expect([...validation!.x]).toEqual([1, 2, 3, 4, 5]);
    expect(training!.y).toHaveLength(5);
  });

  it('show each step of the loss under its smoothing, and never smooth the validation', () => {
    const [raw, smooth, validation] = lossSeries(facts, axis, 0.9, names);
    expect(raw!.y).toBe(facts.steps.measures['loss']!);
    expect(raw!.named).toBe(false);
    expect(smooth!.y[0]).toBeCloseTo(facts.steps.measures['loss']![0]!, 9);
    expect(validation!.y.every((loss) => loss === 0.6)).toBe(true);
  });

  it('draw a line a rate, deepest first, and what is to come by the schedule itself', () => {
    const groups = [
      { name: 'stem', scale: 0.5 },
      { name: 'blocks', scale: 0.5 },
      { name: 'head', scale: 1 },
    ];
    const lines = rateSeries(facts, axis, planned, groups);
    expect(lines.map(({ id, label }) => [id, label])).toEqual([
      ['rate-0-future', 'head'],
      ['rate-0', 'head'],
      ['rate-1-future', 'stem–blocks'],
      ['rate-1', 'stem–blocks'],
    ]);
    const [future, past, half] = lines;
    expect(past!.y).toBe(facts.steps.measures['learningRate']);
    const plan = planTraining(config, { pictures: 320, layerGroups: [], freezeTo: 0 });
    expect(future!.x[0]).toBe(5);
    expect([...future!.y]).toEqual(Array.from({ length: 10 }, (_, i) => plan.rate(50 + i)));
    expect(half!.y[0]).toBeCloseTo(0.5 * future!.y[0]!, 12);
  });

  it('show the size of the updates of each group at the steps that measured it, deepest first, per cent', () => {
    const book = new EventBook();
    book.start(60);
    for (let step = 1; step <= 4; step++) book.step(step, 60);
    book.tell({
      type: 'stepEnded',
      step: 5,
      measures: { loss: 1, 'updateRatio/stem': 0.0005, 'updateRatio/head': 0.002 },
      picturesPerSecond: 1,
      totalSteps: 60,
      secondsLeft: null,
    });
    book.step(6, 60);
    const model = new RunModel();
    for (const event of book.events) model.apply(event);
    const groups = ['stem', 'frozen', 'head'].map((name) => ({ name, scale: 1 }));
    const lines = updateSeries(model.facts(), axis, groups);
    expect(lines.map(({ label, x, y }) => [label, [...x], [...y]])).toEqual([
      ['head', [0.5], [0.2]],
      ['stem', [0.5], [0.05]],
    ]);
    expect(updateSeries(facts, axis, groups)).toEqual([]);
  });

  it('show the norm of the gradient at the steps that measured it', () => {
    const book = new EventBook();
    book.start(60);
    const norms: readonly (number | null)[] = [0.5, 0, null, 20];
    norms.forEach((gradientNorm, i) => {
      book.step(10 * i + 9, 60);
      const rest = { picturesPerSecond: 1, totalSteps: 60, secondsLeft: null };
      book.tell({ type: 'stepEnded', step: 10 * i + 10, measures: { loss: 1, gradientNorm }, ...rest });
    });
    const model = new RunModel();
    for (const event of book.events) model.apply(event);
    const [line] = gradientSeries(model.facts(), axis, 'norm');
    // Neither 0 nor what is not a number has a place on its axis.
    expect([...line!.x]).toEqual([1, 4]);
    expect([...line!.y]).toEqual([0.5, 20]);
    expect(gradientSeries(facts, axis, 'norm')).toEqual([]);
  });

  it('carry a stone at each snapshot', () => {
    expect(snapshotMarks(facts, axis, (step) => rateAt(facts, step))).toEqual([
      { id: 'snapshot-0', x: 2, label: '1', y: 0.001 },
      { id: 'snapshot-1', x: 4, label: '2', y: 0.001 },
    ]);
  });

  it('say when the run stood still', () => {
    const gap = { step: 20, from: 1, to: 2 };
    const bands = gapBands({ ...facts, gaps: [gap] }, axis, (from, to) => `${from}–${to}`);
    expect(bands).toEqual([{ from: 2, to: 2, label: '1–2' }]);
  });
});

describe('the snapshots of a run', () => {
  it('tell what the ensemble gained by each', () => {
    const facts = runUpTo(6);
    const [first, second, third] = snapshotFacts(facts);
    expect(first).toMatchObject({ label: '1', kind: 'snapshot', number: 1, gain: null, differs: null });
    expect(second!.gain).toBeCloseTo(0.03, 9);
    expect(second).toMatchObject({ differs: 0.06, milliseconds: 12 });
    expect(third!.gain).toBe(0);
    expect(staircaseOf(facts).map(({ label, accuracy }) => [label, accuracy])).toEqual([
      ['1', 0.9],
      ['2', 0.93],
      ['3', 0.93],
    ]);
  });

  it('have no staircase where they are heads of folds', () => {
    const model = new RunModel();
    const book = new EventBook();
    book.snapshot(0, 0);
    book.snapshot(1, 0);
    for (const event of book.events) model.apply(event);
    expect(staircaseOf(model.facts())).toEqual([]);
    expect(snapshotFacts(model.facts()).map(({ gain }) => gain)).toEqual([null, null]);
  });
});
