import { describe, expect, it } from 'vitest';
import { mirroredNames } from '../../../../src/settings/mirrored-names.ts';
import { onlyThis, transforms } from '../../../../renderer/views/train/transforms.ts';
import { checkSetting } from '../../../../src/protocol/check-setting.ts';
import { configFields } from '../../../../src/protocol/config-fields.ts';
import { resolveConfig } from '../../../../src/engine/resolve-config.ts';

describe('augmentations', () => {
  it('are all that the configuration has, with values it may have', () => {
    const rest = ['augment.mode', 'augment.views'];
    const known = [...configFields.keys()].filter((key) => key.startsWith('augment.') && !rest.includes(key));
    expect(transforms.map(({ key }) => key).sort()).toEqual(known.sort());
    for (const { key, on, off } of transforms)
      for (const value of [on, off]) expect(checkSetting(configFields.get(key)!, value), key).toBeNull();
  });

  it('are shown one at a time', () => {
    const { augment } = resolveConfig({ preset: 'thorough', config: { augment: onlyThis('augment.rotation', 30) } });
    expect(augment).toMatchObject({ mode: 'online', rotation: 30, flip: false, cropMinScale: 1, brightness: 0 });
  });

  it.each([
    [
      ['0', '1', '2'],
      ['0', '1', '2'],
    ],
    [
      ['a', 'b', 'cat'],
      ['a', 'b'],
    ],
    [
      ['turn left', 'turn right', 'stop'],
      ['turn left', 'turn right'],
    ],
    [['стрелка-лево', 'дом'], ['стрелка-лево']],
    [['rose', 'tulip', 'x'], []],
    [['bright', 'leftover'], []],
  ])('of %j a mirror changes %j', (classes, mirrored) => expect(mirroredNames(classes)).toEqual(mirrored));
});
