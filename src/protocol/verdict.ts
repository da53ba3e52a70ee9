import * as v from 'valibot';
import type { Immutable } from '../base/immutable.ts';
import { errorSchema } from './schemas.ts';

/**
 * What the figures of a run come to, as a code with what its words need (messages/ has them). `params.split` names the pictures that it was
 * found on.
 */
export const verdictSchema = v.object(errorSchema.entries);
export type Verdict = Immutable<v.InferOutput<typeof verdictSchema>>;

/** How bad it is. A code that a later version adds is a note. */
export type VerdictTone = 'bad' | 'warn' | 'info';

const tones: Readonly<Record<string, VerdictTone>> = {
  'verdict.noBetterThanConstant': 'bad',
  'verdict.alwaysOneClass': 'bad',
  'verdict.neverFound': 'warn',
  'verdict.tooFewToTell': 'warn',
  'verdict.betterAlone': 'warn',
};

export const verdictTone = ({ code }: Verdict): VerdictTone => tones[code] ?? 'info';

/** Beside the constant answer the test part decides, where it may be told of: it tells of new pictures. */
const decidedByTest: ReadonlySet<string> = new Set(['verdict.noBetterThanConstant', 'verdict.tooFewToTell']);

/**
 * Those to show, each once: what holds of the test part and of the held-out pictures is told of the test part.
 * `testTold`: its figures are shown too. While the test part is sealed nothing is told of it.
 */
export function shownVerdicts(verdicts: readonly Verdict[], testTold: boolean): readonly Verdict[] {
  const isTest = ({ params }: Verdict): boolean => params['split'] === 'test';
  const about = ({ code, params }: Verdict): string => JSON.stringify([code, params['label'] ?? null]);
  const open = verdicts.filter((verdict) =>
    testTold ? isTest(verdict) || !decidedByTest.has(verdict.code) : !isTest(verdict),
  );
  return open.filter((verdict, i) => open.findIndex((other) => about(other) === about(verdict)) === i);
}
