import * as v from 'valibot';
import { checkSetting } from '../../src/settings/check.ts';
import { presetNames, type PresetName } from '../../src/settings/preset-names.ts';
import { settings, type TrainConfig } from '../../src/settings/train-config.ts';
import {
  configFrom,
  leavesOf,
  nestValues,
  presetValues,
  sameValue,
  type ConfigValues,
} from '../../src/settings/values.ts';
import { decode, encode, storedKind } from '../../src/stored/kind.ts';
import type { FieldProblem } from '../../src/settings/declaration.ts';
import type { TrainProposal } from '../../src/protocol/train-plan.ts';

/** What the wizard has been told: a goal and what was changed of it. Never altered, always replaced, so that undo is free. */
export interface Draft {
  readonly preset: PresetName;
  /** By key with dots; may hold what is no value at all, as it was typed. */
  readonly changes: ConfigValues;
}

export type Patch = Readonly<Record<string, unknown>>;

/** What was proposed: the engine's proposal, and settings that follow from the names of the classes. */
export interface Proposed {
  readonly proposal: TrainProposal | null;
  readonly suggested: Patch;
}

/** The values that `Reset` goes back to: those of the goal, with what was proposed for these pictures. */
export function baseValues(preset: PresetName, { proposal, suggested }: Proposed): ConfigValues {
  const base = new Map([...presetValues(preset), ...Object.entries(suggested)]);
  // A goal with a network of its own keeps it.
  if (!proposal || base.get('model.backbone') !== settings.get('model.backbone')!.fresh) return base;
  return base.set('model.backbone', proposal.backbone);
}

export function valuesOf(draft: Draft, base: ConfigValues): ConfigValues {
  return new Map([...base, ...draft.changes]);
}

/** Settings that came back to their base are no changes any more. */
export function patched(draft: Draft, patch: Patch, base: ConfigValues): Draft {
  const changes = new Map(draft.changes);
  for (const [key, value] of Object.entries(patch)) {
    if (sameValue(value, base.get(key))) changes.delete(key);
    else changes.set(key, value);
  }
  return { preset: draft.preset, changes };
}

/** What describes the pictures and the machine outlives a change of the goal; what belongs to the recipe does not. */
const outlivesGoal = (key: string): boolean => key === 'seed' || key.startsWith('data.');

export function withGoal(draft: Draft, preset: PresetName, proposed: Proposed): Draft {
  const kept = [...draft.changes].filter(([key]) => outlivesGoal(key));
  return patched(untouched(preset), Object.fromEntries(kept), baseValues(preset, proposed));
}

/** A draft that repeats a run. */
export function draftOf(config: TrainConfig, proposed: Proposed): Draft {
  const { preset } = config;
  return patched(untouched(preset), Object.fromEntries(leavesOf(config)), baseValues(preset, proposed));
}

/** What `startRun` and `planTraining` take beside the preset: only what differs from it. */
export function configOf(draft: Draft, base: ConfigValues): Record<string, unknown> {
  const preset = presetValues(draft.preset);
  return nestValues([...valuesOf(draft, base)].filter(([key, value]) => !sameValue(value, preset.get(key))));
}

/** The whole configuration, as `anneal train --config` takes it. Only where no setting has a problem. */
export function wholeConfig(draft: Draft, base: ConfigValues): TrainConfig {
  return configFrom(draft.preset, valuesOf(draft, base));
}

/** What is wrong with single values, whatever the others are. */
export function ownProblems(draft: Draft): FieldProblem[] {
  return [...draft.changes].flatMap(([key, value]) => checkSetting(settings.get(key)!, value) ?? []);
}

/** A goal as it stands, nothing changed. */
export function untouched(preset: PresetName): Draft {
  return { preset, changes: new Map() };
}

export function sameDraft(a: Draft, b: Draft): boolean {
  if (a.preset !== b.preset || a.changes.size !== b.changes.size) return false;
  return [...a.changes].every(([key, value]) => b.changes.has(key) && sameValue(value, b.changes.get(key)));
}

const draftKind = storedKind(
  'draft',
  v.object({ preset: v.picklist(presetNames), changes: v.array(v.tuple([v.string(), v.unknown()])) }),
);

/** A draft as text, and back; null for what is none. */
export function draftText({ preset, changes }: Draft): string {
  return encode(draftKind, { preset, changes: [...changes] });
}

export function draftFromText(text: string | null): Draft | null {
  try {
    const { preset, changes } = decode(draftKind, text ?? '', 'sessionStorage');
    return changes.every(([key]) => settings.has(key)) ? { preset, changes: new Map(changes) } : null;
  } catch {
    return null;
  }
}
