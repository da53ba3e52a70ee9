/** The shape that a translation must have: the same keys, texts for texts, functions with the same parameters. */
export type TextShape<T> = {
  readonly [K in keyof T]: T[K] extends (...params: infer P) => string
    ? (...params: P) => string
    : T[K] extends string
      ? string
      : TextShape<T[K]>;
};
