import type { MessageTable } from '../table.ts';
import { data } from './data.ts';
import { dataset } from './dataset.ts';
import { engine } from './engine.ts';
import { ensemble } from './ensemble.ts';
import { exporting } from './exporting.ts';
import { verdicts } from './verdicts.ts';
import { general } from './general.ts';
import { head } from './head.ts';
import { host } from './host.ts';
import { link } from './link.ts';
import { metrics } from './metrics.ts';
import { model } from './model.ts';
import { models } from './models.ts';
import { optim } from './optim.ts';
import { packaging } from './packaging.ts';
import { planning } from './planning.ts';
import { schedule } from './schedule.ts';
import { setup } from './setup.ts';
import { store } from './store.ts';
import { stored } from './stored.ts';
import { system } from './system.ts';
import { tensor } from './tensor.ts';
import { train } from './train.ts';
import { weights } from './weights.ts';
import { zoo } from './zoo.ts';

/** The same codes as English has; each file is checked against its English one. */
export const russian: MessageTable = {
  ...data,
  ...dataset,
  ...engine,
  ...ensemble,
  ...exporting,
  ...verdicts,
  ...general,
  ...head,
  ...host,
  ...link,
  ...metrics,
  ...model,
  ...models,
  ...optim,
  ...packaging,
  ...planning,
  ...schedule,
  ...setup,
  ...store,
  ...stored,
  ...system,
  ...tensor,
  ...train,
  ...weights,
  ...zoo,
};
