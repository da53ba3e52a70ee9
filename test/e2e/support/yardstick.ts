/**
 * A fixed piece of work of the kind that charts do, without any of their code: arithmetic over 100,000 numbers and strokes on a
 * canvas of a plot's size. How long it takes tells how fast the machine is at the moment.
 */
export class Yardstick {
  readonly #values = Float64Array.from({ length: 100_000 }, (_, i) => Math.sin(i));
  readonly #context: CanvasRenderingContext2D;

  constructor() {
    const canvas = document.createElement('canvas');
    canvas.width = 700;
    canvas.height = 220;
    document.body.append(canvas);
    this.#context = canvas.getContext('2d')!;
  }

  /** Milliseconds of doing it once. */
  measure(): number {
    const start = performance.now();
    const values = this.#values;
    let level = 0;
    for (let round = 0; round < 4; round++)
      for (let i = 0; i < values.length; i++) level = 0.9 * level + 0.1 * Math.sqrt(values[i]! ** 2 + level ** 2);
    const context = this.#context;
    context.clearRect(0, 0, 700, 220);
    for (let line = 0; line < 4; line++) {
      context.beginPath();
      for (let i = 0; i < 1400; i++) context.lineTo(i / 2, 110 + 100 * values[1400 * line + i]! * level);
      context.stroke();
    }
    return performance.now() - start;
  }
}
