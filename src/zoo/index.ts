export { importModel, removeModel } from './import-model.ts';
export { listZoo, type ZooListing } from './list-zoo.ts';
export { pretrainedFolder } from './manifest.ts';
export { pullModel, type PullProgress } from './pull-model.ts';
export { installedBackbones, resolveBackbone, unknownModel } from './resolve-backbone.ts';
