import { availableParallelism } from 'node:os';
import type { Measurement } from '../../store/measurements.ts';
import type { Work } from './work-of-run.ts';

/** Work a second, in the units of its kind. */
export interface Speed {
  readonly perSecond: number;
  /** On just this network at this size. */
  readonly measured: boolean;
  /** And doing just this. */
  readonly direct: boolean;
}

/** Newest measurements that a median is taken of: one that a busy machine disturbed does not count alone. */
const counted = 5;

/** Multiply-adds a second through a frozen network against those of the doctor's test step, both measured on one quiet machine. */
const forwardOverTestStep = 1.9;
/** Until it is measured: a core decodes so many millions of pixels, and fits heads at so many multiply-adds, a second. */
const decodedMegapixels = 20;
const headMultiplyAdds = 1.5e8;

/** What is known of this machine's speed, from measurements newest first. */
export class Speeds {
  readonly #measurements: readonly Measurement[];

  constructor(measurements: readonly Measurement[]) {
    this.#measurements = measurements;
  }

  /**
   * Null: nothing that it could follow from has been measured. Forward and training are counted in one unit, so that each tells of the
   * other: the same network first, then the same at another size, then any.
   */
  of({ kind, subject }: Pick<Work, 'kind' | 'subject'>): Speed | null {
    const kinds = kind === 'forward' ? ['forward', 'training'] : kind === 'training' ? ['training', 'forward'] : [kind];
    const rate = (matches: (row: Measurement) => boolean): number | null =>
      kinds.map((kind) => this.#rate((row) => row.kind === kind && matches(row))).find((found) => found !== null) ??
      null;
    const measuredHere = rate((row) => row.subject === subject);
    const direct = this.#rate((row) => row.kind === kind && row.subject === subject) !== null;
    if (measuredHere !== null) return { perSecond: measuredHere, measured: true, direct };
    const architecture = subject.split('@')[0];
    const otherSize = rate((row) => row.subject.split('@')[0] === architecture);
    const perSecond = otherSize ?? rate(() => true) ?? this.#guess(kind);
    return perSecond === null ? null : { perSecond, measured: false, direct: false };
  }

  /** Real bytes for a predicted one; 1 until a run was seen. */
  get memoryFactor(): number {
    const rate = this.#rate((row) => row.kind === 'memory');
    return rate === null ? 1 : Math.min(3, Math.max(0.5, 1 / rate));
  }

  #guess(kind: Work['kind']): number | null {
    if (kind === 'decode') return decodedMegapixels * availableParallelism();
    if (kind === 'heads') return headMultiplyAdds * availableParallelism();
    const testStep = this.#rate((row) => row.kind === 'testStep');
    return testStep === null ? null : testStep * forwardOverTestStep;
  }

  /** Median work by amount of the newest matching ones. */
  #rate(matches: (row: Measurement) => boolean): number | null {
    const rates = this.#measurements
      .filter(matches)
      .slice(0, counted)
      .map(({ work, amount }) => work / amount)
      .sort((a, b) => a - b);
    return rates[Math.floor(rates.length / 2)] ?? null;
  }
}
