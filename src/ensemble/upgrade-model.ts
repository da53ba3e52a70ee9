import { upgradeSpec } from '../models/upgrade-spec.ts';

type Fields = Readonly<Record<string, unknown>>;
const isFields = (raw: unknown): raw is Fields => typeof raw === 'object' && raw !== null;

/** A model record of any earlier version as this one has it. What is none of them comes back as it is: the schema says what is wrong. */
export function upgradeModel(raw: unknown): unknown {
  return isFields(raw) && raw['formatVersion'] === 1 ? secondVersion(raw) : raw;
}

/** 2: networks say of each parameter what follows from its kind, and of a convolution how many groups it has. */
function secondVersion(raw: Fields): Fields {
  const { members } = raw;
  const upgraded = (member: unknown): unknown =>
    isFields(member) && 'spec' in member ? { ...member, spec: upgradeSpec(member['spec']) } : member;
  return {
    ...raw,
    formatVersion: 2,
    spec: upgradeSpec(raw['spec']),
    members: Array.isArray(members) ? members.map(upgraded) : members,
  };
}
