import type { MessageTable } from '../table.ts';
import { general } from './general.ts';
import { schedule } from './schedule.ts';

export const english: MessageTable = {
  ...general,
  ...schedule,
};
