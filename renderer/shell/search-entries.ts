/** Something that can be found by its words. */
export interface SearchEntry {
  readonly id: string;
  readonly title: string;
  /** At the right: a figure, a shortcut, a path. */
  readonly detail?: string | undefined;
  /** What also finds it, and is shown as a tooltip. */
  readonly tip?: string | undefined;
  /** It stays whatever is looked for. */
  readonly always?: boolean | undefined;
}

export interface SearchGroup<E extends SearchEntry = SearchEntry> {
  /** null: no heading. */
  readonly title: string | null;
  readonly entries: readonly E[];
}

/** More than this nobody scrolls through; another letter finds the rest. */
const shown = 100;

/** Groups with the entries in which every word of `query` occurs; titles that begin with it stand first. Empty groups go. */
export function findEntries<E extends SearchEntry>(groups: readonly SearchGroup<E>[], query: string): SearchGroup<E>[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const matches = (entry: E): boolean => {
    const all = `${entry.title} ${entry.detail ?? ''} ${entry.tip ?? ''}`.toLowerCase();
    return Boolean(entry.always) || words.every((word) => all.includes(word));
  };
  const begins = (entry: E): number => (words.length > 0 && entry.title.toLowerCase().startsWith(words[0]!) ? 0 : 1);
  return groups
    .map(({ title, entries }) => ({
      title,
      entries: entries
        .filter(matches)
        .sort((a, b) => begins(a) - begins(b))
        .slice(0, shown),
    }))
    .filter(({ entries }) => entries.length > 0);
}
