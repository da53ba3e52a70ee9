import type { MessageTable } from '../table.ts';
import { general } from './general.ts';
import { models } from './models.ts';
import { schedule } from './schedule.ts';
import { tensor } from './tensor.ts';

export const english: MessageTable = {
  ...general,
  ...models,
  ...schedule,
  ...tensor,
};
