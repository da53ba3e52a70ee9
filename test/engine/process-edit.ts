import { createEngine } from '../../src/engine/create-engine.ts';

// Leaves one picture of a dataset out, as another window's engine would.
const [workspace, dataset, path] = process.argv.slice(2) as [string, string, string];
const engine = createEngine({ workspace });
await engine.editPictures({ dataset, paths: [path], change: { kind: 'leaveOut', leftOut: true } });
await engine.close();
