import { upgradeSpec } from '../models/upgrade-spec.ts';
import { entriesOf, fieldsOf } from '../stored/kind.ts';

/** From version 1 to 2: networks say of each parameter what follows from its kind, and of a convolution how many groups it has. */
export function secondVersion(raw: unknown): unknown {
  const { members, spec, ...model } = fieldsOf(raw);
  const upgraded = (member: unknown): unknown => {
    const { spec: memberSpec, ...rest } = fieldsOf(member);
    return memberSpec === undefined ? rest : { ...rest, spec: upgradeSpec(memberSpec) };
  };
  return { ...model, spec: upgradeSpec(spec), members: entriesOf(members).map(upgraded) };
}

/** From version 2 to 3: probabilities were never calibrated. */
export function thirdVersion(raw: unknown): unknown {
  return { ...fieldsOf(raw), temperature: 1 };
}
