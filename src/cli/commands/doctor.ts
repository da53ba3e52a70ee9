import { describeError } from '../../messages/describe.ts';
import { bytesText, table } from '../format.ts';
import { exitCodes } from '../exit-codes.ts';
import { withEngine, type CommonOptions } from '../session.ts';

export async function doctor(options: CommonOptions): Promise<void> {
  await withEngine(options, async ({ engine, output, hooks }) => {
    const report = await engine.doctor({}, hooks);
    output.object({ type: 'result', ...report });
    const { runtime } = report;
    const backend = runtime.backend === null ? 'none' : `${runtime.backend} ${runtime.version}`;
    const step = runtime.testStepMilliseconds === null ? 'not run' : `${runtime.testStepMilliseconds.toFixed(1)} ms`;
    const rows = [
      ['TensorFlow', backend],
      ['Devices', runtime.devices.join(', ')],
      ['Threads', `${runtime.threads} of ${report.cores} cores`],
      ['One test step', step],
      ['Node', `${report.node}, ${report.platform}`],
      ['Memory', bytesText(report.memoryBytes)],
      ['Workspace', report.workspace],
      ...report.folders.map(({ purpose, path, bytes }) => [`  ${purpose}`, `${path} (${bytesText(bytes)})`]),
      ['Database', `format ${report.databaseVersion}`],
      ['Backbones', report.backbones.join(', ')],
    ];
    for (const line of table(rows)) output.line(line);
    if (runtime.reason) output.note(describeError(runtime.reason).message);
    return runtime.backend === null ? exitCodes.failed : exitCodes.done;
  });
}
