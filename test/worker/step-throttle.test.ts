import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RunEvent } from '../../src/protocol/run-event.ts';
import { StepThrottle } from '../../src/worker/step-throttle.ts';

const event = (type: 'stepEnded' | 'epochEnded', step: number): RunEvent =>
  ({ type, runId: 'r', attempt: 1, step }) as RunEvent;

describe('StepThrottle', () => {
  it('passes at most ten steps a second, always the newest before an epoch ends, and loses nothing else', () => {
    const moment = fc.record({ isStep: fc.boolean(), wait: fc.integer({ min: 0, max: 150 }) });
    fc.assert(
      fc.property(fc.array(moment, { maxLength: 200 }), (moments) => {
        let now = 0;
        const passed: { event: RunEvent; at: number }[] = [];
        const throttle = new StepThrottle(
          (one) => passed.push({ event: one, at: now }),
          () => now,
        );
        moments.forEach(({ isStep, wait }, i) => {
          now += wait;
          throttle.push(event(isStep ? 'stepEnded' : 'epochEnded', i + 1));
        });
        throttle.flush();

        const numbers = passed.map((one) => one.event.step);
        expect(numbers).toEqual([...numbers].sort((a, b) => a - b));
        const others = moments.flatMap(({ isStep }, i) => (isStep ? [] : [i + 1]));
        expect(passed.filter((one) => one.event.type === 'epochEnded').map((one) => one.event.step)).toEqual(others);
        // The step just before any other event, and the last of all, is told.
        moments.forEach(({ isStep }, i) => {
          if (isStep && moments[i + 1]?.isStep !== true) expect(numbers).toContain(i + 1);
        });
        // Without other events in between, passed steps lie a tenth of a second apart.
        const steps = passed.filter((one) => one.event.type === 'stepEnded');
        for (let i = 1; i < steps.length - 1; i++) {
          const [before, after] = [steps[i - 1]!, steps[i]!];
          const alone = !others.some((step) => step > before.event.step && step <= after.event.step + 1);
          if (alone) expect(after.at - before.at).toBeGreaterThanOrEqual(100);
        }
      }),
    );
  });
});
