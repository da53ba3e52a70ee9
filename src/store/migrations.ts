/**
 * The database's format, one step a number: a file at version n has had the first n applied. Never edit one that was released:
 * add the next. `dataset` columns hold what lists need, so that no list reads the large files.
 */
export const migrations: readonly string[] = [
  `
  CREATE TABLE datasets (
    id INTEGER PRIMARY KEY,
    root TEXT NOT NULL UNIQUE,
    addedAt INTEGER NOT NULL
  );
  CREATE TABLE dataset_versions (
    id INTEGER PRIMARY KEY,
    datasetId INTEGER NOT NULL REFERENCES datasets(id),
    contentHash TEXT NOT NULL,
    pictures INTEGER NOT NULL,
    classes INTEGER NOT NULL,
    file TEXT NOT NULL,
    scannedAt INTEGER NOT NULL,
    UNIQUE (datasetId, contentHash)
  );
  CREATE TABLE runs (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    note TEXT NOT NULL DEFAULT '',
    pinned INTEGER NOT NULL DEFAULT 0,
    state TEXT NOT NULL,
    attempt INTEGER NOT NULL DEFAULT 0,
    config TEXT NOT NULL,
    datasetVersionId INTEGER NOT NULL REFERENCES dataset_versions(id),
    result TEXT,
    error TEXT,
    leasePid INTEGER,
    leaseStart TEXT,
    createdAt INTEGER NOT NULL,
    endedAt INTEGER
  );
  CREATE INDEX runs_by_time ON runs (createdAt);
  CREATE TABLE events (
    runId TEXT NOT NULL REFERENCES runs(id) ON DELETE CASCADE,
    seq INTEGER NOT NULL,
    at INTEGER NOT NULL,
    step INTEGER NOT NULL,
    superseded INTEGER NOT NULL DEFAULT 0,
    body TEXT NOT NULL,
    PRIMARY KEY (runId, seq)
  ) WITHOUT ROWID;
  CREATE TABLE step_chunks (
    runId TEXT NOT NULL REFERENCES runs(id) ON DELETE CASCADE,
    firstSeq INTEGER NOT NULL,
    lastSeq INTEGER NOT NULL,
    lastStep INTEGER NOT NULL,
    validTo INTEGER,
    rows TEXT NOT NULL,
    PRIMARY KEY (runId, firstSeq)
  ) WITHOUT ROWID;
  CREATE TABLE snapshots (
    runId TEXT NOT NULL REFERENCES runs(id) ON DELETE CASCADE,
    cycle INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    name TEXT NOT NULL,
    step INTEGER NOT NULL,
    bytes INTEGER NOT NULL,
    accuracy TEXT,
    PRIMARY KEY (runId, cycle, sha256)
  ) WITHOUT ROWID;
  CREATE TABLE predictions (
    member TEXT NOT NULL,
    datasetVersionId INTEGER NOT NULL REFERENCES dataset_versions(id),
    split TEXT NOT NULL,
    runId TEXT REFERENCES runs(id) ON DELETE CASCADE,
    pictures INTEGER NOT NULL,
    classes INTEGER NOT NULL,
    probabilities BLOB NOT NULL,
    PRIMARY KEY (member, datasetVersionId, split)
  ) WITHOUT ROWID;
  `,
];
