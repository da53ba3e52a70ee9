import type { LabelledListing } from '../../data/list-labelled.ts';
import type { ListedFolder } from '../../data/list-files.ts';
import { classNames, inOrder } from '../../data/picture-order.ts';
import type { Dataset } from '../../protocol/dataset.ts';
import type { Progress } from '../../protocol/lane-job.ts';

type ClassesSoFar = NonNullable<Progress['classes']>;

const samplesPerClass = 12;

/** A folder's pictures by their names alone, in the order that the scan will give them: sizes are 0, contents ''. */
export function datasetOfListing(root: string, { files, problems }: LabelledListing): Dataset {
  const classes = classNames(files);
  const pictures = inOrder(files, classes).map(({ file: { path, given }, label }, group) => {
    const unread = { sha256: '', width: 0, height: 0, format: '', bytes: 0, modifiedMs: 0 };
    return { path, label, ...unread, group, given };
  });
  return { formatVersion: 2, root, classes, pictures, problems, pairs: [], contentHash: '' };
}

/** Classes of a listing with their first pictures. */
export function classesOf({ classes, pictures }: Dataset): ClassesSoFar {
  const found = classes.map((name) => ({ name, pictures: 0, samples: [] as string[] }));
  for (const { path, label } of pictures) {
    const entry = found[label]!;
    if (++entry.pictures <= samplesPerClass) entry.samples.push(path);
  }
  return found;
}

/**
 * Gathers what a walk over a large tree has met so far: each folder that holds files, under its own name. Which folders are classes
 * is only known when the walk is over.
 */
export class ClassesMet {
  readonly #met: ClassesSoFar[number][] = [];
  #files = 0;

  add({ path, name, files }: ListedFolder): void {
    if (path === '' || files.length === 0) return;
    const samples = files.slice(0, samplesPerClass).map((file) => `${path}/${file}`);
    this.#met.push({ name, pictures: files.length, samples });
    this.#files += files.length;
  }

  get classes(): ClassesSoFar {
    return [...this.#met];
  }

  get files(): number {
    return this.#files;
  }
}
