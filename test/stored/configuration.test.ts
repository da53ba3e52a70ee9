import { describe, expect, it } from 'vitest';
import { configurationKind, upgradeSettingsFile } from '../../src/stored/configuration.ts';
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
  it('of a person is left as it is', () => {
    const written = { preset: 'thorough', schedule: { numCycles: 2 } };
    expect(upgradeSettingsFile(written, 'x')).toEqual(written);
  });

  it('of the program leaves what is not younger than it to the goal', () => {
    const written = { formatVersion: configVersion, preset: 'thorough', schedule: { numCycles: 2 } };
    expect(upgradeSettingsFile(written, 'x')).toEqual(written);
  });

  it('of a newer version is refused', () => {
    expect(() => upgradeSettingsFile({ formatVersion: configVersion + 1 }, 'x')).toThrow('stored.newer');
  });
});
