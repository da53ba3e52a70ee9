/**
 * Who may import whom. `A: [B]` lets A import B and all that B may import. The folders stand from the bottom to the top; a folder
 * that is missing here fails the test, so that a new one gets its place on purpose.
 *
 * settings/ and protocol/ stand with base/ wherever a folder takes its settings from the configuration: declarations, types and
 * schemas only.
 */
export const mayImport: Readonly<Record<string, readonly string[]>> = {
  base: [],
  settings: ['base'],
  protocol: ['settings'],
  stored: ['protocol'],
  messages: ['stored'],
  schedules: ['protocol'],
  metrics: ['protocol'],
  graph: ['base'],
  models: ['protocol'],

  tensor: ['graph'],
  nn: ['tensor', 'models'],
  augment: ['tensor', 'protocol'],
  // Parameter groups are made of the roles and layer groups that models/ declares.
  optim: ['tensor', 'models'],

  data: ['stored'],
  weights: ['stored'],
  store: ['stored'],
  zoo: ['models', 'weights'],

  train: ['nn', 'augment', 'models', 'data', 'weights', 'optim', 'schedules', 'metrics'],
  ensemble: ['train'],
  pruning: ['train'],
  diagnostics: ['train'],
  explain: ['train'],
  // A bundle carries a page for people.
  export: ['ensemble', 'pruning', 'diagnostics', 'explain', 'messages'],
  runs: ['ensemble', 'pruning', 'diagnostics', 'explain'],
  worker: ['export', 'runs', 'zoo', 'messages'],

  engine: ['store', 'data', 'zoo', 'metrics', 'schedules'],
  // It answers people too: the page that says why nobody is let in.
  host: ['engine', 'messages'],
  // Fronts speak to people; in a clone the command line makes the native parts ready.
  cli: ['engine', 'host', 'messages', 'build'],
  electron: ['engine', 'host', 'messages'],
  renderer: ['messages', 'schedules', 'metrics'],
  build: ['messages', 'data'],
};

/** Every folder that writes files may import these: base/ runs without Node, so it cannot hold them. */
export const shared: readonly string[] = ['src/weights/atomic-file.ts'];

/** Run anywhere, so nothing of Node. */
export const pure: readonly string[] = [
  'base',
  'settings',
  'protocol',
  'stored',
  'messages',
  'schedules',
  'metrics',
  'graph',
  'models',
  'renderer',
];

/** Never load TensorFlow, not even through others: computing happens in a worker. */
export const withoutTensorflow: readonly string[] = ['engine', 'cli', 'host', 'electron', 'renderer'];

/** Packages that one folder alone may import. */
export const reserved: readonly { readonly packages: RegExp; readonly folder: string }[] = [
  { packages: /^@tensorflow\//, folder: 'tensor' },
  { packages: /^better-sqlite3(-napi)?($|\/)/, folder: 'store' },
  { packages: /^electron($|\/)/, folder: 'electron' },
];

/** The folder of the rules that a path belongs to: `src/data/scan.ts` to `data`, `electron/menu.ts` to `electron`. */
export function folderOf(path: string): string {
  const [top, second] = path.split('/');
  return top === 'src' ? second! : top!;
}

/** All that a folder may import, through others too, in the order of the table. */
export function allowedFrom(folder: string): string[] {
  const allowed = new Set<string>();
  const add = (name: string): void => {
    for (const below of mayImport[name] ?? []) {
      allowed.add(below);
      add(below);
    }
  };
  add(folder);
  return Object.keys(mayImport).filter((name) => allowed.has(name));
}
