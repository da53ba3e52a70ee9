import type { ZooEntry } from '../../../src/protocol/zoo-entry.ts';
import type { Route } from '../../state/routes.ts';

export const layouts = ['cards', 'table', 'map'] as const;
type ModelsLayout = (typeof layouts)[number];

/** Bytes of the filter for small files. */
export const smallFileBytes = 25e6;

/** In the place of a dataset's number: none is wanted. */
export const noDataset = '-';

/** What the address says of the view. */
export interface ModelsPlace {
  readonly layout: ModelsLayout;
  /** Dataset whose fit is told; null: none is wanted; undefined: none was named. */
  readonly dataset: string | null | undefined;
  readonly search: string;
  readonly here: boolean;
  readonly small: boolean;
  readonly free: boolean;
}

export function readPlace({ query }: Route): ModelsPlace {
  return {
    layout: layouts.find((layout) => layout === query['view']) ?? 'cards',
    dataset: query['for'] === noDataset ? null : query['for'],
    search: query['q'] ?? '',
    here: query['here'] === '1',
    small: query['small'] === '1',
    free: query['free'] === '1',
  };
}

const openLicence = /^(apache|mit|bsd|isc|cc0|cc-by-(?!nc|nd)|unlicense|0bsd|mpl)/i;

/** May be used for anything, in a product too. */
export function isFree(entry: ZooEntry): boolean {
  return openLicence.test(entry.licence.trim());
}

export function matches(entry: ZooEntry, place: ModelsPlace): boolean {
  const words = place.search.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  const where = `${entry.title} ${entry.name} ${entry.architecture} ${entry.licence}`.toLocaleLowerCase();
  return (
    words.every((word) => where.includes(word)) &&
    (!place.here || entry.installed) &&
    (!place.small || (entry.bytes !== null && entry.bytes <= smallFileBytes)) &&
    (!place.free || isFree(entry))
  );
}

const fitOrder = { good: 0, works: 1, poor: 2 };

/** The best fit first; without a connection what must be fetched comes last. */
export function inOrder(entries: readonly ZooEntry[], offline: boolean): readonly ZooEntry[] {
  const rank = (entry: ZooEntry): number =>
    (offline && !entry.installed ? 100 : 0) +
    (entry.suitability ? fitOrder[entry.suitability.word] * 10 : 30) +
    (entry.installed ? 0 : 1);
  return [...entries].sort((a, b) => rank(a) - rank(b) || (b.top1 ?? 0) - (a.top1 ?? 0));
}
