import type { Problem, SplitName } from '../protocol/dataset.ts';
import { filesBelow, hasFiles, type ListedFolder } from './list-files.ts';

export interface LabelledFile {
  /** Relative to the root, '/'-separated. */
  readonly path: string;
  readonly className: string;
  readonly given: SplitName | null;
  /** Folder that gives it its class, relative to the root; absent where a list does. */
  readonly classFolder?: string;
  /** What a list calls the group of pictures that belong together; absent where it does not. */
  readonly askedGroup?: string;
}

export interface Layout {
  readonly files: readonly LabelledFile[];
  readonly problems: readonly Problem[];
}

const splitNames: Record<string, SplitName> = {
  train: 'train',
  training: 'train',
  val: 'validation',
  valid: 'validation',
  validation: 'validation',
  test: 'test',
  testing: 'test',
};

/** The role that a folder name, a file name or a cell of a list stands for. */
export function splitNameOf(text: string): SplitName | null {
  return splitNames[text.trim().toLowerCase()] ?? null;
}

const notes =
  /(\.(txt|md|rst|csv|tsv|json|jsonl|xml|html?|ya?ml|pdf|zip|tar|gz|py|ipynb|db|log)|^(readme|licen[cs]e|changelog|notice))$/i;

/** Whether a folder holds pictures itself, going by names: notes beside class folders do not make their parent a class. */
const holdsPictures = (folder: ListedFolder) => folder.files.some((file) => !notes.test(file));

/**
 * Labels from folders: `<class>/…` or `{train, val | valid | validation, test}/<class>/…`, below the root or below its only
 * folder (an unpacked archive's wrapper). Going down, the first folder that holds pictures itself is a class, named by its
 * path from there joined with '/'; folders below it belong to it.
 */
export function readFolderLayout(root: ListedFolder): Layout {
  const base = skipWrapper(root);
  const files: LabelledFile[] = [];
  const problems: Problem[] = [];
  const tell = (path: string, code: string, params: Problem['params'] = {}) =>
    void problems.push({ path, code, params });
  const prefix = base.path === '' ? '' : `${base.path}/`;

  const readClass = (folder: ListedFolder, className: string, given: SplitName | null) => {
    if (!hasFiles(folder)) return tell(folder.path, 'data.emptyClass', { class: className });
    if (holdsPictures(folder) || folder.folders.length === 0) {
      const classFolder = folder.path;
      for (const path of filesBelow(folder)) files.push({ path, className, given, classFolder });
      return;
    }
    for (const child of folder.folders) readClass(child, `${className}/${child.name}`, given);
  };
  const readLooseFiles = (folder: ListedFolder) => {
    for (const file of folder.files) {
      if (!notes.test(file)) tell(folder.path === '' ? file : `${folder.path}/${file}`, 'data.outsideClass');
    }
  };

  if (!hasSplitFolders(base)) {
    readLooseFiles(base);
    for (const folder of base.folders) readClass(folder, folder.name, null);
    return { files, problems };
  }
  for (const file of base.files) if (!notes.test(file)) tell(prefix + file, 'data.outsideClass');
  for (const folder of base.folders) {
    const given = splitNameOf(folder.name);
    if (given === null) {
      if (hasFiles(folder)) tell(folder.path, 'data.outsideSplit', { count: [...filesBelow(folder)].length });
    } else if (folder.folders.length === 0) {
      if (hasFiles(folder)) tell(folder.path, 'data.unlabelledSplit', { count: folder.files.length });
    } else {
      readLooseFiles(folder);
      for (const child of folder.folders) readClass(child, child.name, given);
    }
  }
  return { files, problems };
}

/** A folder named train that holds class folders makes the names roles; otherwise 'train' is a class like any other. */
function hasSplitFolders(folder: ListedFolder): boolean {
  return folder.folders.some((child) => splitNameOf(child.name) === 'train' && child.folders.some(hasFiles));
}

function skipWrapper(folder: ListedFolder): ListedFolder {
  const [only, ...rest] = folder.folders.filter(hasFiles);
  const isWrapper =
    only !== undefined &&
    rest.length === 0 &&
    !holdsPictures(folder) &&
    !holdsPictures(only) &&
    splitNameOf(only.name) === null &&
    only.folders.some(hasFiles);
  return isWrapper ? skipWrapper(only) : folder;
}
