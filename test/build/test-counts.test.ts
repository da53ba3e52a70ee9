import { describe, expect, it } from 'vitest';
import { addCounts, countTests, countWindowTests, noTests } from '../../build/test-counts.ts';

const report = (files: { status: string; tests: string[] }[]): string =>
  JSON.stringify({
    testResults: files.map(({ status, tests }) => ({
      status,
      assertionResults: tests.map((test) => ({ status: test })),
    })),
  });

describe('countTests', () => {
  it('counts tests by what became of them, to-dos as skipped', () => {
    const text = report([
      { status: 'passed', tests: ['passed', 'passed', 'pending', 'todo', 'skipped'] },
      { status: 'failed', tests: ['failed', 'passed'] },
    ]);
    expect(countTests(text, 1)).toEqual({ passed: 3, failed: 1, skipped: 3 });
  });

  it('counts a file that could not be loaded as a failure', () => {
    expect(countTests(report([{ status: 'failed', tests: [] }]), 1)).toEqual({ passed: 0, failed: 1, skipped: 0 });
  });

  it('never looks better than the exit code', () => {
    expect(countTests(report([{ status: 'passed', tests: ['passed'] }]), 1).failed).toBe(1);
    expect(countTests(null, 139).failed).toBe(1);
    expect(countTests(report([]), 0)).toEqual(noTests);
  });

  it('adds up over tiers', () => {
    const counts = { passed: 1, failed: 2, skipped: 3 };
    expect(addCounts(counts, counts)).toEqual({ passed: 2, failed: 4, skipped: 6 });
  });
});

describe('countWindowTests', () => {
  const suite = (...statuses: string[]) => ({ specs: statuses.map((status) => ({ tests: [{ status }] })) });
  const text = JSON.stringify({
    suites: [{ ...suite('expected', 'skipped'), suites: [suite('expected', 'unexpected', 'flaky')] }],
  });

  it('counts suites in suites; a test that passed only at the second try has failed', () => {
    expect(countWindowTests(text, 1)).toEqual({ passed: 2, failed: 2, skipped: 1 });
  });

  it('counts what was only listed as skipped', () => {
    expect(countWindowTests(text, 0, true)).toEqual({ passed: 0, failed: 0, skipped: 5 });
  });

  it('never looks better than the exit code', () => {
    expect(countWindowTests(null, 1).failed).toBe(1);
    expect(countWindowTests(JSON.stringify({ suites: [] }), 1).failed).toBe(1);
  });
});
