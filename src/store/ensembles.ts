import type { ChosenMember, TestSeal } from '../protocol/ensemble-view.ts';
import type { Database } from './driver.ts';

/** What was decided about a run's ensemble after its training. */
export class EnsembleTable {
  readonly #database: Database.Database;

  constructor(database: Database.Database) {
    this.#database = database;
  }

  /** Members that prediction and export average from now on. */
  choose(runId: string, members: readonly ChosenMember[]): void {
    this.#database.prepare('UPDATE runs SET chosen = ? WHERE id = ?').run(JSON.stringify(members), runId);
  }

  /** The first seal stays, whatever comes later; gives the one that holds. */
  seal(runId: string, seal: TestSeal): TestSeal {
    const sql = 'UPDATE runs SET seal = coalesce(seal, ?) WHERE id = ? RETURNING seal';
    const held = this.#database.prepare<[string, string], string>(sql).pluck().get(JSON.stringify(seal), runId);
    return held === undefined ? seal : (JSON.parse(held) as TestSeal);
  }
}
