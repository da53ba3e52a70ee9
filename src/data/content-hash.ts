import { createHash } from 'node:crypto';
import type { Dataset } from '../protocol/dataset.ts';

/** `Dataset.contentHash`. */
export function contentHash({ classes, pictures }: Pick<Dataset, 'classes' | 'pictures'>): string {
  const hash = createHash('sha256').update(JSON.stringify(classes));
  for (const { path, sha256, label, given } of pictures) hash.update(JSON.stringify([path, sha256, label, given]));
  return hash.digest('hex');
}
