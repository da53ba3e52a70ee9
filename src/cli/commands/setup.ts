import { createOutput } from '../output.ts';
import { exitCodes } from '../exit-codes.ts';
import type { CommonOptions } from '../session.ts';

/** Makes the native parts ready; done in a moment when they are. Needs no engine, since it makes what an engine needs. */
export async function setup(options: CommonOptions): Promise<void> {
  const output = createOutput(options.json === true);
  const { ensureSetup } = await import('../../../build/setup/ensure-setup.ts');
  const report = await ensureSetup({ log: (line) => output.note(line), retry: true });
  output.object({ type: 'result', ...report });
  if (report.tensorflow.ready && report.sqlite.ready) output.line(`Ready (${report.seconds.toFixed(1)} s).`);
  process.exitCode = report.sqlite.ready ? exitCodes.done : exitCodes.failed;
}
