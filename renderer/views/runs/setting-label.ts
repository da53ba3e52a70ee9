import { settings } from '../../../src/settings/train-config.ts';
import { locale } from '../../state/locale.svelte.ts';
import { labelOf, valueText } from '../../state/setting-words.ts';

/** The words of a setting. Reads the locale. */
export function settingLabel(key: string): string {
  if (key === 'preset') return locale.text.runs.compare.preset;
  return settings.has(key) ? labelOf(key, locale) : key;
}

/** A value of a comparison, which comes as JSON or a bare word, as the form writes it. Reads the locale. */
export function settingValue(key: string, value: string): string {
  const field = settings.get(key);
  if (!field || value === '') return value || locale.text.runs.compare.unset;
  return valueText(field, parsed(value), locale);
}

function parsed(value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}
