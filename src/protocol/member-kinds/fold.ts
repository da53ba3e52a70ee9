import type { MemberKindDeclaration } from './member-kind.ts';

/** A head on the frozen backbone, fitted on all folds but one. */
export const fold: MemberKindDeclaration = {
  name: (index) => `fold-${index + 1}`,
  trainedOn: 'otherFolds',
  words: { en: { origin: (n) => `fold ${n}` }, ru: { origin: (n) => `часть ${n}` } },
};
