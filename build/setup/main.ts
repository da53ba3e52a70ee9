import { ensureSetup } from './ensure-setup.ts';

// `npm run setup`: makes the native parts ready and says what came of it. Exit 1 only if nothing at all can run.
const log = (line: string): void => console.error(line);

if (process.argv.includes('--gpu')) {
  log(
    'There is no setup for NVIDIA cards yet: nobody has tried it on such hardware. Anneal computes on the processor.',
  );
}
const report = await ensureSetup({ log, retry: true });
if (report.tensorflow.ready && report.sqlite.ready) {
  log(`Setup is complete (${report.seconds.toFixed(1)} s). Runtime and add-ons are kept in ${report.cacheFolder}`);
}
process.exitCode = report.sqlite.ready ? 0 : 1;
