import type { Condition, Setting } from './declaration.ts';
import { settings, type TrainConfig } from './train-config.ts';
import { configFrom, leavesOf, sameValue, type ConfigValues } from './values.ts';

/** Whether a setting has an effect beside the others. */
export function hasEffect({ effect }: Setting, values: ConfigValues): boolean {
  return effect === null || holds(effect, values);
}

/** A condition on a setting that has itself no effect does not hold, whatever its value. */
export function holds(condition: Condition, values: ConfigValues): boolean {
  if (condition.kind === 'all') return condition.of.every((part) => holds(part, values));
  if (condition.kind === 'any') return condition.of.some((part) => holds(part, values));
  const { setting } = condition;
  if (!hasEffect(setting, values)) return false;
  const value = values.get(setting.key);
  if (condition.kind === 'above') return typeof value === 'number' && value > condition.limit;
  const listed = condition.values.some((wanted) => sameValue(wanted, value));
  return condition.kind === 'is' ? listed : !listed;
}

/** What differs between two configurations and has an effect in at least one of them, in the order of the form. */
export function differences(a: ConfigValues, b: ConfigValues): Setting[] {
  return [...settings.values()].filter(
    (setting) =>
      !sameValue(a.get(setting.key), b.get(setting.key)) && [a, b].some((values) => hasEffect(setting, values)),
  );
}

/**
 * The configuration with `off`, or the fresh value where nothing is off, for every setting that has no effect. Trainer and planner
 * read this alone, so that a hidden setting changes no bit of a result. Idempotent.
 */
export function inEffect(config: TrainConfig): TrainConfig {
  const values = leavesOf(config);
  const effective = [...settings.values()].map((setting) => {
    const idle = setting.off === undefined ? setting.fresh : setting.off;
    return [setting.key, hasEffect(setting, values) ? values.get(setting.key) : idle] as const;
  });
  return configFrom(config.preset, new Map(effective));
}
