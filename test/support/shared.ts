import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../../../shared');

/** Folder of real pictures for development, or null where it is absent (users' machines): tests that need it skip visibly. */
export const sharedData = existsSync(`${root}/data`) ? `${root}/data` : null;
export const sharedWeights = existsSync(`${root}/weights`) ? `${root}/weights` : null;
