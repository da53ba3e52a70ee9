import type { ChosenMember, TestSeal } from '../protocol/ensemble-view.ts';
import { decode, encode } from '../stored/kind.ts';
import { chosenKind, sealKind } from '../stored/run.ts';
import type { Database } from './driver.ts';

/** What was decided about a run's ensemble after its training. */
export class EnsembleTable {
  readonly #database: Database.Database;

  constructor(database: Database.Database) {
    this.#database = database;
  }

  /** Members that prediction and export average from now on. */
  choose(runId: string, members: readonly ChosenMember[]): void {
    this.#database.prepare('UPDATE runs SET chosen = ? WHERE id = ?').run(encode(chosenKind, members), runId);
  }

  /** The first seal stays, whatever comes later; gives the one that holds. */
  seal(runId: string, seal: TestSeal): TestSeal {
    const sql = 'UPDATE runs SET seal = coalesce(seal, ?) WHERE id = ? RETURNING seal';
    const held = this.#database.prepare<[string, string], string>(sql).pluck().get(encode(sealKind, seal), runId);
    return held === undefined ? seal : decode(sealKind, held, `run ${runId}`);
  }
}
