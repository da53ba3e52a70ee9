export const presetNames = ['quick', 'balanced', 'thorough', 'scratch'] as const;
export type PresetName = (typeof presetNames)[number];

/** Where none is named. */
export const defaultPreset: PresetName = 'balanced';
