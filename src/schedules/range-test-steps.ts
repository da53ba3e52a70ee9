/** Steps of a range test before training: enough to rise through four decades in fine steps, few beside an epoch. */
export const rangeTestSteps = 48;
