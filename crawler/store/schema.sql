-- The article store. `change` counts up with every kept version, withdrawal and removal: what a reindex reads on from.
CREATE TABLE article (
  id         TEXT PRIMARY KEY,
  url        TEXT UNIQUE,                   -- canonical, of the version that is shown
  source     TEXT,
  published  TEXT,
  version    INTEGER NOT NULL,              -- the one that is shown; an older capture may be kept under a later number
  state      TEXT NOT NULL DEFAULT 'live',  -- live, withdrawn, removed (gone from the site, still found here)
  reason     TEXT,
  change     INTEGER NOT NULL
) STRICT;
CREATE INDEX article_change ON article (change);
CREATE INDEX article_source ON article (source, published);
CREATE TABLE version (
  id         TEXT NOT NULL REFERENCES article (id),
  version    INTEGER NOT NULL,
  sha256     TEXT NOT NULL,
  fetched    TEXT,                          -- which capture of the page it was read from, when it was crawled
  kept       TEXT NOT NULL,                 -- when it came in, +07:00
  content    BLOB NOT NULL,                 -- zlib of the article's JSON
  PRIMARY KEY (id, version)
) STRICT;
CREATE TABLE alias (
  url        TEXT PRIMARY KEY,
  id         TEXT NOT NULL REFERENCES article (id)
) STRICT, WITHOUT ROWID;
CREATE INDEX alias_id ON alias (id);
CREATE TABLE log (
  at TEXT NOT NULL, id TEXT NOT NULL, event TEXT NOT NULL, reason TEXT
) STRICT;
CREATE TABLE counter (one INTEGER PRIMARY KEY CHECK (one = 1), change INTEGER NOT NULL) STRICT;
INSERT INTO counter VALUES (1, 0);
