import { shownVerdicts } from '../../protocol/verdict.ts';
import { figuresText, showVerdicts } from '../figures-text.ts';
import { accuracyText } from '../format.ts';
import { exitCodes } from '../exit-codes.ts';
import { withEngine, type CommonOptions, type UseOptions } from '../session.ts';
import { showProblems } from '../show-result.ts';

export async function evaluate(model: string, folder: string, options: CommonOptions & UseOptions): Promise<void> {
  await withEngine(options, async ({ engine, output, hooks }) => {
    const report = await engine.evaluate({ model, folder, calibrated: options.calibration }, hooks);
    output.object({ type: 'result', ...report });
    showVerdicts(output, shownVerdicts(report.verdicts, true));
    output.line(`Ensemble  ${accuracyText(report.ensemble)} pictures`);
    if (report.figures) output.line(`          ${figuresText(report.figures, report.classes)}`);
    for (const { name, accuracy } of report.members) output.line(`  ${name}  ${accuracyText(accuracy)}`);
    showConfusion(report.classes, report.confusion, output.line);
    showProblems(output, report.problems);
    return exitCodes.done;
  });
}

const mostPairs = 10;

/** The pairs confused most often, which is what one can act on. */
function showConfusion(
  classes: readonly string[],
  confusion: readonly (readonly number[])[],
  line: (text: string) => void,
): void {
  const pairs = confusion.flatMap((row, truth) => row.map((count, predicted) => ({ truth, predicted, count })));
  const confused = pairs
    .filter(({ truth, predicted, count }) => truth !== predicted && count > 0)
    .sort((a, b) => b.count - a.count);
  if (confused.length > 0) line('Most often confused:');
  for (const { truth, predicted, count } of confused.slice(0, mostPairs))
    line(`  ${count} × ${classes[truth]} taken for ${classes[predicted]}`);
}
