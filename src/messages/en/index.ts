import type { MessageTable } from '../table.ts';
import { data } from './data.ts';
import { general } from './general.ts';
import { models } from './models.ts';
import { schedule } from './schedule.ts';
import { store } from './store.ts';
import { setup } from './setup.ts';
import { tensor } from './tensor.ts';
import { weights } from './weights.ts';
import { metrics } from './metrics.ts';
import { augment } from './augment.ts';
import { optim } from './optim.ts';

export const english: MessageTable = {
  ...data,
  ...general,
  ...models,
  ...schedule,
  ...store,
  ...setup,
  ...tensor,
  ...weights,
  ...metrics,
  ...augment,
  ...optim,
};
