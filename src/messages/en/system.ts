import type { MessageTable } from '../table.ts';
import type { ErrorParams } from '../../base/errors.ts';

const at = (p: ErrorParams): string => (p['path'] === null ? String(p['detail']) : String(p['path']));

export const system = {
  'system.EACCES': (p) => ({
    message: `No permission: ${at(p)}`,
    hint: 'Change the permissions of the file or folder, or choose another.',
  }),
  'system.EPERM': (p) => ({
    message: `Not permitted: ${at(p)}`,
    hint: 'Change the permissions of the file or folder, or choose another.',
  }),
  'system.EROFS': (p) => ({
    message: `This place can only be read: ${at(p)}`,
    hint: 'Choose a folder on another disk.',
  }),
  'system.ENOENT': (p) => ({
    message: `Not found: ${at(p)}`,
    hint: 'Check the path. If the folder was there a moment ago, it was moved or removed meanwhile.',
  }),
  'system.ENOTDIR': (p) => ({
    message: `A file where a folder is needed: ${at(p)}`,
    hint: 'Give the path of a folder.',
  }),
  'system.EISDIR': (p) => ({ message: `A folder where a file is needed: ${at(p)}`, hint: 'Give the path of a file.' }),
  'system.ENAMETOOLONG': (p) => ({ message: `The path is too long: ${at(p)}`, hint: 'Use a shorter one.' }),
  'system.ENOSPC': (p) => ({
    message: `The disk is full: ${at(p)}`,
    hint: 'Make room and go on with "anneal resume"; what was done up to the last checkpoint is kept.',
  }),
  'system.EDQUOT': (p) => ({
    message: `Your share of the disk is used up: ${at(p)}`,
    hint: 'Make room and go on with "anneal resume".',
  }),
  'system.EMFILE': (p) => ({
    message: `Too many files are open: ${at(p)}`,
    hint: 'Raise the limit ("ulimit -n"), or close other programs.',
  }),
  'system.EIO': (p) => ({ message: `The disk could not be read or written: ${at(p)}`, hint: 'Check the disk.' }),
} satisfies MessageTable;
