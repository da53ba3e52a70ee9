import type { Component } from 'svelte';
import type { Route, ViewName } from './state/routes.ts';

/** What every view is given. `route.id` is there wherever the view is about a dataset or a run. */
export interface ViewProps {
  readonly route: Route;
}

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
