import type { Condition, Setting } from './declaration.ts';

/** Conditions under which a setting has an effect; see `hasEffect` in effect.ts for what they mean. */

/** The setting has one of these values. */
export function is<T>(setting: Setting<string, T>, ...values: readonly NoInfer<T>[]): Condition {
  return { kind: 'is', setting, values };
}

/** The setting has an effect and none of these values. */
export function isNot<T>(setting: Setting<string, T>, ...values: readonly NoInfer<T>[]): Condition {
  return { kind: 'isNot', setting, values };
}

export function above(setting: Setting<string, number>, limit: number): Condition {
  return { kind: 'above', setting, limit };
}

export function all(...of: readonly Condition[]): Condition {
  return { kind: 'all', of };
}

export function any(...of: readonly Condition[]): Condition {
  return { kind: 'any', of };
}
