import type { ErrorData } from '../base/errors.ts';
import { median } from '../base/median.ts';
import type { Dataset, SplitName } from '../protocol/dataset.ts';

interface ClassStatistics {
  readonly name: string;
  readonly count: number;
  /** Of all pictures. */
  readonly share: number;
  /** By the folder's own parts; zeros where it has none. */
  readonly given: Readonly<Record<SplitName, number>>;
}

/** What `anneal inspect` tells of a dataset. */
export interface DatasetStatistics {
  readonly pictures: number;
  readonly bytes: number;
  readonly classes: readonly ClassStatistics[];
  /** Pictures by real format, most frequent first. */
  readonly formats: Readonly<Record<string, number>>;
  /** Shorter side of the pictures, pixels. */
  readonly shorterSide: { readonly smallest: number; readonly median: number; readonly largest: number };
  /** Pictures whose file equals one before them, and those that only look alike. */
  readonly exactDuplicates: number;
  readonly nearDuplicates: number;
  /** Largest class over smallest. */
  readonly imbalance: number;
  readonly turned: number;
  /** Files left out or told, by code. */
  readonly problems: Readonly<Record<string, number>>;
  /** What may spoil training, as codes of messages/. */
  readonly warnings: readonly ErrorData[];
}

/** Fewer than these in a class make its accuracy a matter of luck. */
const wantedPerClass = 20;
const tinySide = 32;
const strongImbalance = 3;

export function datasetStatistics(dataset: Dataset): DatasetStatistics {
  const { pictures } = dataset;
  const classes = dataset.classes.map((name) => ({
    name,
    count: 0,
    share: 0,
    given: { train: 0, validation: 0, test: 0 },
  }));
  const formats = new Map<string, number>();
  const contents = new Set<string>();
  const groups = new Set<number>();
  for (const picture of pictures) {
    const found = classes[picture.label]!;
    found.count++;
    if (picture.given) found.given[picture.given]++;
    formats.set(picture.format, (formats.get(picture.format) ?? 0) + 1);
    contents.add(picture.sha256);
    groups.add(picture.group);
  }
  for (const found of classes) found.share = found.count / Math.max(1, pictures.length);
  const sides = Int32Array.from(pictures, ({ width, height }) => Math.min(width, height)).sort();
  const problems = new Map<string, number>();
  for (const { code } of dataset.problems) problems.set(code, (problems.get(code) ?? 0) + 1);
  const counts = classes.map(({ count }) => count);
  const statistics = {
    pictures: pictures.length,
    bytes: pictures.reduce((sum, { bytes }) => sum + bytes, 0),
    classes,
    formats: Object.fromEntries([...formats].sort(([, a], [, b]) => b - a)),
    shorterSide: { smallest: sides[0] ?? 0, median: median(sides) ?? 0, largest: sides.at(-1) ?? 0 },
    exactDuplicates: pictures.length - contents.size,
    nearDuplicates: contents.size - groups.size,
    imbalance: Math.max(...counts) / Math.max(1, Math.min(...counts)),
    turned: pictures.filter(({ turned }) => turned).length,
    problems: Object.fromEntries(problems),
  };
  return { ...statistics, warnings: healthWarnings(statistics, sides) };
}

function healthWarnings(statistics: Omit<DatasetStatistics, 'warnings'>, sides: Int32Array): ErrorData[] {
  const warnings: ErrorData[] = [];
  const warn = (code: string, params: ErrorData['params']) => void warnings.push({ code, params });
  const { classes, imbalance, exactDuplicates: exact, nearDuplicates: near, turned } = statistics;
  for (const { name, count } of classes) {
    if (count < wantedPerClass) warn('data.fewPictures', { class: name, count, wanted: wantedPerClass });
  }
  if (imbalance >= strongImbalance) {
    const ordered = [...classes].sort((a, b) => a.count - b.count);
    warn('data.imbalance', {
      ratio: Math.round(imbalance * 10) / 10,
      least: ordered[0]!.name,
      most: ordered.at(-1)!.name,
    });
  }
  if (exact + near > 0) warn('data.duplicates', { exact, near });
  const tiny = sides.findIndex((side) => side >= tinySide);
  const count = tiny < 0 ? sides.length : tiny;
  if (count > 0) warn('data.tinyPictures', { count, side: tinySide });
  if (turned > 0) warn('data.turned', { count: turned });
  return warnings;
}
