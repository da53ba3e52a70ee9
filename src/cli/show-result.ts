import type { RunResult } from '../protocol/run-event.ts';
import type { Figures } from '../protocol/figures.ts';
import { shownVerdicts } from '../protocol/verdict.ts';
import { describeError } from '../messages/describe.ts';
import { figuresText, showVerdicts } from './figures-text.ts';
import { accuracyText, duration, percent, splitText, table } from './format.ts';
import type { Output } from './output.ts';

const mostLines = 10;

/**
 * The end of a run for people: what it comes to, accuracies with their interval, number of pictures and the figures beside them, what to
 * mend, what to do next.
 */
export function showResult(output: Output, result: RunResult): void {
  const { runId, backbone, classes, members, selected, ensemble, test, timings, problems, doubtedLabels, split } =
    result;
  const { figures, temperature, verdicts } = result;
  output.line();
  // Nobody reads the figures of a network that is no better than none before they know that it is.
  showVerdicts(output, shownVerdicts(verdicts, test !== null));
  output.line(
    `Run ${runId}: ${classes.length} classes, ${backbone}, ${split.train} pictures to train, ${split.validation} to validate, ${split.test} to test`,
  );
  const weightOf = new Map(selected.map(({ name, weight }) => [name, weight]));
  const rows = members.map(({ name, accuracy, sha256 }) => [
    `  ${name}`,
    accuracy === null ? '' : percent(accuracy),
    weightOf.has(name) ? `weight ${weightOf.get(name)}` : 'not selected',
    sha256.slice(0, 12),
  ]);
  for (const line of table(rows)) output.line(line);
  output.line();
  const beside = (measured: Figures | null): void => {
    if (measured) output.line(`            ${figuresText(measured, classes)}`);
  };
  output.line(`  Ensemble  ${accuracyText(ensemble)} ${splitText(ensemble.split)}`);
  beside(figures.ensemble);
  if (test) output.line(`  Test      ${accuracyText(test)} ${splitText(test.split)}`);
  else if (split.test > 0) output.line('  A trial: its test part was set aside and not looked at.');
  else output.line('  There was no test part: this accuracy chose the model, expect a little less on new pictures.');
  beside(figures.test);
  if (temperature !== 1) output.line(`  Probabilities calibrated by a temperature of ${temperature}`);
  output.line(`  Time      ${duration(timings.total)}`);
  showProblems(output, problems);
  if (doubtedLabels.length > 0) {
    output.line();
    output.line(`${doubtedLabels.length} pictures whose label may be wrong:`);
    for (const { path, label, suggested, probability } of doubtedLabels.slice(0, mostLines))
      output.line(`  ${path}: ${label}, looks like ${suggested} (${percent(probability)})`);
  }
  output.line();
  output.line(`Use it:  anneal predict ${runId} PICTURE...   anneal export ${runId} --format savedmodel --out FOLDER`);
}

/** Files that were left out, with the reason. */
export function showProblems(output: Output, problems: RunResult['problems']): void {
  if (problems.length === 0) return;
  output.line();
  output.line(`${problems.length} files were left out:`);
  for (const problem of problems.slice(0, mostLines))
    output.line(`  ${problem.path}: ${describeError(problem).message}`);
  if (problems.length > mostLines)
    output.line(`  … and ${problems.length - mostLines} more (anneal inspect lists all)`);
}
