/** Above this every second point is dropped: ten times more than a screen has columns, and bounded memory for any run. */
const limit = 1 << 17;

/** The points of a run's steps, columns of equal length. */
export interface StepPoints {
  /** Optimizer steps done, ascending. */
  readonly step: Float64Array;
  /** Milliseconds since 1970. */
  readonly at: Float64Array;
  /** What was measured, by its name; NaN where a step did not measure it. */
  readonly measures: Readonly<Record<string, Float64Array>>;
}

export type StepMeasures = Readonly<Record<string, number | null>>;

/** The series of a measure; all NaN where the run has none of that name. */
export function seriesOf({ measures, step }: StepPoints, name: string): Float64Array {
  return measures[name] ?? new Float64Array(step.length).fill(NaN);
}

/** Points of steps in growing arrays. What `points` gave out before stays as it was. */
export class StepCurve {
  #size = 1024;
  #step: Float64Array = new Float64Array(this.#size);
  #at: Float64Array = new Float64Array(this.#size);
  #measures = new Map<string, Float64Array>();
  #length = 0;
  /** Of the steps that come, one in so many is kept. */
  #stride = 1;
  #skipped = 0;
  /** Of skipped steps: not every step measures everything. */
  #waiting: StepMeasures = {};

  get length(): number {
    return this.#length;
  }

  add(step: number, at: number, measures: StepMeasures): void {
    this.#waiting = { ...this.#waiting, ...measures };
    if (++this.#skipped < this.#stride) return;
    this.#skipped = 0;
    if (this.#length === limit) this.#thin();
    if (this.#length === this.#size) this.#copy(2 * this.#size);
    const i = this.#length++;
    this.#step[i] = step;
    this.#at[i] = at;
    for (const [name, value] of Object.entries(this.#waiting)) {
      const series = this.#measures.get(name) ?? new Float64Array(this.#size).fill(NaN);
      // What is not a number is null in JSON, and null would be a perfect loss of 0.
      series[i] = value ?? NaN;
      this.#measures.set(name, series);
    }
    this.#waiting = {};
  }

  /** Drops what lies behind `step`: a resume went back to it. */
  cut(step: number): void {
    let length = this.#length;
    while (length > 0 && this.#step[length - 1]! > step) length--;
    if (length === this.#length) return;
    this.#length = length;
    // What was given out keeps its tail, so the new one is written elsewhere.
    this.#copy(this.#size);
  }

  points(): StepPoints {
    const shown = (column: Float64Array): Float64Array => column.subarray(0, this.#length);
    const measures = Object.fromEntries([...this.#measures].map(([name, column]) => [name, shown(column)]));
    return { step: shown(this.#step), at: shown(this.#at), measures };
  }

  #copy(size: number): void {
    this.#size = size;
    this.#remake((column) => column.subarray(0, this.#length));
  }

  #thin(): void {
    const length = this.#length >> 1;
    this.#stride *= 2;
    this.#remake((column) => Float64Array.from({ length }, (_, i) => column[2 * i + 1]!));
    this.#length = length;
  }

  /** New columns that begin with what `kept` gives of the old ones; what is not measured is NaN. */
  #remake(kept: (column: Float64Array) => Float64Array): void {
    const remade = (column: Float64Array): Float64Array => {
      const copy = new Float64Array(this.#size).fill(NaN);
      copy.set(kept(column));
      return copy;
    };
    this.#step = remade(this.#step);
    this.#at = remade(this.#at);
    this.#measures = new Map([...this.#measures].map(([name, column]) => [name, remade(column)]));
  }
}
