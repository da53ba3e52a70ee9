import { describeError } from '../../messages/describe.ts';
import type { RunSummary } from '../../protocol/run-record.ts';
import { accuracyText, splitText, table, timeText } from '../format.ts';
import { exitCodes } from '../exit-codes.ts';
import { withEngine, type CommonOptions } from '../session.ts';
import { showResult } from '../show-result.ts';

export async function listRuns(options: CommonOptions): Promise<void> {
  await withEngine(options, async ({ engine, output }) => {
    const runs = await engine.listRuns({});
    output.object({ type: 'result', runs });
    if (runs.length === 0) output.line('No runs yet. Start one with: anneal train FOLDER');
    for (const line of table(runs.map(row))) output.line(line);
    return exitCodes.done;
  });
}

function row(run: RunSummary): (string | number)[] {
  const { heldOutAccuracy } = run;
  return [
    run.pinned ? '*' : ' ',
    run.runId,
    timeText(run.createdAt),
    run.state,
    run.purpose === 'trial' ? 'trial' : '',
    run.name,
    run.backbone ?? '',
    heldOutAccuracy ? `${accuracyText(heldOutAccuracy)} ${splitText(heldOutAccuracy.split)}` : '',
  ];
}

export async function showRun(run: string, options: CommonOptions): Promise<void> {
  await withEngine(options, async ({ engine, output }) => {
    const record = await engine.showRun({ run });
    output.object({ type: 'result', ...record });
    const { name, state, attempt, dataset, createdAt, folder, error, snapshots, result, config } = record;
    output.line(
      `${record.runId}  ${name}  ${state}${record.pinned ? ', pinned' : ''}, attempt ${attempt}, ${timeText(createdAt)}`,
    );
    output.line(`${dataset.root}: ${dataset.pictures} pictures, ${dataset.classes} classes`);
    output.line(`${folder}`);
    if (error) output.line(`Failed: ${describeError(error).message}`);
    if (result) showResult(output, result);
    else
      for (const { name: member, accuracy } of snapshots)
        output.line(`  ${member}${accuracy ? ` ${accuracyText(accuracy)}` : ''}`);
    output.line();
    output.line('Configuration (give it back with --config FILE):');
    output.line(JSON.stringify(config, null, 2));
    return exitCodes.done;
  });
}

export async function deleteRun(run: string, options: CommonOptions): Promise<void> {
  await withEngine(options, async ({ engine, output }) => {
    const { runId } = await engine.deleteRun({ run });
    output.object({ type: 'result', runId, deleted: true });
    output.line(`Deleted ${runId}.`);
    return exitCodes.done;
  });
}

export async function pinRun(run: string, options: CommonOptions & { readonly off?: boolean }): Promise<void> {
  await withEngine(options, async ({ engine, output }) => {
    const pinned = options.off !== true;
    const { runId } = await engine.pinRun({ run, pinned });
    output.object({ type: 'result', runId, pinned });
    output.line(pinned ? `Pinned ${runId}: it cannot be deleted.` : `Unpinned ${runId}.`);
    return exitCodes.done;
  });
}
