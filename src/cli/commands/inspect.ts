import { describeError } from '../../messages/describe.ts';
import { tellSeries } from '../../data/tell-series.ts';
import { resolveConfig } from '../../settings/resolve-config.ts';
import { table } from '../format.ts';
import { exitCodes } from '../exit-codes.ts';
import { withEngine, type CommonOptions } from '../session.ts';

export interface InspectOptions extends CommonOptions {
  readonly groupBy?: string;
}

/** What a folder holds: classes, splits, duplicates, what belongs together, and every file left out with its reason. */
export async function inspect(folder: string, options: InspectOptions): Promise<void> {
  // Refused as the setting is, before the folder is read.
  const set = options.groupBy === undefined ? [] : [`data.groupBy=${options.groupBy}`];
  const { groupBy } = resolveConfig({ set }).data;
  await withEngine(options, async ({ engine, output, hooks }) => {
    const { root, classes, pictures, problems, contentHash } = await engine.inspect({ folder }, hooks);
    const counts = classes.map((name, label) => ({
      name,
      pictures: pictures.filter((picture) => picture.label === label).length,
    }));
    const given = { train: 0, validation: 0, test: 0 };
    for (const picture of pictures) if (picture.given) given[picture.given]++;
    const series = tellSeries(pictures, groupBy).map(({ code, params }) => ({
      code,
      params,
      ...describeError({ code, params }),
    }));
    const copies = pictures.filter(({ why }) => why === 'copy');
    const duplicates = copies.length - new Set(copies.map(({ group }) => group)).size;
    const described = problems.map((problem) => ({ ...problem, ...describeError(problem) }));
    output.object({
      type: 'result',
      root,
      contentHash,
      pictures: pictures.length,
      classes: counts,
      given,
      duplicates,
      series,
      problems: described,
    });
    output.line(`${root}: ${pictures.length} pictures, ${classes.length} classes`);
    for (const line of table(counts.map((counted) => [`  ${counted.name}`, counted.pictures]))) output.line(line);
    if (given.train + given.validation + given.test > 0)
      output.line(`Given parts: ${given.train} train, ${given.validation} validation, ${given.test} test`);
    if (duplicates > 0)
      output.line(
        `${duplicates} pictures are duplicates or nearly so of another; they stay on one side of every split.`,
      );
    for (const { message, hint } of series) output.line(hint ? `${message} ${hint}` : message);
    if (described.length > 0) output.line(`${described.length} files were left out or need a look:`);
    for (const { path, message } of described) output.line(`  ${path}: ${message}`);
    return exitCodes.done;
  });
}
