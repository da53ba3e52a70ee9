import { Command, InvalidArgumentError, Option } from 'commander';
import { appVersion } from '../protocol/app-version.ts';
import { exportFormats, formatKeys } from '../protocol/formats/index.ts';
import { presetNames } from '../settings/preset-names.ts';

const collect = (value: string, earlier: string[]): string[] => [...earlier, value];

function positiveInteger(value: string): number {
  const number = Number(value);
  if (!Number.isInteger(number) || number < 1) throw new InvalidArgumentError('Expected a whole number from 1 up.');
  return number;
}

function portNumber(value: string): number {
  const number = Number(value);
  if (!/^\d+$/.test(value) || number > 65535) throw new InvalidArgumentError('Expected a number from 0 to 65535.');
  return number;
}

/** Options of every command; each loads its code only when it is called. */
function common(command: Command, outIsTarget = false): Command {
  command.addOption(new Option('--json', 'one JSON object a line on stdout; logs on stderr'));
  if (!outIsTarget)
    command.addOption(
      new Option(
        '--out <dir>',
        "workspace: the folder that holds all that runs write (default: the user's data folder)",
      ),
    );
  command.addOption(
    new Option(
      '--workspace <dir>',
      outIsTarget ? "workspace that holds the run (default: the user's data folder)" : 'the same as --out',
    ),
  );
  command.addOption(
    new Option('--threads <n>', 'threads for computing (default: all cores)').argParser(positiveInteger),
  );
  return command.showHelpAfterError('(--help tells how the command is used)');
}

export function createProgram(): Command {
  const program = new Command('anneal')
    .description('Folder of pictures in, verified snapshot ensemble out.')
    .version(appVersion)
    .showHelpAfterError('(--help tells how it is used)')
    .showSuggestionAfterError();
  // Wrong use is thrown (CommanderError): its exit code is ours to choose.
  program.exitOverride();

  common(program.command('setup').description('make the native parts ready')).action(async (options) =>
    (await import('./commands/setup.ts')).setup(options),
  );
  common(program.command('doctor').description('tell what this machine and this workspace can do')).action(
    async (options) => (await import('./commands/doctor.ts')).doctor(options),
  );
  common(program.command('inspect').description('tell what a folder of pictures holds').argument('<folder>'))
    .addOption(groupBy())
    .action(async (folder, options) => (await import('./commands/inspect.ts')).inspect(folder, options));
  common(program.command('train').description('train a snapshot ensemble on a folder of pictures').argument('<folder>'))
    .addOption(new Option('--preset <name>', 'recipe').choices(presetNames))
    .option('--backbone <name>', "pretrained network, see 'anneal zoo'")
    .option('--config <file>', 'JSON with settings, for example those of an earlier run')
    .option('--set <key=value>', "one setting, see 'anneal settings'; can be given many times", collect, [])
    .addOption(groupBy())
    .option('--seed <n>', 'equal seeds repeat a run')
    .option('--no-test', 'keep all pictures for training; then no test accuracy can be told')
    .option('--trial', 'one of several to compare: set the test part aside and never look at it')
    .option('--name <text>', 'a name for the run')
    .action(async (folder, options) => (await import('./commands/train.ts')).train(folder, options));
  program
    .command('settings')
    .description('list the settings of a run, those of a section, or all about one')
    .argument('[key]', "for example 'schedule' or 'schedule.numCycles'")
    .addOption(new Option('--json', 'one JSON object on stdout'))
    .showHelpAfterError('(--help tells how the command is used)')
    .action(async (key, options) => (await import('./commands/settings.ts')).listSettings(key, options));
  common(program.command('resume').description('go on with a run from its last checkpoint').argument('<run>')).action(
    async (run, options) => (await import('./commands/resume.ts')).resume(run, options),
  );
  addRuns(program);
  common(
    program
      .command('evaluate')
      .description('judge a model on a folder of pictures')
      .argument('<model>')
      .argument('<folder>'),
  )
    .addOption(rawProbabilities())
    .action(async (model, folder, options) =>
      (await import('./commands/evaluate.ts')).evaluate(model, folder, options),
    );
  common(program.command('predict').description('name the class of pictures').argument('<model>').argument('<path...>'))
    .option('--csv <file>', 'write path, label and probabilities')
    .addOption(rawProbabilities())
    .action(async (model, paths, options) => (await import('./commands/predict.ts')).predict(model, paths, options));
  addExport(program);
  addZoo(program);
  addServe(program);
  return program;
}

