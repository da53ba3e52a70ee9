export const presetNames = ['quick', 'balanced', 'thorough', 'scratch'] as const;
export type PresetName = (typeof presetNames)[number];
