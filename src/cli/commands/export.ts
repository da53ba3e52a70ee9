import { exportFormat, exportFormats, type ExportFormat } from '../../protocol/formats/index.ts';
import { exitCodes } from '../exit-codes.ts';
import { bytesText, percent } from '../format.ts';
import { withEngine, type CommonOptions, type UseOptions } from '../session.ts';

/** The switches of the formats stand beside these, by name. */
export interface ExportCommandOptions extends CommonOptions, UseOptions {
  readonly format: ExportFormat;
  /** Here the target, not the workspace. */
  readonly out: string;
}

export async function exportRun(run: string, { out, ...rest }: ExportCommandOptions): Promise<void> {
  const { format } = rest;
  const common: CommonOptions = rest;
  const switches = new Set(exportFormats.flatMap(({ options }) => Object.keys(options)));
  const options = Object.fromEntries(Object.keys(rest).flatMap((name) => (switches.has(name) ? [[name, true]] : [])));
  await withEngine(common, async ({ engine, output, hooks }) => {
    const report = await engine.exportRun({ run, format, path: out, options, calibrated: rest.calibration }, hooks);
    output.object({ type: 'result', ...report });
    const { pictures, largestDifference, sameFirstChoice } = report.verification;
    output.line(`Wrote ${report.path} (${bytesText(report.bytes)}). ${exportFormat(format).words.en.contents}`);
    output.line(
      `Loaded again and run on ${pictures} pictures: same first choice on ${percent(sameFirstChoice)}, largest difference ${largestDifference.toExponential(1)}`,
    );
    return exitCodes.done;
  });
}
