import type { Component } from 'svelte';
import type { ViewName, ViewProps } from './state/routes.ts';

type ViewModule = { readonly default: Component<ViewProps> };

/** Each view is fetched when it is first shown. */
export const views: Readonly<Record<ViewName, () => Promise<ViewModule>>> = {
  start: () => import('./views/start/StartView.svelte'),
  dataset: () => import('./views/dataset/DatasetView.svelte'),
  models: () => import('./views/models/ModelsView.svelte'),
  train: () => import('./views/train/TrainView.svelte'),
  run: () => import('./views/run/RunView.svelte'),
  ensemble: () => import('./views/ensemble/EnsembleView.svelte'),
  tryIt: () => import('./views/try-it/TryItView.svelte'),
  export: () => import('./views/export/ExportView.svelte'),
  runs: () => import('./views/runs/RunsView.svelte'),
  settings: () => import('./views/settings/SettingsView.svelte'),
};
