-- The article store. `change` counts up with every kept version, withdrawal and removal: what a reindex reads on from.
CREATE TABLE IF NOT EXISTS article (
  id         TEXT PRIMARY KEY,
  url        TEXT UNIQUE,
  source     TEXT,
  published  TEXT,
  version    INTEGER NOT NULL,              -- the latest
  state      TEXT NOT NULL DEFAULT 'live',  -- live, withdrawn, removed (gone from the site, still found here)
  reason     TEXT,
  change     INTEGER NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS article_change ON article (change);
CREATE INDEX IF NOT EXISTS article_source ON article (source, published);
CREATE TABLE IF NOT EXISTS version (
  id         TEXT NOT NULL REFERENCES article (id),
  version    INTEGER NOT NULL,
  sha256     TEXT NOT NULL,
  kept       TEXT NOT NULL,                 -- when it came in, +07:00
  content    BLOB NOT NULL,                 -- zlib of the article's JSON
  PRIMARY KEY (id, version)
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS alias (
  url        TEXT PRIMARY KEY,
  id         TEXT NOT NULL REFERENCES article (id)
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS log (
  at TEXT NOT NULL, id TEXT NOT NULL, event TEXT NOT NULL, reason TEXT
) STRICT;
CREATE TABLE IF NOT EXISTS counter (one INTEGER PRIMARY KEY CHECK (one = 1), change INTEGER NOT NULL) STRICT;
INSERT OR IGNORE INTO counter VALUES (1, 0);
