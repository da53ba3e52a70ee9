import type { ChosenMember, TestSeal } from '../protocol/ensemble-view.ts';
import { decode, encode } from '../stored/kind.ts';
import { chosenKind, sealKind } from '../stored/run.ts';
import { Table } from './table.ts';

/** What was decided about a run's ensemble after its training. */
export class EnsembleTable extends Table {
  /** Members that prediction and export average from now on. */
  choose(runId: string, members: readonly ChosenMember[]): void {
    this.run('UPDATE runs SET chosen = ? WHERE id = ?', encode(chosenKind, members), runId);
  }

  /** The first seal stays, whatever comes later; gives the one that holds. */
  seal(runId: string, seal: TestSeal): TestSeal {
    const sql = 'UPDATE runs SET seal = coalesce(seal, ?) WHERE id = ? RETURNING seal';
    const held = this.value<string>(sql, encode(sealKind, seal), runId);
    return held === undefined ? seal : decode(sealKind, held, `run ${runId}`);
  }
}
