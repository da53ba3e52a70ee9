import { ownLease } from '../../src/store/process-lease.ts';
import { openStore } from '../../src/store/store.ts';
import { addRun } from '../support/sample-records.ts';

// Takes a run in the workspace given and holds it until killed.
const [workspace, runId] = process.argv.slice(2);
const store = openStore(workspace!);
await addRun(store, runId!);
store.runs.move(runId!, 'running', { lease: ownLease(), newAttempt: true });
process.stdout.write('holding\n');
setInterval(() => undefined, 1000);
