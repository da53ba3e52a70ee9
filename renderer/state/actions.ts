import type { MenuCommand, MenuPlace } from '../../src/protocol/bridge.ts';
import { describeError } from '../../src/messages/describe.ts';
import { toFailure } from '../../src/base/failure.ts';
import type { RunSummary } from '../../src/protocol/run-record.ts';
import type { GivenFile } from '../client/client.ts';
import { app } from './app.svelte.ts';
import { changes } from './changes.svelte.ts';
import { current } from './current.svelte.ts';
import { dialogs } from './dialogs.svelte.ts';
import { handed } from './handed.svelte.ts';
import { inspector } from './inspector.svelte.ts';
import { jobs } from './jobs.svelte.ts';
import { layout } from './layout.svelte.ts';
import { locale } from './locale.svelte.ts';
import { opening } from './opening.svelte.ts';
import { preferences } from './preferences.svelte.ts';
import { focusNextRegion } from './regions.ts';
import { router } from './router.svelte.ts';
import { routeTo, type Route, type ViewName } from './routes.ts';
import { viewActions } from './view-actions.svelte.ts';

/** Where a place of the menu leads, for the dataset and run at hand. */
export function routeOf(view: ViewName): Route {
  if (view === 'dataset' || view === 'train') return routeTo(view, current.datasetId);
  if (view === 'models') return routeTo(view, null, { for: current.datasetId ?? undefined });
  if (view === 'run' || view === 'ensemble' || view === 'tryIt' || view === 'export') {
    return routeTo(view, current.runId);
  }
  return routeTo(view);
}

const viewOfPlace: Readonly<Record<Exclude<MenuPlace, 'job'>, ViewName>> = {
  start: 'start',
  pictures: 'dataset',
  train: 'train',
  run: 'run',
  ensemble: 'ensemble',
  tryIt: 'tryIt',
  export: 'export',
  models: 'models',
  runs: 'runs',
};

const actions: Readonly<Record<Exclude<MenuCommand, `go.${string}`>, () => unknown>> = {
  openFolder: () => opening.choose(),
  openBundle,
  openSample: () => opening.openSample(),
  palette: () => (dialogs.palette = !dialogs.palette),
  primary: () => document.querySelector<HTMLElement>('main [data-primary]')?.click(),
  pauseOrResume: () => jobs.pauseOrResume(),
  undo: () => (editsText() ? document.execCommand('undo') : viewActions.get('undo')?.() || changes.undo()),
  redo: () => (editsText() ? document.execCommand('redo') : viewActions.get('redo')?.() || changes.redo()),
  find: () => viewActions.get('find')?.(),
  toggleNavigation,
  toggleInspector: () => inspector.toggle(),
  settings: () => router.go('settings'),
  shortcuts: () => (dialogs.shortcuts = !dialogs.shortcuts),
  back: () => router.back(),
  forward: () => router.forward(),
  nextRegion: () => focusNextRegion(1),
  previousRegion: () => focusNextRegion(-1),
};

/** Does what a key, the palette or the native menu asks for. What fails is told in a toast. */
export async function perform(command: MenuCommand): Promise<void> {
  try {
    if (command === 'go.job') document.getElementById('job')?.focus();
    else if (command.startsWith('go.')) router.push(routeOf(viewOfPlace[command.slice(3) as keyof typeof viewOfPlace]));
    else await actions[command as keyof typeof actions]();
  } catch (error) {
    tellFailure(error);
  }
}

/** For what has no place of its own to stand at. */
export function tellFailure(error: unknown): void {
  if (error instanceof DOMException && error.name === 'AbortError') return;
  changes.fail(describeError(toFailure(error), locale.language).message);
}

/** Takes pictures to Try it, with the run that is at hand, or the newest one that can answer. */
export function tryPictures(pictures: readonly GivenFile[]): void {
  const take = viewActions.get('takePictures');
  if (take) return take(pictures);
  handed.give(pictures);
  const ready = (run: RunSummary | undefined): boolean => (run?.progress?.members ?? 0) > 0;
  const run = ready(current.run) ? current.run : app.runs.items.find(ready);
  router.push(routeTo('tryIt', run?.runId ?? current.runId));
}

/** Opens a bundle where it can be tried. */
export function tryBundle(path: string): void {
  router.go('tryIt', null, { model: path });
}

async function openBundle(): Promise<void> {
  const { host } = app.client;
  const [file] = await host.chooseFiles({ kind: 'bundle', multiple: false });
  if (!file) return;
  const [path] = await host.bring({ kind: 'bundle', file });
  if (path) tryBundle(path);
}

function toggleNavigation(): void {
  if (layout.size === 'small') dialogs.navigation = !dialogs.navigation;
  else preferences.change({ navigation: !preferences.navigation });
}

/** The focus is where letters are typed. */
export function editsText(): boolean {
  const element = document.activeElement;
  if (element instanceof HTMLInputElement) return !/^(button|checkbox|radio|range|submit|file)$/.test(element.type);
  return element instanceof HTMLTextAreaElement || (element instanceof HTMLElement && element.isContentEditable);
}
