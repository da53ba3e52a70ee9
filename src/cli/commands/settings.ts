import { conditionText } from '../../settings/condition-text.ts';
import type { Setting } from '../../settings/declaration.ts';
import { defaultPreset, presetNames, type PresetName } from '../../settings/preset-names.ts';
import { unknownSetting } from '../../settings/resolve-config.ts';
import { settings } from '../../settings/train-config.ts';
import { presetValues, settingsIn, writtenValue } from '../../settings/values.ts';
import { exitCodes } from '../exit-codes.ts';
import { table } from '../format.ts';
import { createOutput, type Output } from '../output.ts';
import { fail } from '../session.ts';

/** Lists every setting, those of a section, or one with all that is to be told of it. Needs no engine. */
export function listSettings(key: string | undefined, options: { readonly json?: boolean }): void {
  const output = createOutput(options.json === true);
  try {
    const found = settingsUnder(key);
    output.object({ type: 'result', settings: found.map(described) });
    if (key !== undefined && settings.has(key)) tell(output, found[0]!);
    else for (const line of table(found.map(row))) output.line(line);
    process.exitCode = exitCodes.done;
  } catch (error) {
    process.exitCode = fail(output, error);
  }
}

/** All, one by its key, or those of a section. @throws config.unknownKey, with the nearest */
function settingsUnder(key: string | undefined): Setting[] {
  if (key === undefined) return [...settings.values()];
  const setting = settings.get(key);
  const found = setting ? [setting] : settingsIn(key);
  if (found.length === 0) throw unknownSetting(key);
  return found;
}

const valuesOf = new Map(presetNames.map((preset) => [preset, presetValues(preset)]));

/** What training begins with where a preset is chosen and the setting is left out. */
const valueIn = (preset: PresetName, { key }: Setting): unknown => valuesOf.get(preset)!.get(key);

const defaultOf = (setting: Setting): string => writtenValue(valueIn(defaultPreset, setting));

/** Of the presets that give it another value than the default one. */
function otherPresets(setting: Setting): string[] {
  return presetNames
    .map((preset) => [preset, writtenValue(valueIn(preset, setting))] as const)
    .filter(([, value]) => value !== defaultOf(setting))
    .map(([preset, value]) => `${preset}: ${value}`);
}

const row = (setting: Setting): string[] => [
  setting.key,
  defaultOf(setting),
  setting.unit?.name ?? '',
  setting.words.en.why,
];

function effectOf({ effect }: Setting): string | null {
  return (
    effect &&
    conditionText(effect, { language: 'en', nameOf: ({ key }) => key, valueOf: (_, value) => writtenValue(value) })
  );
}

function described(setting: Setting): object {
  const { key, kind, unit, expected, min, max, words, paper } = setting;
  return {
    key,
    kind,
    default: valueIn(defaultPreset, setting),
    presets: Object.fromEntries(presetNames.map((preset) => [preset, valueIn(preset, setting)])),
    unit: unit?.name ?? null,
    expected,
    min,
    max,
    options: setting.options && Object.keys(setting.options),
    label: words.en.label,
    why: words.en.why,
    help: words.en.help,
    paper,
    effectWhen: effectOf(setting),
  };
}

function tell(output: Output, setting: Setting): void {
  const { key, expected, unit, words, paper } = setting;
  output.line(`${key}: ${words.en.label}`);
  output.line(`  ${words.en.why}`);
  output.line();
  const others = otherPresets(setting);
  output.line(`  Default     ${[defaultOf(setting), ...others].join('; ')}`);
  output.line(`  May be      ${expected}${unit ? ` (${unit.name})` : ''}`);
  for (const [option, { en }] of Object.entries(setting.options ?? {}))
    output.line(`  ${option.padEnd(12)}${en.label}: ${en.reason}`);
  const effect = effectOf(setting);
  if (effect !== null) output.line(`  Has an effect when  ${effect}`);
  if (paper) output.line(`  Paper       ${paper.name}, ${paper.address}`);
  output.line();
  output.line(`  ${words.en.help}`);
}
