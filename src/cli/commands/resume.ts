import { followRun } from '../follow-run.ts';
import { exitCodes } from '../exit-codes.ts';
import { withEngine, type CommonOptions } from '../session.ts';
import { showResult } from '../show-result.ts';

export async function resume(run: string, options: CommonOptions): Promise<void> {
  await withEngine(options, async (session) => {
    const { engine, output } = session;
    const before = await engine.showRun({ run });
    if (before.state === 'finished' && before.result) {
      output.object({ type: 'result', ...before.result });
      showResult(output, before.result);
      return exitCodes.done;
    }
    const { runId } = await engine.resumeRun({ run });
    output.line(`Run ${runId}`);
    return followRun(session, runId, before.seq + 1);
  });
}
