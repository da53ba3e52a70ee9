export { importModel, removeModel, type ImportOptions } from './import-model.ts';
export { listZoo, type ZooListing } from './list-zoo.ts';
export { pretrainedFolder, type ZooModel } from './manifest.ts';
export { pullModel, type PullOptions, type PullProgress } from './pull-model.ts';
export { findModel, installedBackbones, resolveBackbone } from './resolve-backbone.ts';
