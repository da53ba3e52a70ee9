import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { AnnealError } from '../base/errors.ts';
import { memberIndexOf, memberKindOf, memberKinds, type MemberKind } from '../protocol/member-kinds/index.ts';
import type { RunMember } from '../protocol/run-member.ts';
import { writeFileAtomic } from './atomic-file.ts';
import { modelFileName } from './model-file.ts';

/** A member as its run's folder lists it. */
export interface ListedMember extends RunMember {
  /** Its weights, relative to the run's folder, '/'-separated. */
  readonly file: string;
  /** Of the layers that it shares with no other member, a picture; null where it was not timed. */
  readonly milliseconds: number | null;
}

const membersFileVersion = 1;

/**
 * `<runFolder>/members.json`: which members a run has, in their order. The one place that says so: the model that can be used, the
 * rows of the database and what a run reports of its members are made from it.
 */
export const membersFileName = 'members.json';

const whole = v.pipe(v.number(), v.integer(), v.minValue(0));
const accuracy = v.object({
  accuracy: v.number(),
  split: v.picklist(['train', 'validation', 'test', 'outOfFold']),
  n: whole,
  low: v.number(),
  high: v.number(),
});
const member = v.object({
  name: v.string(),
  kind: v.picklist(Object.keys(memberKinds) as MemberKind[]),
  index: whole,
  step: whole,
  file: v.string(),
  sha256: v.string(),
  bytes: whole,
  accuracy: v.nullable(accuracy),
  milliseconds: v.nullable(v.number()),
});
const schema = v.object({ formatVersion: v.literal(membersFileVersion), members: v.array(member) });

export async function writeMembers(runFolder: string, members: readonly ListedMember[]): Promise<void> {
  const text = JSON.stringify({ formatVersion: membersFileVersion, members }, null, 1);
  await writeFileAtomic(join(runFolder, membersFileName), `${text}\n`);
}

/**
 * Members so far; none before the first was saved. Throws `model.newer | model.malformed` for a file that this version cannot
 * have written.
 */
export async function readMembers(runFolder: string): Promise<readonly ListedMember[]> {
  const where = join(runFolder, membersFileName);
  const raw = await readJson(where);
  if (raw === null) return membersOfOldRun(runFolder);
  const { formatVersion: received } = raw as { formatVersion?: unknown };
  if (typeof received === 'number' && received > membersFileVersion)
    throw new AnnealError('model.newer', { where, received, expected: membersFileVersion });
  const result = v.safeParse(schema, raw);
  if (result.success) return result.output.members;
  const [issue] = result.issues;
  throw new AnnealError('model.malformed', { where, at: v.getDotPath(issue) ?? '', detail: issue.message });
}

/** As runs were written down before they had a members file: in their model, and with latencies beside the predictions. */
const oldMember = v.object({
  name: v.string(),
  file: v.string(),
  sha256: v.string(),
  bytes: whole,
  accuracy: v.nullable(accuracy),
});
const oldModel = v.object({ members: v.array(oldMember) });
const oldList = v.array(v.object({ member: oldMember, milliseconds: v.optional(v.nullable(v.number()), null) }));

async function membersOfOldRun(runFolder: string): Promise<readonly ListedMember[]> {
  const listed = v.safeParse(oldList, await readJson(join(runFolder, 'predictions', 'members.json')));
  const model = v.safeParse(oldModel, await readJson(join(runFolder, modelFileName)));
  const timed = new Map(listed.success ? listed.output.map((one) => [one.member.sha256, one.milliseconds]) : []);
  // The model goes first: what came after the best cycle of an early stop was listed, but was no member.
  const members = model.success ? model.output.members : listed.success ? listed.output.map((one) => one.member) : [];
  return members.map((found) => ({
    ...found,
    kind: memberKindOf(found.name),
    index: memberIndexOf(found.name),
    step: 0,
    milliseconds: timed.get(found.sha256) ?? null,
  }));
}

async function readJson(path: string): Promise<unknown> {
  const text = await readFile(path, 'utf8').catch(() => null);
  if (text === null) return null;
  try {
    return JSON.parse(text);
  } catch {
    throw new AnnealError('model.notJson', { where: path });
  }
}
