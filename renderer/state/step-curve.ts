/** Above this every second point is dropped: ten times more than a screen has columns, and bounded memory for any run. */
const limit = 1 << 17;

/** The points of a run's steps, columns of equal length. */
export interface StepPoints {
  /** Optimizer steps done, ascending. */
  readonly step: Float64Array;
  /** Milliseconds since 1970. */
  readonly at: Float64Array;
  /** Training loss of the step, augmentation included. */
  readonly loss: Float64Array;
  readonly learningRate: Float64Array;
}

/** Points of steps in growing arrays. What `points` gave out before stays as it was. */
export class StepCurve {
  #arrays = newArrays(1024);
  #length = 0;
  /** Of the steps that come, one in so many is kept. */
  #stride = 1;
  #skipped = 0;

  get length(): number {
    return this.#length;
  }

  add(step: number, at: number, loss: number, learningRate: number): void {
    if (++this.#skipped < this.#stride) return;
    this.#skipped = 0;
    if (this.#length === limit) this.#thin();
    if (this.#length === this.#arrays.step.length) this.#grow();
    const i = this.#length++;
    this.#arrays.step[i] = step;
    this.#arrays.at[i] = at;
    this.#arrays.loss[i] = loss;
    this.#arrays.learningRate[i] = learningRate;
  }

  /** Drops what lies behind `step`: a resume went back to it. */
  cut(step: number): void {
    let length = this.#length;
    while (length > 0 && this.#arrays.step[length - 1]! > step) length--;
    if (length === this.#length) return;
    this.#length = length;
    // What was given out keeps its tail, so the new one is written elsewhere.
    this.#arrays = this.#copy(this.#arrays.step.length);
  }

  points(): StepPoints {
    return each((column) => this.#arrays[column].subarray(0, this.#length));
  }

  #grow(): void {
    this.#arrays = this.#copy(2 * this.#length);
  }

  #copy(size: number): StepPoints {
    return each((column) => {
      const copy = new Float64Array(size);
      copy.set(this.#arrays[column].subarray(0, this.#length));
      return copy;
    });
  }

  #thin(): void {
    const old = this.#arrays;
    this.#length >>= 1;
    this.#stride *= 2;
    this.#arrays = each((column) => Float64Array.from({ length: limit }, (_, i) => old[column][2 * i + 1] ?? 0));
  }
}

function each(make: (column: keyof StepPoints) => Float64Array): StepPoints {
  return { step: make('step'), at: make('at'), loss: make('loss'), learningRate: make('learningRate') };
}

const newArrays = (size: number): StepPoints => each(() => new Float64Array(size));
