import type { PictureRole } from '../../../src/protocol/dataset-view.ts';
import type { CommandInput } from '../../../src/protocol/engine-api.ts';
import type { Route } from '../../state/routes.ts';

export const tabs = ['pictures', 'problems', 'eyes', 'statistics'] as const;
export type DatasetTab = (typeof tabs)[number];

export const sorts = ['name', 'size', 'bytes', 'added'] as const;
type PictureSort = (typeof sorts)[number];

/** Which pictures of the chosen class are listed. */
export const filters = ['all', 'train', 'validation', 'test', 'leftOut', 'moved', 'added'] as const;
type PictureFilter = (typeof filters)[number];

export type PictureWhere = NonNullable<CommandInput<'listPictures'>['where']>;
export type Measure = Extract<PictureWhere, { kind: 'range' }>['of'];
const measures: readonly Measure[] = ['shorterSide', 'aspect', 'bytes'];

/** What the address says of the view. A class stands there by its name: its number changes with the folder. */
export interface DatasetPlace {
  readonly tab: DatasetTab;
  readonly className: string | null;
  readonly filter: PictureFilter;
  readonly sort: PictureSort;
  /** The picture that is shown large. */
  readonly picture: string | null;
  /** Only these, as a matrix cell or a problem names them. */
  readonly paths: readonly string[] | null;
  /** Only those that a figure of the statistics counts. */
  readonly where: PictureWhere | null;
}

function oneOf<T extends string>(values: readonly T[], value: string | undefined, otherwise: T): T {
  return values.find((candidate) => candidate === value) ?? otherwise;
}

export function readPlace({ query }: Route): DatasetPlace {
  return {
    tab: oneOf(tabs, query['show'], 'pictures'),
    className: query['class'] ?? null,
    filter: oneOf(filters, query['only'], 'all'),
    sort: oneOf(sorts, query['sort'], 'name'),
    picture: query['picture'] ?? null,
    paths: query['paths'] ? query['paths'].split('\n') : null,
    where: readWhere(query['where'] ?? ''),
  };
}

/** Paths as one value of the query: no name of a file holds a line break on any system that we run on by choice. */
export const pathsValue = (paths: readonly string[]): string => paths.join('\n');

const roles: readonly PictureRole[] = ['train', 'validation', 'test', 'leftOut'];

/** The question to the engine; null: the class that the address names is none of the dataset's. */
export function pictureQuery(
  dataset: string,
  place: DatasetPlace,
  classes: readonly string[],
): Omit<CommandInput<'listPictures'>, 'offset' | 'limit'> | null {
  const label = place.className === null ? null : classes.indexOf(place.className);
  if (label === -1) return null;
  return {
    dataset,
    label,
    role: roles.find((role) => role === place.filter) ?? null,
    show: place.filter === 'moved' || place.filter === 'added' ? place.filter : 'all',
    sort: place.sort,
    where: place.where,
    ...(place.paths ? { paths: [...place.paths] } : {}),
  };
}

/** `bytes:1000~2000`, `format:png`, `turned`, `copies`: a figure of the statistics as one value of the query. */
export function whereValue(where: PictureWhere): string {
  if (where.kind === 'range') return `${where.of}:${where.from}~${where.to}`;
  return where.kind === 'format' ? `format:${where.format}` : where.kind;
}

/** null: it names no figure. */
function readWhere(value: string): PictureWhere | null {
  if (value === 'turned' || value === 'copies') return { kind: value };
  const [name, rest = ''] = value.split(':', 2);
  if (name === 'format' && rest !== '') return { kind: 'format', format: rest };
  const of = measures.find((measure) => measure === name);
  const [from, to] = rest.split('~').map(Number);
  if (of === undefined || !Number.isFinite(from) || !Number.isFinite(to)) return null;
  return { kind: 'range', of, from: from!, to: to! };
}
