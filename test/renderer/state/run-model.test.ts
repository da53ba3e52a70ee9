import { describe, expect, it } from 'vitest';
import { RunModel } from '../../../renderer/state/run-model.ts';
import { EventBook, recordAt } from './run-events.ts';

function applied(book: EventBook, model = new RunModel()): RunModel {
  for (const event of book.events) model.apply(event);
  return model;
}

describe('a run by its events', () => {
  it('is queued, runs, pauses and finishes', () => {
    const book = new EventBook();
    const model = new RunModel();
    const states: string[] = [];
    const tell = (event: ReturnType<EventBook['tell']>): void => {
      model.apply(event);
      states.push(model.facts().state);
    };
    tell(book.tell({ type: 'runQueued', step: 0 }));
    tell(book.start(100));
    tell(book.tell({ type: 'runPaused', step: 1 }));
    tell(book.tell({ type: 'runResumed', step: 1 }));
    tell(book.tell({ type: 'runInterrupted', step: 1 }));
    expect(states).toEqual(['queued', 'running', 'paused', 'running', 'interrupted']);
  });

  it('shows a phase until steps come', () => {
    const book = new EventBook();
    const model = new RunModel();
    model.apply(book.start(100));
    model.apply(book.tell({ type: 'phaseProgressed', step: 0, phase: 'cache', done: 3, total: 10, secondsLeft: 2 }));
    expect(model.facts().phase).toMatchObject({ phase: 'cache', done: 3, total: 10 });
    model.apply(book.step(1));
    expect(model.facts().phase).toBeNull();
    expect(model.facts().now).toMatchObject({ step: 1, measures: { loss: 1 } });
  });

  it('keeps every point of steps, epochs, cycles and snapshots in order', () => {
    const book = new EventBook();
    book.start(40);
    for (let step = 1; step <= 40; step++) {
      book.step(step, 40);
      if (step % 10 === 0) book.epoch(step / 10, step);
      if (step % 20 !== 0) continue;
      book.tell({ type: 'cycleEnded', step, cycle: step / 20 - 1, totalCycles: 2 });
      book.snapshot(step / 20, step);
    }
    const facts = applied(book).facts();
    expect([...facts.steps.step]).toEqual(Array.from({ length: 40 }, (_, i) => i + 1));
    expect(facts.steps.measures['loss']![9]).toBeCloseTo(0.1);
    expect(facts.epochs.map(({ epoch }) => epoch)).toEqual([1, 2, 3, 4]);
    expect(facts.cycle).toEqual({ done: 2, total: 2 });
    expect(facts.snapshots.map(({ name }) => name)).toEqual(['snapshot-1', 'snapshot-2']);
  });

  it('knows a loss that is not a number also after it crossed in JSON', () => {
    const book = new EventBook();
    const events = [book.start(10), book.step(1, 10), book.step(2, 10)];
    const diverged = events[2]!;
    const told = [...events.slice(0, 2), { ...diverged, event: { ...diverged.event, measures: { loss: NaN } } }];
    const model = new RunModel();
    for (const event of JSON.parse(JSON.stringify(told)) as typeof events) model.apply(event);
    expect([...model.facts().steps.measures['loss']!]).toEqual([1, NaN]);
  });

  it('does not mind events that come twice', () => {
    const book = new EventBook();
    book.start(10);
    for (let step = 1; step <= 10; step++) book.step(step, 10);
    book.epoch(1, 10);
    const once = applied(book);
    const facts = once.facts();
    expect(applied(book, once).facts()).toEqual(facts);
  });

  it('leaves out what a resume went back behind, live and in a replay alike', () => {
    const live = new EventBook();
    const lived = new RunModel();
    const stored = new EventBook();
    const tell = (tellTo: (book: EventBook) => unknown, superseded = false): void => {
      tellTo(live);
      lived.apply(live.events.at(-1)!);
      tellTo(stored);
      if (superseded) stored.events.push({ ...stored.events.pop()!, superseded });
    };
    tell((book) => book.start(100));
    for (let step = 1; step <= 30; step++) tell((book) => book.step(step), step > 20);
    tell((book) => book.epoch(1, 20));
    tell((book) => book.epoch(2, 30), true);
    tell((book) => book.snapshot(2, 30), true);
    tell((book) => book.tell({ type: 'runInterrupted', step: 30 }), true);
    live.attempt = stored.attempt = 2;
    tell((book) => book.start(100, 20));
    for (let step = 21; step <= 25; step++) tell((book) => book.step(step));

    const facts = lived.facts();
    expect([...facts.steps.step]).toEqual(Array.from({ length: 25 }, (_, i) => i + 1));
    expect(facts.epochs.map(({ epoch }) => epoch)).toEqual([1]);
    expect(facts.snapshots).toEqual([]);
    expect(facts.state).toBe('running');
    expect(facts.gaps).toEqual([{ step: 20, from: live.events[34]!.at, to: live.events[35]!.at }]);
    expect(applied(stored).facts()).toEqual(facts);
  });

  it('believes the record until the replay has come as far', () => {
    const book = new EventBook();
    book.start(10);
    book.step(1);
    book.tell({ type: 'runPaused', step: 1 });
    book.tell({ type: 'runResumed', step: 1 });
    const newest = book.tell({ type: 'runPaused', step: 1 });
    const model = new RunModel();
    model.applyRecord(recordAt(4, 'running'));
    const states = book.events.map((event) => {
      model.apply(event);
      return model.facts().state;
    });
    expect(states).toEqual(['running', 'running', 'running', 'running', 'paused']);
    model.applyRecord(recordAt(newest.seq - 1, 'running'));
    expect(model.facts().state).toBe('paused');
  });

  it('gives out points that stay as they are while the run goes on', () => {
    const book = new EventBook();
    const model = new RunModel();
    model.apply(book.start(100));
    for (let step = 1; step <= 20; step++) model.apply(book.step(step));
    const before = model.facts().steps;
    book.attempt = 2;
    model.apply(book.start(100, 10));
    for (let step = 11; step <= 15; step++) model.apply(book.step(step));
    expect(before.step).toHaveLength(20);
    expect(before.at[10]).toBe(book.events[11]!.at);
    expect(model.facts().steps.step).toHaveLength(15);
  });
});

describe('the memory of a long run', () => {
  it('stays bounded: a million steps keep their shape in fewer points', () => {
    const model = new RunModel();
    const book = new EventBook();
    model.apply(book.start(1_000_000));
    for (let step = 1; step <= 1_000_000; step++) {
      const { at } = book.events[0]!;
      model.apply({
        seq: step + 1,
        at,
        superseded: false,
        event: {
          type: 'stepEnded',
          runId: 'r',
          attempt: 1,
          step,
          measures: { loss: 1, learningRate: 1, ...(step % 10 === 0 && { gradientNorm: step }) },
          picturesPerSecond: 1,
          totalSteps: 1_000_000,
          secondsLeft: null,
        },
      });
    }
    const { step, measures } = model.facts().steps;
    expect(step.length).toBeLessThanOrEqual(131_072);
    expect(step.length).toBeGreaterThan(65_000);
    expect(step.every((value, i) => i === 0 || value > step[i - 1]!)).toBe(true);
    expect(step.at(-1)).toBeGreaterThan(999_900);
    // What only every tenth step measures is kept with the step that is.
    const norms = measures['gradientNorm']!;
    expect(norms.filter((norm) => !Number.isNaN(norm)).length).toBeGreaterThan(60_000);
    expect(norms.every((norm, i) => Number.isNaN(norm) || Math.abs(norm - step[i]!) < 16)).toBe(true);
  });
});
