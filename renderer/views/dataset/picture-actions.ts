import type { DatasetSummary, PictureRow } from '../../../src/protocol/dataset-view.ts';
import { shownFailure } from '../../components/error-words.ts';
import { changes } from '../../state/changes.svelte.ts';
import { locale } from '../../state/locale.svelte.ts';
import type { DatasetState } from './dataset-state.svelte.ts';

/** Moves pictures to a class, by hand and in the workspace only, with a way back. */
export async function movePictures(state: DatasetState, rows: readonly PictureRow[], label: number): Promise<void> {
  const changing = rows.filter((row) => row.label !== label);
  const name = state.summary?.classes[label]?.name;
  if (changing.length === 0 || name === undefined) return;
  const paths = changing.map((row) => row.path);
  await change(state, locale.text.dataset.moved(changing.length, name), () =>
    state.edit(paths, { kind: 'move', label }),
  );
}

/** Leaves pictures out of training and judging; where all of them are out already, puts them back. */
export async function toggleLeftOut(state: DatasetState, rows: readonly PictureRow[]): Promise<void> {
  if (rows.length === 0) return;
  const leftOut = rows.some((row) => row.role !== 'leftOut');
  const changing = rows.filter((row) => (row.role === 'leftOut') !== leftOut);
  const paths = changing.map((row) => row.path);
  const { leftOutDone, putBackDone } = locale.text.dataset;
  const message = (leftOut ? leftOutDone : putBackDone)(changing.length);
  await change(state, message, () => state.edit(paths, { kind: 'leaveOut', leftOut }));
}

async function change(state: DatasetState, message: string, act: () => Promise<void>): Promise<void> {
  if (!(await tell(act))) return;
  changes.did({ message, undo: () => tell(() => state.undo()), redo: () => tell(() => state.redo()) });
}

/** Whether it was done; what went wrong is told in a toast, for it has no place of its own. */
export async function tell(act: () => Promise<unknown>): Promise<boolean> {
  try {
    await act();
    return true;
  } catch (thrown) {
    const { message, hint } = shownFailure(thrown);
    changes.fail(hint ? `${message} ${hint}` : message);
    return false;
  }
}

/** Class names as options of a list, the number of pictures beside each. */
export function classOptions(summary: DatasetSummary): { value: string; label: string; detail: string }[] {
  return summary.classes.map(({ label, name, pictures }) => ({
    value: String(label),
    label: name,
    detail: locale.format.count(pictures),
  }));
}
