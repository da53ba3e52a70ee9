import type { CommandHandler } from './command-handler.ts';

export const openDataset: CommandHandler<'openDataset'> = ({ datasets }, { folder }, hooks) =>
  datasets.open(folder, hooks);

export const openSample: CommandHandler<'openSample'> = ({ datasets }, _input, hooks) => datasets.openSample(hooks);

export const recentDatasets: CommandHandler<'recentDatasets'> = ({ datasets }) => datasets.recent();

export const hideDataset: CommandHandler<'hideDataset'> = async ({ store, datasets, watch }, { dataset, hidden }) => {
  store.datasets.hide(datasets.idOf(dataset), hidden);
  watch.changed('datasets', dataset);
  return null;
};

export const showDataset: CommandHandler<'showDataset'> = async ({ datasets }, { dataset }) =>
  datasets.summary(datasets.idOf(dataset));

export const listPictures: CommandHandler<'listPictures'> = async ({ datasets }, { dataset, ...query }) =>
  datasets.pictures(datasets.idOf(dataset)).page(query);

export const listProblems: CommandHandler<'listProblems'> = async ({ datasets }, { dataset }) =>
  datasets.pictures(datasets.idOf(dataset)).problems;
