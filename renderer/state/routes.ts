/** Every place in the window as a hash, alike in both hosts. */
export const viewNames = [
  'start',
  'dataset',
  'models',
  'train',
  'run',
  'ensemble',
  'tryIt',
  'export',
  'runs',
  'settings',
] as const;
export type ViewName = (typeof viewNames)[number];

/** What each view's `id` names. */
export type IdKind = 'dataset' | 'run' | 'none';
export const idKindOf: Readonly<Record<ViewName, IdKind>> = {
  start: 'none',
  dataset: 'dataset',
  models: 'none',
  train: 'dataset',
  run: 'run',
  ensemble: 'run',
  tryIt: 'run',
  export: 'run',
  runs: 'none',
  settings: 'none',
};

export interface Route {
  readonly view: ViewName;
  /** Of a dataset or a run, see `idKindOf`; null where the view has none or none was chosen yet. */
  readonly id: string | null;
  /** What the view shows of it: filter, tab, opened picture. Absent keys mean the default. */
  readonly query: Readonly<Record<string, string>>;
}

/** First parts of a hash that are not the view's own name, and the parts that follow a run's id. */
const runParts: Readonly<Record<string, ViewName>> = { ensemble: 'ensemble', try: 'tryIt', export: 'export' };
const partOfRun: Partial<Record<ViewName, string>> = { ensemble: 'ensemble', tryIt: 'try', export: 'export' };

const plainViews: readonly string[] = ['models', 'runs', 'settings'];

/** `#/run/7/ensemble?members=1,2` to a route; null for what names no place. */
export function parseHash(hash: string): Route | null {
  const [path = '', search = ''] = hash.replace(/^#\/?/, '').split('?', 2);
  const parts = path.split('/').filter(Boolean).map(decode);
  const query = Object.fromEntries(new URLSearchParams(search));
  const [first, id = null, part] = parts;
  if (first === undefined) return { view: 'start', id: null, query };
  if (plainViews.includes(first)) return parts.length === 1 ? { view: first as ViewName, id: null, query } : null;
  if (first === 'dataset' || first === 'train') return parts.length <= 2 ? { view: first, id, query } : null;
  if (first === 'run') {
    const view = part === undefined ? 'run' : runParts[part];
    return view && parts.length <= 3 ? { view, id: id === '-' ? null : id, query } : null;
  }
  return null;
}

/** The hash of a place; keys of `query` keep their order, empty values are left out. */
export function hashOf(route: Route): string {
  const search = new URLSearchParams(Object.entries(route.query).filter(([, value]) => value !== '')).toString();
  // A comma needs no escape in a fragment, and lists are read by people.
  return `#/${pathOf(route)}${search ? `?${search.replaceAll('%2C', ',')}` : ''}`;
}

/** A route from its parts; `undefined` and empty values of the query are left out. */
export function routeTo(
  view: ViewName,
  id: string | null = null,
  query: Readonly<Record<string, string | undefined>> = {},
): Route {
  const kept = Object.entries(query).filter((entry): entry is [string, string] => Boolean(entry[1]));
  return { view, id, query: Object.fromEntries(kept) };
}

function pathOf({ view, id }: Route): string {
  if (view === 'start') return '';
  if (idKindOf[view] === 'none') return view;
  const part = partOfRun[view];
  const object = idKindOf[view];
  const first = object === 'run' ? 'run' : view;
  // A part of a run that was not chosen yet still needs a place in the address.
  const name = id === null ? (part ? '/-' : '') : `/${encodeURIComponent(id)}`;
  return `${first}${name}${part ? `/${part}` : ''}`;
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** What every view is given. `route.id` is there wherever the view is about a dataset or a run. */
export interface ViewProps {
  readonly route: Route;
}
