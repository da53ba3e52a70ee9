import type { Verdict } from '../../protocol/verdict.ts';
import { againstConstant } from './against-constant.ts';
import { alwaysOneClass } from './always-one-class.ts';
import type { Judgement, VerdictRule } from './judgement.ts';
import { addsNothing, betterAlone } from './members.ts';
import { neverFound } from './never-found.ts';

export type { Judgement } from './judgement.ts';

/** The most important first. A new one is a file and a line here, its words in messages/, its tone in protocol/verdict.ts. */
const rules: readonly VerdictRule[] = [againstConstant, alwaysOneClass, neverFound, betterAlone, addsNothing];

/**
 * What is to be said of an ensemble, by what is known of it, the most important first; of several sets of pictures the one that tells
 * most comes first.
 */
export function verdictsOf(judgements: readonly Judgement[]): Verdict[] {
  return rules.flatMap((rule) => judgements.flatMap((judgement) => rule(judgement)));
}
