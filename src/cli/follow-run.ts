import type { FailureData } from '../base/failure.ts';
import type { RunEvent } from '../protocol/run-event.ts';
import { exitCodes } from './exit-codes.ts';
import type { Session } from './session.ts';
import { showEvent } from './show-event.ts';
import { showResult } from './show-result.ts';

/**
 * Tells a run's events from `from` on until this engine has seen it through, and gives the exit code. An attempt that ended
 * without being asked to is followed by the next, so only the run's state ends the waiting.
 */
export async function followRun({ engine, output, signal }: Session, runId: string, from: number): Promise<number> {
  const end = await new Promise<RunEvent>((resolve, reject) => {
    const stop = (): void => void engine.interruptRun(runId).catch(reject);
    const unsubscribe = engine.subscribe({ runId, from }, ({ seq, event }) => {
      output.object({ seq, ...event });
      showEvent(output, event);
      const isEnd =
        event.type === 'runFinished' ||
        event.type === 'runFailed' ||
        event.type === 'runCancelled' ||
        (event.type === 'runInterrupted' && signal.aborted);
      if (!isEnd) {
        if (event.type === 'runInterrupted')
          output.note('The process that computes ended unexpectedly; going on from the last checkpoint.');
        return;
      }
      // The first events may come before there is something to end.
      queueMicrotask(() => unsubscribe());
      signal.removeEventListener('abort', stop);
      resolve(event);
    });
    signal.addEventListener('abort', stop, { once: true });
    if (signal.aborted) stop();
  });
  output.status('');
  switch (end.type) {
    case 'runFinished':
      output.object({ type: 'result', ...end.result });
      showResult(output, end.result);
      return exitCodes.done;
    case 'runFailed': {
      const failure: FailureData = { kind: 'failure', ...end.error };
      output.error(failure);
      if (failure.kind === 'failure') output.note(`What was done is kept. Go on with: anneal resume ${runId}`);
      return failure.kind === 'input' ? exitCodes.wrongUse : exitCodes.failed;
    }
    default:
      output.object({ type: 'interrupted', runId });
      output.note(`Stopped; the checkpoint is kept. Go on with: anneal resume ${runId}`);
      return exitCodes.interrupted;
  }
}
