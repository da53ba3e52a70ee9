import { bytesText, percent } from '../format.ts';
import { exitCodes } from '../exit-codes.ts';
import { withEngine, type CommonOptions } from '../session.ts';

export interface ExportOptions {
  readonly json?: boolean;
  readonly workspace?: string;
  readonly threads?: number;
  readonly format: 'bundle' | 'savedmodel';
  /** Here the target, not the workspace. */
  readonly out: string;
  readonly anySize?: boolean;
}

export async function exportRun(run: string, options: ExportOptions): Promise<void> {
  const { out, ...rest } = options;
  const common: CommonOptions = rest;
  await withEngine(common, async ({ engine, output, hooks }) => {
    const report = await engine.exportRun(
      { run, format: options.format, path: out, anySize: options.anySize === true },
      hooks,
    );
    output.object({ type: 'result', ...report });
    const { pictures, largestDifference, sameFirstChoice } = report.verification;
    output.line(`Wrote ${report.path} (${bytesText(report.bytes)})`);
    output.line(
      `Loaded again and run on ${pictures} pictures: same first choice on ${percent(sameFirstChoice)}, largest difference ${largestDifference.toExponential(1)}`,
    );
    return exitCodes.done;
  });
}
