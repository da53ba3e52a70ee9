import type { MemberKindDeclaration } from './member-kind.ts';

/** The network at the end of a learning-rate cycle (Huang et al. 2017, arXiv 1704.00109). */
export const snapshot: MemberKindDeclaration = {
  name: (index) => `snapshot-${index + 1}`,
  trainedOn: 'pool',
  words: { en: { origin: (n) => `cycle ${n}` }, ru: { origin: (n) => `цикл ${n}` } },
};
