import type { Setting } from './declaration.ts';
import type { FormPlace, WizardStep } from './form.ts';
import { declarations } from './index.ts';

/** The settings that stand in a part of the form, in their order. */
export function settingsAt(place: FormPlace): readonly Setting[] {
  return declarations.flatMap((declaration): readonly Setting[] =>
    declaration.place === place ? declaration.settings : [],
  );
}

/** The step that a setting is edited in; what no step holds (a whole file) is told in the review. */
export function stepOf(key: string): WizardStep {
  const declaration = declarations.find(({ settings }) => settings.some((setting: Setting) => setting.key === key));
  return (declaration?.place.split(' ')[0] as WizardStep | undefined) ?? 'review';
}
