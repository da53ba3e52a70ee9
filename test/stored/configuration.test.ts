import { describe, expect, it } from 'vitest';
import { resolveConfig } from '../../src/settings/resolve-config.ts';
import { configurationKind } from '../../src/stored/configuration.ts';
import { upgrade } from '../../src/stored/kind.ts';
import { configVersion, settings } from '../../src/settings/train-config.ts';

describe('the configuration of a run', () => {
  it('has what it lacks off, not as a new configuration would have it', () => {
    const config = upgrade(configurationKind, { formatVersion: 1, preset: 'balanced' }, 'x');
    for (const { key, absent } of settings.values()) {
      const value = key.split('.').reduce<unknown>((at, name) => (at as Record<string, unknown>)[name], config);
      expect(value, key).toEqual(absent);
    }
  });

  it('of a newer version is refused', () => {
    expect(() => upgrade(configurationKind, { formatVersion: configVersion + 1 }, 'x')).toThrow('stored.newer');
  });
});

describe('a configuration file', () => {
  it('of a person has what it leaves out from the goal, also where it says the present version', () => {
    const written = { preset: 'thorough', schedule: { numCycles: 2 } };
    const config = resolveConfig({ config: written });
    expect(config).toEqual(resolveConfig({ preset: 'thorough', set: ['schedule.numCycles=2'] }));
    expect(resolveConfig({ config: { ...written, formatVersion: configVersion } })).toEqual(config);
  });

  it('of an older version means what it meant: what came later is off', () => {
    const config = resolveConfig({ config: { formatVersion: 0, preset: 'balanced', tune: { regime: 'upper' } } });
    expect(config.loss.labelSmoothing).toBe(0);
    expect(config.tune.regime).toBe('upper');
  });

  it('of a newer version is refused', () => {
    expect(() => resolveConfig({ config: { formatVersion: configVersion + 1 } })).toThrow('stored.newer');
  });
});
