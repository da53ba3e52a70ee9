import type { PictureRow } from '../../../src/protocol/dataset-view.ts';
import { thumbnailAddress } from '../../client/media.ts';
import type { GridBadge, GridPicture } from '../../components/PictureCell.svelte';
import { locale } from '../../state/locale.svelte.ts';
import type { DatasetState } from './dataset-state.svelte.ts';

export const fileName = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/** A picture's cell in the grid; null: its row is not there yet. `eyes`: as the network gets it, once that is known. */
export function gridPicture(
  dataset: DatasetState,
  classes: readonly string[],
  index: number,
  eyes: boolean,
): GridPicture | null {
  const row = dataset.row(index);
  if (!row) return null;
  return {
    key: row.path,
    src: (pixels) => thumbnailAddress(dataset.id, row.path, pixels, row.sha256),
    label: pictureSaid(row, classes),
    caption: fileName(row.path),
    faded: row.role === 'leftOut',
    seen: eyes ? (dataset.seenOf(row.path)?.input ?? null) : null,
  };
}

export function pictureSaid(row: PictureRow, classes: readonly string[]): string {
  const text = locale.text.dataset;
  const from = row.movedFrom === null ? null : (classes[row.movedFrom] ?? '');
  return text.pictureSaid(
    fileName(row.path),
    classes[row.label] ?? '',
    row.sha256 === '' ? null : text.roles[row.role],
    from,
  );
}

export function badgesOf(row: PictureRow | null): readonly GridBadge[] {
  if (!row) return [];
  const text = locale.text.dataset.grid.badges;
  return [
    ...(row.role === 'leftOut' ? [{ text: text.leftOut, kind: 'neutral' as const }] : []),
    ...(row.movedFrom === null ? [] : [{ text: text.moved, kind: 'accent' as const }]),
    ...(row.added ? [{ text: text.added, kind: 'accent' as const }] : []),
  ];
}
