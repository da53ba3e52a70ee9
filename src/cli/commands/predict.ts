import { relative, resolve } from 'node:path';
import { writeFileAtomic } from '../../weights/atomic-file.ts';
import type { PredictionReport } from '../../protocol/lane-job.ts';
import { percent, table } from '../format.ts';
import { exitCodes } from '../exit-codes.ts';
import { withEngine, type CommonOptions, type UseOptions } from '../session.ts';
import { showProblems } from '../show-result.ts';

export async function predict(
  model: string,
  paths: string[],
  options: CommonOptions & UseOptions & { readonly csv?: string },
): Promise<void> {
  await withEngine(options, async ({ engine, output, hooks }) => {
    const report = await engine.predict({ model, paths, calibrated: options.calibration }, hooks);
    if (options.csv !== undefined) await writeFileAtomic(resolve(options.csv), toCsv(report));
    for (const prediction of report.predictions) output.object({ type: 'prediction', ...prediction });
    const { classes, problems, predictions } = report;
    output.object({ type: 'result', classes, count: predictions.length, problems, csv: options.csv });
    for (const line of table(
      predictions.map(({ path, label, probability }) => [shorter(path), label, percent(probability)]),
    ))
      output.line(line);
    showProblems(output, problems);
    return predictions.length > 0 ? exitCodes.done : exitCodes.wrongUse;
  });
}

/** As the user would type it from here. */
function shorter(path: string): string {
  const fromHere = relative(process.cwd(), path);
  return fromHere.length < path.length ? fromHere : path;
}

/** RFC 4180: path, label, probability, then one column a class. */
function toCsv({ classes, predictions }: PredictionReport): string {
  const header = ['path', 'label', 'probability', ...classes];
  const rows = predictions.map(({ path, label, probability, probabilities }) => [
    path,
    label,
    probability,
    ...probabilities,
  ]);
  return [header, ...rows].map((row) => row.map(cell).join(',')).join('\r\n') + '\r\n';
}

/** A cell that a spreadsheet would take for a formula is quoted with an apostrophe before it. */
function cell(value: string | number): string {
  if (typeof value === 'number') return String(value);
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
