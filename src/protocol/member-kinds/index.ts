import { fold } from './fold.ts';
import type { MemberKindDeclaration } from './member-kind.ts';
import { snapshot } from './snapshot.ts';

/** Kinds of members by the name that files and events have for them. */
export const memberKinds = { snapshot, fold } as const satisfies Readonly<Record<string, MemberKindDeclaration>>;

export type MemberKind = keyof typeof memberKinds;

/** Kind of a member that was written down before kinds were: its name begins with it. */
export function memberKindOf(name: string): MemberKind {
  return name.startsWith('fold-') ? 'fold' : 'snapshot';
}

/** Number among its kind, from 0, of a member that was written down before that was: its name ends with it. */
export function memberIndexOf(name: string): number {
  return Number(/\d+$/.exec(name)?.[0] ?? 1) - 1;
}
