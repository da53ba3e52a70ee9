export interface TestCounts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

export const noTests: TestCounts = { passed: 0, failed: 0, skipped: 0 };

export function addCounts(a: TestCounts, b: TestCounts): TestCounts {
  return { passed: a.passed + b.passed, failed: a.failed + b.failed, skipped: a.skipped + b.skipped };
}

/** The part of vitest's JSON report that is counted. */
interface Report {
  readonly testResults: readonly {
    readonly status: string;
    readonly assertionResults: readonly { readonly status: string }[];
  }[];
}

/**
 * Counts the tests of vitest's JSON report (null: it wrote none). A file that could not be loaded counts as one failure, and so
 * does a run that ended with an error although each of its tests passed: a count never looks better than the exit code.
 */
export function countTests(report: string | null, exitCode: number): TestCounts {
  let { passed, failed, skipped } = noTests;
  const files = report === null ? [] : (JSON.parse(report) as Report).testResults;
  for (const file of files) {
    const failedBefore = failed;
    for (const { status } of file.assertionResults) {
      if (status === 'passed') passed++;
      else if (status === 'failed') failed++;
      else skipped++;
    }
    if (file.status === 'failed' && failed === failedBefore) failed++;
  }
  if (exitCode !== 0 && failed === 0) failed = 1;
  return { passed, failed, skipped };
}

/** The part of Playwright's JSON report that is counted. */
interface WindowSuite {
  readonly specs: readonly { readonly tests: readonly { readonly status: string }[] }[];
  readonly suites?: readonly WindowSuite[];
}

/** As `countTests`, for Playwright's JSON report. `listed`: nothing was run, all tests count as skipped. */
export function countWindowTests(report: string | null, exitCode: number, listed = false): TestCounts {
  let { passed, failed, skipped } = noTests;
  const parsed = report === null ? { suites: [] } : (JSON.parse(report) as { suites: readonly WindowSuite[] });
  const visit = (suite: WindowSuite): void => {
    for (const { status } of suite.specs.flatMap(({ tests }) => tests)) {
      if (listed || status === 'skipped') skipped++;
      else if (status === 'expected') passed++;
      else failed++;
    }
    suite.suites?.forEach(visit);
  };
  parsed.suites.forEach(visit);
  if (exitCode !== 0 && failed === 0) failed = 1;
  return { passed, failed, skipped };
}