function addRuns(program: Command): void {
  const runs = common(program.command('runs').description('list the runs of the workspace'));
  runs.action(async (options) => (await import('./commands/runs.ts')).listRuns(options));
  common(runs.command('show').description('tell all of a run').argument('<run>')).action(
    async (run, _options, command: Command) =>
      (await import('./commands/runs.ts')).showRun(run, command.optsWithGlobals()),
  );
  common(runs.command('delete').description('delete a run and its files').argument('<run>')).action(
    async (run, _options, command: Command) =>
      (await import('./commands/runs.ts')).deleteRun(run, command.optsWithGlobals()),
  );
  common(runs.command('pin').description('protect a run against deletion').argument('<run>'))
    .option('--off', 'take the protection away')
    .action(async (run, _options, command: Command) =>
      (await import('./commands/runs.ts')).pinRun(run, command.optsWithGlobals()),
    );
}

const groupBy = (): Option =>
  new Option('--group-by <pattern>', 'regular expression of the path: pictures of equal first group stay together');

const rawProbabilities = (): Option =>
  new Option('--no-calibration', 'probabilities as the networks give them, without the temperature chosen in training');

/** Formats, their options and their words come from the table of formats. */
function addExport(program: Command): void {
  const titles = exportFormats.map(({ key, words }) => `${key}: ${words.en.title} (${words.en.short})`);
  const command = common(
    program.command('export').description('write the averaged ensemble to one file or folder').argument('<run>'),
    true,
  )
    .addOption(new Option('--format <format>', titles.join('; ')).choices(formatKeys).makeOptionMandatory())
    .requiredOption('--out <path>', 'where to write it')
    .addOption(rawProbabilities());
  const switches = new Map<string, string[]>();
  for (const { key, options } of exportFormats)
    for (const [name, words] of Object.entries(options))
      switches.set(name, [...(switches.get(name) ?? []), `${key}: ${words.en.label}. ${words.en.why}`]);
  for (const [name, texts] of switches) command.option(`--${kebab(name)}`, texts.join(' '));
  const details = exportFormats.map(({ key, words: { en } }) =>
    [`${key}`, `  ${en.purpose}`, `  ${en.contents}`, `  Read by: ${en.readers}`].join('\n'),
  );
  command.addHelpText('after', `\nFormats:\n${details.join('\n')}`);
  command.action(async (run, options) => (await import('./commands/export.ts')).exportRun(run, options));
}

const kebab = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

function addZoo(program: Command): void {
  const zoo = common(program.command('zoo').description('list the pretrained networks'));
  zoo.action(async (options) => (await import('./commands/zoo.ts')).listZoo(options));
  common(zoo.command('list').description('list them')).action(async (_options, command: Command) =>
    (await import('./commands/zoo.ts')).listZoo(command.optsWithGlobals()),
  );
  common(zoo.command('pull').description('fetch one, checked against its sha256').argument('<name>')).action(
    async (name, _options, command: Command) =>
      (await import('./commands/zoo.ts')).pullZoo(name, command.optsWithGlobals()),
  );
}

function addServe(program: Command): void {
  common(
    program
      .command('serve')
      .description('serve the window to a browser on this machine')
      .argument('[folder]', 'pictures to begin with'),
  )
    .option('--port <n>', 'port on the loopback address; 0 takes any free one', portNumber, 0)
    .option('--open', 'open the browser')
    .option(
      '--allow <dir>',
      'folder whose pictures pages may open; can be given many times (default: the current folder, Pictures and Downloads)',
      collect,
      [],
    )
    .action(async (folder, options) => (await import('./commands/serve.ts')).serveWindow(folder, options));
}
