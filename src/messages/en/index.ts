import type { MessageTable } from '../table.ts';
import { data } from './data.ts';
import { dataset } from './dataset.ts';
import { ensemble } from './ensemble.ts';
import { engine } from './engine.ts';
import { system } from './system.ts';
import { general } from './general.ts';
import { host } from './host.ts';
import { link } from './link.ts';
import { models } from './models.ts';
import { planning } from './planning.ts';
import { schedule } from './schedule.ts';
import { store } from './store.ts';
import { stored } from './stored.ts';
import { setup } from './setup.ts';
import { tensor } from './tensor.ts';
import { train } from './train.ts';
import { weights } from './weights.ts';
import { zoo } from './zoo.ts';
import { metrics } from './metrics.ts';
import { optim } from './optim.ts';
import { packaging } from './packaging.ts';
import { model } from './model.ts';
import { head } from './head.ts';
import { exporting } from './exporting.ts';
import { verdicts } from './verdicts.ts';

export const english: MessageTable = {
  ...data,
  ...dataset,
  ...engine,
  ...ensemble,
  ...system,
  ...general,
  ...host,
  ...link,
  ...models,
  ...planning,
  ...schedule,
  ...store,
  ...stored,
  ...setup,
  ...tensor,
  ...train,
  ...weights,
  ...zoo,
  ...metrics,
  ...optim,
  ...packaging,
  ...model,
  ...head,
  ...exporting,
  ...verdicts,
};
