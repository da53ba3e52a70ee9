import { makeSplit } from '../../data/make-split.ts';
import type { Dataset, Picture, Problem } from '../../protocol/dataset.ts';
import type {
  ClassSummary,
  DatasetStatisticsView,
  DatasetSummary,
  PicturePage,
  PictureRole,
  PictureRow,
  ProblemGroup,
} from '../../protocol/dataset-view.ts';
import type { ParsedInput } from '../../protocol/engine-api.ts';
import type { DatasetEdit } from '../../store/dataset-edits.ts';
import { resolveConfig } from '../../settings/resolve-config.ts';
import { effectiveDataset, overlayOf, type Effective, type Overlay } from './overlay.ts';
import { whereTest } from './picture-where.ts';
import { statisticsView } from './statistics-view.ts';

type Query = Omit<ParsedInput<'listPictures'>, 'dataset'>;
type Sort = Query['sort'];

const roleNames = ['train', 'validation', 'test', 'leftOut'] as const satisfies readonly PictureRole[];
const leftOutRole = roleNames.indexOf('leftOut');
const samplesPerClass = 6;
const examplesPerProblem = 6;
/** In the year 2096: later than any file's change. */
const lateSeconds = 4e9;

/**
 * The pictures of a dataset with all changes made by hand, in memory: a page of 50,000 is cut in a few milliseconds. What takes
 * longer (roles, orders, statistics) is made when it is first asked for. A change by hand makes a new one.
 */
export class DatasetPictures {
  readonly scan: Dataset;
  readonly added: ReadonlySet<string>;
  readonly overlay: Overlay;
  readonly effective: Effective;
  /** Only the names are known yet: no sizes, no contents, no roles but those that the folder gives. */
  readonly listing: boolean;
  #roles: { roles: Uint8Array; origin: DatasetSummary['origin']; problems: readonly Problem[] } | null = null;
  #indices: Map<string, number> | null = null;
  #statistics: DatasetStatisticsView | null = null;
  #classes: readonly ClassSummary[] | null = null;
  readonly #orders = new Map<Sort, Int32Array>();

  constructor(
    scan: Dataset,
    edits: readonly DatasetEdit[],
    options: { readonly added?: readonly string[]; readonly listing?: boolean } = {},
  ) {
    this.scan = scan;
    this.added = new Set(options.added);
    this.listing = options.listing ?? false;
    this.overlay = overlayOf(scan, edits, this.listing);
    this.effective = effectiveDataset(scan, this.overlay);
  }

  get contentHash(): string {
    return this.listing ? '' : this.effective.dataset.contentHash;
  }

  /** Index into the scan's pictures; -1 for a path that is none of them. */
  indexOf(path: string): number {
    this.#indices ??= new Map(this.scan.pictures.map((picture, index) => [picture.path, index]));
    return this.#indices.get(path) ?? -1;
  }

