import { readFile } from 'node:fs/promises';
import { join, posix } from 'node:path';
import type { Problem } from '../protocol/dataset.ts';
import { splitNameOf, type LabelledFile, type Layout } from './layout.ts';
import type { ListedFolder } from './list-files.ts';

const pathHeaders = ['file_name', 'filename', 'file', 'image', 'path', 'image_path', 'file_path', 'filepath', 'img'];
const labelHeaders = ['label', 'class', 'target', 'category', 'class_name', 'label_name'];
const splitHeaders = ['split', 'set', 'subset', 'partition'];
const groupHeaders = ['group', 'group_id', 'series', 'subject', 'patient'];

/**
 * Labels from lists: `metadata.csv` at the root or in its split folders, or else any CSV file at the root whose header names a
 * path and a label. A column named split, or a list or folder named train, val or test, gives the role; a column named
 * group, series, subject or patient keeps pictures together. Null where there is none.
 */
export async function readCsvLayout(
  root: string,
  tree: ListedFolder,
  which: 'metadata' | 'any',
): Promise<Layout | null> {
  const isMetadata = (file: string) => file.toLowerCase() === 'metadata.csv';
  const lists = tree.files.filter((file) => (which === 'any' ? /\.csv$/i.test(file) : isMetadata(file)));
  if (which === 'metadata') {
    for (const folder of tree.folders) {
      if (splitNameOf(folder.name))
        lists.push(...folder.files.filter(isMetadata).map((file) => `${folder.path}/${file}`));
    }
  }
  const labelled = new Map<string, LabelledFile>();
  const problems: Problem[] = [];
  let found = false;
  for (const list of lists.sort()) {
    const rows = parseCsv(await readFile(join(root, list), 'utf8'));
    const header = (rows[0] ?? []).map((cell) => cell.trim().toLowerCase());
    const column = (names: readonly string[]) => header.findIndex((cell) => names.includes(cell));
    const [pathColumn, labelColumn, splitColumn] = [column(pathHeaders), column(labelHeaders), column(splitHeaders)];
    const groupColumn = column(groupHeaders);
    if (pathColumn < 0 || labelColumn < 0) continue;
    found = true;
    const folder = posix.dirname(list);
    const listSplit = splitNameOf(folder) ?? splitNameOf(posix.basename(list).replace(/\.csv$/i, ''));
    rows.slice(1).forEach((row, index) => {
      const name = row[pathColumn]?.trim() ?? '';
      const className = row[labelColumn]?.trim() ?? '';
      if (name === '' || className === '') {
        if (row.some((cell) => cell.trim() !== ''))
          problems.push({ path: list, code: 'data.listRow', params: { line: index + 2 } });
        return;
      }
      const path = posix.normalize(posix.join(folder, name.replaceAll('\\', '/')));
      if (path.startsWith('../') || posix.isAbsolute(name)) {
        problems.push({ path: name, code: 'data.outsideRoot', params: { list, line: index + 2 } });
        return;
      }
      const given = splitColumn < 0 ? listSplit : splitNameOf(row[splitColumn] ?? '');
      const earlier = labelled.get(path);
      if (earlier && (earlier.className !== className || earlier.given !== given)) {
        problems.push({ path, code: 'data.listedTwice', params: { list, line: index + 2, kept: earlier.className } });
      } else if (!earlier) {
        const askedGroup = groupColumn < 0 ? '' : (row[groupColumn]?.trim() ?? '');
        labelled.set(path, { path, className, given, ...(askedGroup === '' ? {} : { askedGroup }) });
      }
    });
  }
  return found ? { files: [...labelled.values()], problems } : null;
}

/** RFC 4180, with ',' ';' or tab, whichever the first line holds most of; a byte order mark is dropped. */
function parseCsv(text: string): string[][] {
  const content = text.replace(/^\ufeff/, '');
  const firstLine = content.slice(0, content.search(/[\r\n]|$/));
  const count = (character: string) => firstLine.split(character).length;
  const separator = [',', ';', '\t'].reduce((best, character) => (count(character) > count(best) ? character : best));
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = '';
  let quoted = false;
  for (let i = 0; i < content.length; i++) {
    const character = content[i]!;
    if (quoted) {
      if (character !== '"') cell += character;
      else if (content[i + 1] === '"') cell += content[i++];
      else quoted = false;
    } else if (character === '"' && cell === '') quoted = true;
    else if (character === separator) {
      row.push(cell);
      cell = '';
    } else if (character === '\n' || character === '\r') {
      if (character === '\r' && content[i + 1] === '\n') i++;
      rows.push([...row, cell]);
      row = [];
      cell = '';
    } else cell += character;
  }
  if (cell !== '' || row.length > 0) rows.push([...row, cell]);
  return rows;
}
