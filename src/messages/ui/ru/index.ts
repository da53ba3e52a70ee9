import { charts } from './charts.ts';
import { common } from './common.ts';
import { dataset } from './dataset.ts';
import { ensemble } from './ensemble.ts';
import { exporting } from './exporting.ts';
import { fields } from './fields.ts';
import { models } from './models.ts';
import { run } from './run.ts';
import { runs } from './runs.ts';
import { settings } from './settings.ts';
import { shell } from './shell.ts';
import { start } from './start.ts';
import { train } from './train.ts';
import { tryIt } from './try-it.ts';
import type { Text } from '../en/index.ts';

/** All text of the window, by area. */
export const russian: Text = {
  common,
  shell,
  start,
  dataset,
  models,
  train,
  run,
  ensemble,
  tryIt,
  exporting,
  runs,
  charts,
  settings,
  fields,
};
