import * as v from 'valibot';
import { toFailure } from '../base/failure.ts';
import { checkSetting } from '../protocol/check-setting.ts';
import { configFields } from '../protocol/config-fields.ts';
import { nestValues, presetValues } from '../protocol/config-values.ts';
import { trainConfigSchema, type PresetName, type TrainConfig } from '../protocol/train-config.ts';
import type { FieldProblem } from '../protocol/train-plan.ts';
import { conflictsOf } from './config-conflicts.ts';
import { flattenConfig } from './resolve-config.ts';

export interface CheckedConfig {
  /** Wrong values replaced by the preset's own, so that the rest can still be planned. */
  readonly config: TrainConfig;
  readonly problems: readonly FieldProblem[];
}

/** As `resolveConfig`, but tells everything that is wrong, each at its key, and goes on with what is right. */
export function checkConfig(preset: PresetName, given: Readonly<Record<string, unknown>>): CheckedConfig {
  const problems: FieldProblem[] = [];
  const values = new Map(presetValues(preset));
  const leaves = flattenConfig(given, '', (error) =>
    problems.push({
      key: String(error.params['key']),
      failure: toFailure(error),
      nearest: (error.params['nearest'] ?? null) as string | null,
    }),
  );
  for (const [key, value] of leaves) {
    if (key === 'preset') continue;
    const problem = checkSetting(configFields.get(key)!, value);
    if (problem) problems.push(problem);
    else values.set(key, value);
  }
  const conflicts = conflictsOf(v.parse(trainConfigSchema, nestValues(values)));
  for (const { key, nearest } of conflicts) values.set(key, nearest);
  return { config: v.parse(trainConfigSchema, nestValues(values)), problems: [...problems, ...conflicts] };
}
