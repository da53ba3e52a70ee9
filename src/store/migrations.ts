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
  // What lists of runs show stands in columns of its own: no list reads configurations, results or events.
  `
  CREATE TABLE run_numbers (last INTEGER NOT NULL);
  ALTER TABLE runs ADD COLUMN number INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE runs ADD COLUMN queuedAt INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE runs ADD COLUMN discardedBy TEXT;
  ALTER TABLE runs ADD COLUMN preset TEXT NOT NULL DEFAULT '';
  ALTER TABLE runs ADD COLUMN backbone TEXT;
  ALTER TABLE runs ADD COLUMN accuracy TEXT;
  ALTER TABLE runs ADD COLUMN heldOutAccuracy TEXT;
  ALTER TABLE runs ADD COLUMN chosen TEXT;
  ALTER TABLE runs ADD COLUMN seal TEXT;
  ALTER TABLE runs ADD COLUMN epoch INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE runs ADD COLUMN totalEpochs INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE runs ADD COLUMN cycle INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE runs ADD COLUMN totalCycles INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE runs ADD COLUMN curve TEXT NOT NULL DEFAULT '[]';

  INSERT INTO run_numbers SELECT count(*) FROM runs;
  UPDATE runs SET
    number = (SELECT count(*) FROM runs AS earlier WHERE (earlier.createdAt, earlier.id) <= (runs.createdAt, runs.id)),
    queuedAt = createdAt,
    preset = coalesce(config ->> '$.preset', ''),
    backbone = coalesce(result ->> '$.backbone', nullif(config ->> '$.model.backbone', 'auto')),
    accuracy = coalesce(nullif(result -> '$.test', 'null'), result -> '$.ensemble'),
    heldOutAccuracy = result -> '$.ensemble',
    chosen = result -> '$.selected',
    curve = (SELECT json_group_array(accuracy) FROM (
      SELECT body ->> '$.validation.accuracy' AS accuracy FROM events WHERE runId = runs.id AND superseded = 0
        AND body ->> '$.type' = 'epochEnded' AND body ->> '$.validation.accuracy' IS NOT NULL ORDER BY seq));
  UPDATE runs SET (epoch, totalEpochs) = (
    SELECT body ->> '$.epoch', body ->> '$.totalEpochs' FROM events WHERE runId = runs.id AND superseded = 0
      AND body ->> '$.type' = 'epochEnded' ORDER BY seq DESC LIMIT 1)
    WHERE EXISTS (SELECT 1 FROM events WHERE runId = runs.id AND superseded = 0 AND body ->> '$.type' = 'epochEnded');
  UPDATE runs SET (cycle, totalCycles) = (
    SELECT (body ->> '$.cycle') + 1, body ->> '$.totalCycles' FROM events WHERE runId = runs.id AND superseded = 0
      AND body ->> '$.type' = 'cycleEnded' ORDER BY seq DESC LIMIT 1)
    WHERE EXISTS (SELECT 1 FROM events WHERE runId = runs.id AND superseded = 0 AND body ->> '$.type' = 'cycleEnded');

  CREATE TABLE exports (
    id INTEGER PRIMARY KEY,
    runId TEXT NOT NULL REFERENCES runs(id) ON DELETE CASCADE,
    format TEXT NOT NULL,
    path TEXT NOT NULL,
    bytes INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    madeAt INTEGER NOT NULL,
    members TEXT NOT NULL,
    verification TEXT NOT NULL
  );
  CREATE INDEX exports_by_run ON exports (runId, madeAt);
  CREATE TABLE measurements (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    threads INTEGER,
    work REAL NOT NULL,
    amount REAL NOT NULL,
    at INTEGER NOT NULL
  );
  CREATE INDEX measurements_by_subject ON measurements (kind, subject, at);
  `,
  // The last scan of a folder and the changes made by hand to it; `revision` rises with each of either.
  `
  ALTER TABLE datasets ADD COLUMN openedAt INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE datasets ADD COLUMN hidden INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE datasets ADD COLUMN revision INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE datasets ADD COLUMN scanFile TEXT;
  ALTER TABLE datasets ADD COLUMN scannedAt INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE datasets ADD COLUMN added TEXT NOT NULL DEFAULT '[]';
  ALTER TABLE datasets ADD COLUMN edits INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE datasets ADD COLUMN contentHash TEXT NOT NULL DEFAULT '';
  ALTER TABLE datasets ADD COLUMN pictures INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE datasets ADD COLUMN classes INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE datasets ADD COLUMN samples TEXT NOT NULL DEFAULT '[]';
  UPDATE datasets SET (openedAt, scanFile, scannedAt, contentHash, pictures, classes) = (
    SELECT scannedAt, file, scannedAt, contentHash, pictures, classes FROM dataset_versions WHERE datasetId = datasets.id
      ORDER BY scannedAt DESC, id DESC LIMIT 1)
    WHERE EXISTS (SELECT 1 FROM dataset_versions WHERE datasetId = datasets.id);
  CREATE TABLE dataset_edits (
    datasetId INTEGER NOT NULL REFERENCES datasets(id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (datasetId, position)
  );
  CREATE TABLE changes (
    what TEXT NOT NULL,
    id TEXT NOT NULL,
    seq INTEGER NOT NULL,
    author TEXT NOT NULL,
    PRIMARY KEY (what, id)
  ) WITHOUT ROWID;
  `,
  // Members of several kinds, by name. A trial is marked; nothing keeps what the test part gave where lists read it.
  `
  CREATE TABLE members (
    runId TEXT NOT NULL REFERENCES runs(id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    position INTEGER NOT NULL,
    step INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    bytes INTEGER NOT NULL,
    accuracy TEXT,
    PRIMARY KEY (runId, name)
  ) WITHOUT ROWID;
  INSERT OR REPLACE INTO members
    SELECT runId, name, iif(name LIKE 'fold-%', 'fold', 'snapshot'), cycle, step, sha256, bytes, accuracy FROM snapshots
    ORDER BY step;
  DROP TABLE snapshots;
  ALTER TABLE runs DROP COLUMN accuracy;
  ALTER TABLE runs ADD COLUMN purpose TEXT NOT NULL DEFAULT 'run';
  `,
  // Results have figures beside their accuracies, a temperature and verdicts; no column changes.
  '',
];
