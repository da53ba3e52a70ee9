import type { RunSummary } from '../../../src/protocol/run-record.ts';

/** One condition of the filter; all of them must hold. */
export type FilterTerm =
  | { readonly kind: 'word'; readonly word: string }
  | { readonly kind: 'pinned' }
  | { readonly kind: 'best'; readonly sign: '>' | '<'; readonly percent: number }
  | { readonly kind: 'state'; readonly state: string }
  | { readonly kind: 'dataset'; readonly name: string };

/**
 * `flowers pinned best>90 state:finished dataset:"my flowers"` to terms. What is none of these is a word that name, note, dataset,
 * preset or backbone must hold; so nothing that is typed is ever wrong.
 */
export function parseFilter(text: string): FilterTerm[] {
  const tokens = text.match(/(?:[^\s"]|"[^"]*"?)+/g) ?? [];
  return tokens.map(parseTerm);
}

function parseTerm(token: string): FilterTerm {
  const plain = token.replaceAll('"', '');
  if (/^pinned$/i.test(plain)) return { kind: 'pinned' };
  const best = /^best([<>])(\d{1,3}(?:[.,]\d+)?)%?$/i.exec(plain);
  if (best) return { kind: 'best', sign: best[1] as '>' | '<', percent: Number(best[2]!.replace(',', '.')) };
  const named = /^(state|dataset):(.+)$/i.exec(plain);
  if (named?.[1]?.toLowerCase() === 'state') return { kind: 'state', state: named[2]!.toLowerCase() };
  if (named) return { kind: 'dataset', name: named[2]! };
  return { kind: 'word', word: plain };
}

/** The token that `parseFilter` reads back as this term. */
export function tokenOf(term: FilterTerm): string {
  const quoted = (text: string): string => (/\s/.test(text) ? `"${text}"` : text);
  switch (term.kind) {
    case 'word':
      return quoted(term.word);
    case 'pinned':
      return 'pinned';
    case 'best':
      return `best${term.sign}${term.percent}`;
    case 'state':
      return `state:${term.state}`;
    case 'dataset':
      return `dataset:${quoted(term.name)}`;
  }
}

export const formatFilter = (terms: readonly FilterTerm[]): string => terms.map(tokenOf).join(' ');

function matches(run: RunSummary, term: FilterTerm): boolean {
  switch (term.kind) {
    case 'pinned':
      return run.pinned;
    case 'best': {
      const percent = run.heldOutAccuracy && 100 * run.heldOutAccuracy.accuracy;
      if (percent === null) return false;
      return term.sign === '>' ? percent > term.percent : percent < term.percent;
    }
    case 'state':
      return run.state === term.state;
    case 'dataset':
      return datasetName(run).toLowerCase() === term.name.toLowerCase();
    case 'word': {
      const all = [String(run.number), run.name, run.note, run.preset, run.backbone ?? '', run.dataset.root];
      return all.join('\n').toLowerCase().includes(term.word.toLowerCase());
    }
  }
}

export function filterRuns(runs: readonly RunSummary[], terms: readonly FilterTerm[]): RunSummary[] {
  return runs.filter((run) => terms.every((term) => matches(run, term)));
}

/** Where nothing matches: the term whose absence brings back the most, with how many that is; null where none alone helps. */
export function termToDrop(
  runs: readonly RunSummary[],
  terms: readonly FilterTerm[],
): { readonly term: FilterTerm; readonly runs: number } | null {
  const best = terms
    .map((term) => ({
      term,
      runs: filterRuns(
        runs,
        terms.filter((other) => other !== term),
      ).length,
    }))
    .sort((a, b) => b.runs - a.runs)[0];
  return best && best.runs > 0 ? best : null;
}

/** The last part of its folder's path. */
export function datasetName({ dataset }: RunSummary): string {
  return dataset.root.split(/[/\\]/).filter(Boolean).at(-1) ?? dataset.root;
}
