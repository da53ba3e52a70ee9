import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { createEngine, type Engine } from '../../src/engine/create-engine.ts';
import type { DatasetSummary } from '../../src/protocol/dataset-view.ts';

/** An engine that is closed when the test has ended. `folder` holds its workspace. */
export function engineIn(folder: string): Engine {
  const engine = createEngine({ workspace: join(folder, 'workspace') });
  onTestFinished(() => engine.close());
  return engine;
}

/** Opens a folder and waits until every picture was read. */
export async function openWhole(engine: Engine, folder: string): Promise<DatasetSummary> {
  const first = await engine.openDataset({ folder });
  return first.scanning ? engine.checkDataset({ dataset: first.dataset }) : first;
}
