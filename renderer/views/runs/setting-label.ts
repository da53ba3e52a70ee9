import { locale } from '../../state/locale.svelte.ts';

/** The words of a setting; its key where it is none of the form's. Reads the locale. */
export function settingLabel(key: string): string {
  const { settings } = locale.text.fields;
  return key in settings ? settings[key as keyof typeof settings].label : key;
}
