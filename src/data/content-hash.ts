import { createHash } from 'node:crypto';
import type { Dataset } from '../protocol/dataset.ts';

/** `Dataset.contentHash`. */
export function contentHash({ classes, pictures }: Pick<Dataset, 'classes' | 'pictures'>): string {
  const hash = createHash('sha256').update(JSON.stringify(classes));
  const first = new Map<number, number>();
  pictures.forEach(({ path, sha256, label, given, group }, i) => {
    hash.update(JSON.stringify([path, sha256, label, given]));
    const earlier = first.get(group);
    if (earlier === undefined) first.set(group, i);
    else hash.update(JSON.stringify([i, earlier]));
  });
  return hash.digest('hex');
}
