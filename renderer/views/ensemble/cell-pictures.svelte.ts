import type { ChosenMember, JudgedPicture } from '../../../src/protocol/ensemble-view.ts';
import type { MatrixCell } from '../../charts/matrix-parts.ts';
import type { AnnealClient } from '../../client/client.ts';

/** The pictures behind the cell of the matrix that is open. */
export class CellPictures {
  /** null: being looked for, or no cell is open. */
  pictures = $state.raw<readonly JudgedPicture[] | null>(null);
  readonly #client: AnnealClient;
  readonly #runId: string;

  constructor(client: AnnealClient, runId: string) {
    this.#client = client;
    this.#runId = runId;
  }

  /** @throws AnnealError */
  of({ row, column }: MatrixCell, members: readonly ChosenMember[]): Promise<readonly JudgedPicture[]> {
    const chosen = members.map((member) => ({ ...member }));
    return this.#client.call('listCell', { run: this.#runId, members: chosen, label: row, predicted: column });
  }

  /** Shows those of this cell; an answer that comes after the returned function was called is dropped. */
  show(cell: MatrixCell, members: readonly ChosenMember[]): () => void {
    let current = true;
    const take = (pictures: readonly JudgedPicture[]): void => {
      if (current) this.pictures = pictures;
    };
    this.of(cell, members).then(take, () => take([]));
    return () => (current = false);
  }

  clear(): void {
    this.pictures = null;
  }
}
