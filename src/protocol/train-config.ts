export { presetNames, type PresetName } from '../settings/preset-names.ts';
export { trainConfigSchema, type TrainConfig, type TrainConfigInput } from '../settings/train-config.ts';
