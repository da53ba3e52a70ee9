import type { MessageTable } from '../table.ts';
import { general } from './general.ts';

export const english: MessageTable = {
  ...general,
};
