/** One of several to choose from. */
export interface Option<T extends string = string> {
  readonly value: T;
  readonly label: string;
  /** A second line, or the figure at the right. */
  readonly detail?: string | undefined;
  /** Why it cannot be chosen; it can still be reached and read. */
  readonly reason?: string | null | undefined;
}
