import { ownLease } from '../../src/store/process-lease.ts';
import { openStore } from '../../src/store/store.ts';
import { addRun, stepEvent, stored } from '../support/sample-records.ts';

// Opens a workspace that others open in the same moment, and writes a run with events.
const [workspace, runId, count] = process.argv.slice(2);
const store = openStore(workspace!);
await addRun(store, runId!, ownLease());
for (let seq = 1; seq <= Number(count); seq++) store.events.append(runId!, [stored(seq, stepEvent(seq))]);
store.runs.move(runId!, 'cancelled');
store.close();