  /** `index`: into the scan's pictures. */
  roleOf(index: number): PictureRole {
    return roleNames[this.#split().roles[index]!]!;
  }

  get problems(): readonly Problem[] {
    if (this.listing) return this.scan.problems;
    return [...this.effective.dataset.problems, ...this.#split().problems];
  }

  problemGroups(): ProblemGroup[] {
    const groups = new Map<string, { count: number; examples: Problem[] }>();
    for (const problem of this.problems) {
      const group = groups.get(problem.code) ?? { count: 0, examples: [] };
      groups.set(problem.code, group);
      if (++group.count <= examplesPerProblem) group.examples.push(problem);
    }
    return [...groups].map(([code, group]) => ({ code, ...group })).sort((a, b) => b.count - a.count);
  }

  origin(): DatasetSummary['origin'] {
    return this.#split().origin;
  }

  statistics(): DatasetStatisticsView {
    return (this.#statistics ??= statisticsView(this.listing ? [] : this.effective.dataset.pictures));
  }

  leftOut(): number {
    return this.overlay.leftOut.reduce((sum, flag) => sum + flag, 0);
  }

  classes(): readonly ClassSummary[] {
    return (this.#classes ??= this.#countClasses());
  }

  #countClasses(): ClassSummary[] {
    const { classes, labels } = this.overlay;
    const { roles } = this.#split();
    const counts = classes.map(() => ({ train: 0, validation: 0, test: 0, leftOut: 0 }));
    const samples = classes.map((): string[] => []);
    this.scan.pictures.forEach(({ path }, index) => {
      const label = labels[index]!;
      counts[label]![roleNames[roles[index]!]!]++;
      if (roles[index] !== leftOutRole && samples[label]!.length < samplesPerClass) samples[label]!.push(path);
    });
    return classes.map((name, label) => {
      const { train, validation, test } = counts[label]!;
      return { label, name, pictures: train + validation + test, ...counts[label]!, samples: samples[label]! };
    });
  }

  page({ label, role, show, paths, where, sort, offset, limit }: Query): PicturePage {
    const { labels, given } = this.overlay;
    const { roles } = this.#split();
    const wantedRole = role === null ? -1 : roleNames.indexOf(role);
    const counted = where && whereTest(where, this.effective.dataset.pictures);
    const chosen = paths && new Set(paths.map((path) => this.indexOf(path)));
    const fits = (index: number): boolean =>
      (label === null || labels[index] === label) &&
      (wantedRole < 0 || roles[index] === wantedRole) &&
      (show !== 'moved' || labels[index] !== given[index]) &&
      (show !== 'added' || this.added.has(this.scan.pictures[index]!.path)) &&
      (!chosen || chosen.has(index)) &&
      (!counted || (roles[index] !== leftOutRole && counted(this.scan.pictures[index]!)));
    const rows: PictureRow[] = [];
    let total = 0;
    for (const index of this.#order(sort)) {
      if (!fits(index)) continue;
      if (total >= offset && rows.length < limit) rows.push(this.#row(index));
      total++;
    }
    return { total, rows };
  }

  #row(index: number): PictureRow {
    const { path, width, height, bytes, format, sha256 } = this.scan.pictures[index]!;
    const { labels, given } = this.overlay;
    const label = labels[index]!;
    const movedFrom = label === given[index] ? null : given[index]!;
    const role = this.roleOf(index);
    return { path, label, role, width, height, bytes, format, sha256, movedFrom, added: this.added.has(path) };
  }

  /** Names keep the scan's order (classes, then names in natural order), so that a moved picture stays where it was. */
  #order(sort: Sort): Int32Array {
    const cached = this.#orders.get(sort);
    if (cached) return cached;
    const { pictures } = this.scan;
    const key = ({ path, width, height, bytes, modifiedMs }: Picture): number => {
      if (sort === 'name') return 0;
      if (sort === 'size') return width * height;
      if (sort === 'bytes') return bytes;
      // Newest first, those of this version before all others.
      const age = Math.max(0, lateSeconds - Math.floor(modifiedMs / 1000));
      return this.added.has(path) ? age : age + lateSeconds;
    };
    const order = orderBy(pictures.map(key));
    this.#orders.set(sort, order);
    return order;
  }

  #split(): { roles: Uint8Array; origin: DatasetSummary['origin']; problems: readonly Problem[] } {
    return (this.#roles ??= this.listing ? this.#rolesGiven() : this.#rolesDrawn());
  }

  #rolesGiven(): { roles: Uint8Array; origin: DatasetSummary['origin']; problems: readonly Problem[] } {
    return { roles: this.#byFolder(), origin: { train: 'none', validation: 'none', test: 'none' }, problems: [] };
  }

  #byFolder(): Uint8Array {
    return Uint8Array.from(this.scan.pictures, ({ given }, index) =>
      this.overlay.leftOut[index] ? leftOutRole : roleNames.indexOf(given ?? 'train'),
    );
  }

  /** The split that a run with default settings gets. */
  #rolesDrawn(): { roles: Uint8Array; origin: DatasetSummary['origin']; problems: readonly Problem[] } {
    const { dataset, indices } = this.effective;
    const config = resolveConfig({});
    const split = makeSplit(dataset, { seed: config.seed, ...config.data });
    // What a leak takes from a part is told as a problem, and keeps the role that the folder gives it.
    const roles = this.#byFolder();
    for (const name of ['train', 'validation', 'test'] as const)
      for (const at of split[name]) roles[indices[at]!] = roleNames.indexOf(name);
    return { roles, origin: split.origin, problems: split.problems };
  }
}

/** Indices by rising key, equal keys in their own order. Keys: whole numbers; key and index packed into one number sort natively. */
function orderBy(keys: readonly number[]): Int32Array {
  const packed = Float64Array.from(keys, (key, index) => key * keys.length + index).sort();
  return Int32Array.from(packed, (value) => value % keys.length);
}
