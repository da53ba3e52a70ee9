import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { progressMeter, type MeteredProgress } from '../../src/base/progress-meter.ts';
import { Throttle } from '../../src/base/throttle.ts';

describe('Throttle', () => {
  it('lets the first through at once, then one in each interval, and leaves none waiting longer than needed', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 70 }), { minLength: 1 }), (waits) => {
        let now = 1000;
        const throttle = new Throttle(100, () => now);
        const times = waits.map((wait) => (now += wait));
        now = 1000;
        const passed = times.filter((time) => ((now = time), throttle.passes()));
        // Second derivation: from each that passed, the next is the first at least 100 ms later.
        const wanted: number[] = [];
        for (const time of times) if (wanted.length === 0 || time - wanted.at(-1)! >= 100) wanted.push(time);
        expect(passed).toEqual(wanted);
      }),
    );
  });

  it('counts from a restart as from something that passed', () => {
    let now = 0;
    const throttle = new Throttle(100, () => now);
    throttle.restart();
    now = 99;
    expect(throttle.passes()).toBe(false);
    now = 100;
    expect(throttle.passes()).toBe(true);
  });
});

describe('progressMeter', () => {
  const metered = (calls: readonly { at: number; done: number }[], total: number): MeteredProgress[] => {
    let now = 0;
    const passed: MeteredProgress[] = [];
    const tell = progressMeter(
      (progress) => passed.push(progress),
      () => now,
    );
    for (const { at, done } of calls) {
      now = at;
      tell(done, total);
    }
    return passed;
  };

  it('tells the time left by the speed since the first call: work that was there before does not count as fast', () => {
    // 80 of 100 lay in a cache; then 5 took a second, so 15 take three.
    const passed = metered(
      [0, 1000].map((at) => ({ at, done: at === 0 ? 80 : 85 })),
      100,
    );
    expect(passed).toEqual([
      { done: 80, total: 100, secondsLeft: null },
      { done: 85, total: 100, secondsLeft: 3 },
    ]);
  });

  it('leaves out what follows within a tenth of a second, and never the last', () => {
    const calls = Array.from({ length: 10 }, (_, i) => ({ at: 30 * i, done: i + 1 }));
    expect(metered(calls, 10).map(({ done }) => done)).toEqual([1, 5, 9, 10]);
  });
});
