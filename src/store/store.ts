import { ChangeTable } from './changes.ts';
import { DatasetEditTable } from './dataset-edits.ts';
import type { Database } from './driver.ts';
import { DatasetTable } from './datasets.ts';
import { EnsembleTable } from './ensembles.ts';
import { EventTable } from './events.ts';
import { ExportTable } from './exports.ts';
import { MeasurementTable } from './measurements.ts';
import { MemberTable } from './members.ts';
import { openDatabase, versionOf } from './open-database.ts';
import { PredictionTable } from './predictions.ts';
import { reconcile } from './reconcile.ts';
import { RunProgress } from './run-progress.ts';
import { RunTable } from './runs.ts';
import { prepareWorkspace, type WorkspaceLayout } from './workspace.ts';

/** One workspace's database and folders. Several processes may have it open at once. */
export interface Store {
  readonly layout: WorkspaceLayout;
  readonly runs: RunTable;
  readonly events: EventTable;
  readonly members: MemberTable;
  readonly datasets: DatasetTable;
  readonly edits: DatasetEditTable;
  readonly changes: ChangeTable;
  readonly predictions: PredictionTable;
  readonly progress: RunProgress;
  readonly ensembles: EnsembleTable;
  readonly exports: ExportTable;
  readonly measurements: MeasurementTable;
  readonly version: number;
  /** Runs `read` on one unchanging state of the database. */
  snapshot<T>(read: () => T): T;
  close(): void;
}

/** Opens (creating, migrating) and reconciles what an earlier end left behind. @throws as `prepareWorkspace` and `openDatabase` */
export function openStore(workspace: string): Store {
  const layout = prepareWorkspace(workspace);
  const database: Database.Database = openDatabase(layout.database);
  const store: Store = {
    layout,
    runs: new RunTable(database),
    events: new EventTable(database),
    members: new MemberTable(database),
    datasets: new DatasetTable(database, layout.datasets),
    edits: new DatasetEditTable(database),
    changes: new ChangeTable(database),
    predictions: new PredictionTable(database),
    progress: new RunProgress(database),
    ensembles: new EnsembleTable(database),
    exports: new ExportTable(database),
    measurements: new MeasurementTable(database),
    version: versionOf(database),
    snapshot: (read) => database.transaction(read).deferred(),
    close: () => database.close(),
  };
  reconcile(store);
  return store;
}
