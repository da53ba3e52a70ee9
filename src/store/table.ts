import type { Database } from './driver.ts';

/** Asks and changes the workspace's database. Values stand for the `?` of a statement in their order, or one object for its `$names`. */
export abstract class Table {
  readonly #database: Database.Database;

  constructor(database: Database.Database) {
    this.#database = database;
  }

  /** How many rows changed. */
  protected run(sql: string, ...values: readonly unknown[]): number {
    return this.#database.prepare(sql).run(...values).changes;
  }

  protected row<Row>(sql: string, ...values: readonly unknown[]): Row | undefined {
    return this.#database.prepare<unknown[], Row>(sql).get(...values);
  }

  protected rows<Row>(sql: string, ...values: readonly unknown[]): Row[] {
    return this.#database.prepare<unknown[], Row>(sql).all(...values);
  }

  /** The first column of the first row. */
  protected value<T>(sql: string, ...values: readonly unknown[]): T | undefined {
    return this.#database
      .prepare<unknown[], T>(sql)
      .pluck()
      .get(...values);
  }

  /** The first column of every row. */
  protected column<T>(sql: string, ...values: readonly unknown[]): T[] {
    return this.#database
      .prepare<unknown[], T>(sql)
      .pluck()
      .all(...values);
  }

  /** In one transaction that waits for those of other processes. */
  protected transaction<T>(work: () => T): T {
    return this.#database.transaction(work).immediate();
  }
}
