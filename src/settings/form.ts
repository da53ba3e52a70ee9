/** The steps of the wizard, and the parts of each that settings stand in. */
const form = {
  goal: ['run'],
  backbone: ['network', 'input'],
  layers: ['regime', 'rates', 'more'],
  schedule: ['rates', 'ensemble', 'optimizer'],
  pictures: ['augmentation', 'strengths', 'batches', 'parts', 'loss'],
  review: [],
} as const;

export type WizardStep = keyof typeof form;
export const wizardSteps = Object.keys(form) as readonly WizardStep[];

/** 'schedule optimizer': step and part. */
export type FormPlace = { [S in WizardStep]: `${S} ${(typeof form)[S][number]}` }[WizardStep];
