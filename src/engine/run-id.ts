import { randomBytes } from 'node:crypto';

const letters = 'abcdefghjkmnpqrstuvwxyz23456789';

/** A name for a run that sorts by time and can be read out: '20261123-1152-k3f9'. */
export function newRunId(now: Date = new Date()): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  const day = `${now.getFullYear()}${two(now.getMonth() + 1)}${two(now.getDate())}`;
  const tail = [...randomBytes(4)].map((byte) => letters[byte % letters.length]).join('');
  return `${day}-${two(now.getHours())}${two(now.getMinutes())}-${tail}`;
}
