import type { NetSpec } from '../models/net-spec.ts';
import type { TrainConfig } from '../settings/train-config.ts';
import type { StepContext, StepTechnique, Tensors, TraceHooks } from './technique.ts';
import { techniques as all } from './techniques/index.ts';

/** The techniques that act under a configuration, in their order. */
export function activeTechniques(config: TrainConfig, techniques: readonly StepTechnique[] = all): StepTechnique[] {
  return techniques.filter((technique) => technique.active(config));
}

/** Those of them that act inside the traced step; the others act on what it is fed, and no trace depends on them. */
export function tracedTechniques(config: TrainConfig, techniques: readonly StepTechnique[] = all): StepTechnique[] {
  return activeTechniques(
    config,
    techniques.filter(({ trace, wrap, state }) => trace ?? wrap ?? state),
  );
}

/** The network as the techniques that act want it. */
export function rewrittenSpec(spec: NetSpec, config: TrainConfig, techniques: readonly StepTechnique[] = all): NetSpec {
  return activeTechniques(config, techniques).reduce(
    (before, { spec: rewrite }) => rewrite?.(before, config) ?? before,
    spec,
  );
}

/** Inputs or state of a technique under the names that the step knows them by: `<key>/<name>`. */
export function withKey<T>(key: string, values: Readonly<Record<string, T>>): Record<string, T> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [`${key}/${name}`, value]));
}

/** The inverse: what belongs to the technique, under its names. */
function ofKey<T>(key: string, values: Readonly<Record<string, T>>): Record<string, T> {
  const prefix = `${key}/`;
  const mine = Object.entries(values).filter(([name]) => name.startsWith(prefix));
  return Object.fromEntries(mine.map(([name, value]) => [name.slice(prefix.length), value]));
}

/** What the hooks of a step share: every technique with the context that its hooks are called with. */
export interface Hooks {
  readonly active: readonly { readonly technique: StepTechnique; readonly context: StepContext }[];
  /** Passes a value through one hook of every technique. */
  through<Name extends 'images' | 'features' | 'weights' | 'gradients' | 'project'>(
    name: Name,
    value: Parameters<NonNullable<TraceHooks[Name]>>[0],
  ): ReturnType<NonNullable<TraceHooks[Name]>>;
}

export function hooksOf(
  techniques: readonly StepTechnique[],
  shared: Omit<StepContext, 'inputs' | 'state'>,
  inputs: Tensors,
  state: Tensors,
): Hooks {
  const active = techniques.map((technique) => ({
    technique,
    context: {
      ...shared,
      inputs: ofKey(technique.declaration.key, inputs),
      state: ofKey(technique.declaration.key, state),
    },
  }));
  return {
    active,
    through(name, value) {
      let current: unknown = value;
      for (const { technique, context } of active) {
        const hook = technique.trace?.[name] as ((value: unknown, context: StepContext) => unknown) | undefined;
        if (hook) current = hook(current, context);
      }
      return current as ReturnType<NonNullable<TraceHooks[typeof name]>>;
    },
  };
}
