/** What a kind of member is. One file a kind in this folder, and a line in index.ts. */
export interface MemberKindDeclaration {
  /** Name of the member with this number among its kind, from 0; unique in a run, for good: files and choices name members by it. */
  name(index: number): string;
  /**
   * Which pictures of the run's training pool its weights come from. Members of 'otherFolds' each left one fold out, so that the
   * pool itself can judge them, every picture by the one that did not see it.
   */
  readonly trainedOn: 'pool' | 'otherFolds';
  /** Where it comes from, in the person's language: 'cycle 3'; `n` counts from 1. */
  readonly words: Readonly<Record<'en' | 'ru', { readonly origin: (n: number) => string }>>;
}
