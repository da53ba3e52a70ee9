import type { Database } from './driver.ts';

/**
 * Asks and changes the workspace's database; each statement is prepared once. Values stand for the `?` of a statement in their order, or
 * one object for its `$names`.
 */
export abstract class Table {
  readonly #database: Database.Database;
  readonly #ofRows = new Map<string, Database.Statement<unknown[]>>();
  readonly #ofFirstColumn = new Map<string, Database.Statement<unknown[]>>();

  constructor(database: Database.Database) {
    this.#database = database;
  }

  /** How many rows changed. */
  protected run(sql: string, ...values: readonly unknown[]): number {
    return this.#prepared(sql).run(...values).changes;
  }

  protected row<Row>(sql: string, ...values: readonly unknown[]): Row | undefined {
    return this.#prepared(sql).get(...values) as Row | undefined;
  }

  protected rows<Row>(sql: string, ...values: readonly unknown[]): Row[] {
    return this.#prepared(sql).all(...values) as Row[];
  }

  /** The first column of the first row. */
  protected value<T>(sql: string, ...values: readonly unknown[]): T | undefined {
    return this.#prepared(sql, true).get(...values) as T | undefined;
  }

  /** The first column of every row. */
  protected column<T>(sql: string, ...values: readonly unknown[]): T[] {
    return this.#prepared(sql, true).all(...values) as T[];
  }

  /** In one transaction that waits for those of other processes. */
  protected transaction<T>(work: () => T): T {
    return this.#database.transaction(work).immediate();
  }

  /** `firstColumn`: of each row that alone. */
  #prepared(sql: string, firstColumn = false): Database.Statement<unknown[]> {
    const statements = firstColumn ? this.#ofFirstColumn : this.#ofRows;
    let statement = statements.get(sql);
    if (!statement) {
      statement = this.#database.prepare<unknown[]>(sql);
      if (firstColumn) statement.pluck();
      statements.set(sql, statement);
    }
    return statement;
  }
}

/** SQL: the text of a column of JSON, null where it is damaged, so that one such row does not fail a query over many. */
export const readableJson = (column: string): string => `CASE WHEN json_valid(${column}) THEN ${column} END`;
