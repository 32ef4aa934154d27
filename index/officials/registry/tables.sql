-- The officials' registry: what the recognizer found, who was decided to be who, and which posts they held when.
CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS article (
  id         TEXT PRIMARY KEY,
  version    INTEGER NOT NULL,
  recognizer TEXT NOT NULL,                 -- version of the recognizer that read it
  title      TEXT NOT NULL,
  day        INTEGER,                       -- days since 1970-01-01
  context    TEXT NOT NULL,                 -- JSON: areas that it speaks of by level; levels of which only its text tells
  fresh      INTEGER NOT NULL DEFAULT 1,    -- recorded since the last resolution
  source     TEXT,
  province   TEXT,                          -- that it speaks of
  digest     TEXT NOT NULL DEFAULT ''       -- of the text, day and source that were read
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS article_province ON article (province, source);
CREATE INDEX IF NOT EXISTS article_source ON article (source);
CREATE TABLE IF NOT EXISTS moved (
  article TEXT NOT NULL REFERENCES article (id) ON DELETE CASCADE,
  key     TEXT NOT NULL,                    -- of the name of someone who led one province and now another
  old     TEXT NOT NULL,
  new     TEXT NOT NULL,
  day     INTEGER NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS moved_article ON moved (article);
CREATE INDEX IF NOT EXISTS article_fresh ON article (fresh) WHERE fresh;
CREATE INDEX IF NOT EXISTS article_day ON article (day);
CREATE TABLE IF NOT EXISTS found (
  number     INTEGER PRIMARY KEY,
  article    TEXT NOT NULL REFERENCES article (id) ON DELETE CASCADE,
  name       TEXT NOT NULL,
  key        TEXT NOT NULL,                 -- the name without marks and case
  mentions   INTEGER NOT NULL,
  rank       TEXT,
  is_foreign INTEGER NOT NULL,
  official   TEXT,
  reason     TEXT,                          -- why it is that official; null until resolved
  day        INTEGER                        -- the article's
) STRICT;
CREATE INDEX IF NOT EXISTS found_article ON found (article);
CREATE INDEX IF NOT EXISTS found_key ON found (key);
CREATE INDEX IF NOT EXISTS found_official ON found (official, day);
CREATE TABLE IF NOT EXISTS held (
  found        INTEGER NOT NULL REFERENCES found (number) ON DELETE CASCADE,
  place_in     INTEGER NOT NULL,            -- order of appearance
  title        TEXT NOT NULL,
  organisation TEXT,
  place        TEXT,
  former       INTEGER NOT NULL,
  mode         TEXT NOT NULL,
  sentence     TEXT NOT NULL,
  start        INTEGER NOT NULL,            -- of the sentence, in Article.text
  stop         INTEGER NOT NULL,
  day          INTEGER,                     -- that the sentence speaks of, else the article's
  said         INTEGER NOT NULL,            -- whether the sentence says that day
  office       TEXT,
  plain        INTEGER NOT NULL DEFAULT 0,  -- whether the office stands beside the name
  PRIMARY KEY (found, place_in)
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS held_office ON held (office);
CREATE TABLE IF NOT EXISTS said (           -- sentences that say what an official says
  found  INTEGER NOT NULL REFERENCES found (number) ON DELETE CASCADE,
  start  INTEGER NOT NULL,                  -- in Article.text
  stop   INTEGER NOT NULL,
  way    TEXT NOT NULL,                     -- lowered, as printed: cho biết, theo
  direct INTEGER NOT NULL,                  -- whether his or her own words stand there in quotation marks
  PRIMARY KEY (found, start)
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS pending (        -- resolved, not yet in the index
  article TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS official (
  id           TEXT PRIMARY KEY,
  name         TEXT NOT NULL,
  key          TEXT NOT NULL,
  sort         TEXT NOT NULL,               -- Vietnamese alphabetical order, given name first
  aliases      TEXT NOT NULL,               -- JSON: other printed forms
  is_foreign   INTEGER NOT NULL,
  rank         TEXT,
  first        INTEGER,
  last         INTEGER,
  articles     INTEGER NOT NULL,            -- 0: nothing names this one any more
  title        TEXT,
  organisation TEXT,
  merged_into  TEXT,
  office       TEXT                         -- the one that title and organisation name
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS official_key ON official (key);
CREATE INDEX IF NOT EXISTS official_sort ON official (sort);
CREATE TABLE IF NOT EXISTS office (
  id           TEXT PRIMARY KEY,
  title        TEXT NOT NULL,               -- as most often printed
  organisation TEXT,
  head         TEXT NOT NULL,
  body         TEXT NOT NULL,
  area         TEXT,
  level        TEXT,
  within       TEXT,
  tier         TEXT NOT NULL,
  exclusive    INTEGER NOT NULL,
  specific     INTEGER NOT NULL,
  sole         INTEGER NOT NULL,            -- whether one person holds it at a time, and no other bears its name
  complete     INTEGER NOT NULL,            -- whether its name says whose office it is
  minor        INTEGER NOT NULL,            -- a seat beside other offices: no headline where there is another
  holders      INTEGER NOT NULL,            -- borne out
  articles     INTEGER NOT NULL,            -- that say that these hold it
  belongs_to   TEXT                         -- id of its organisation
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS office_belongs ON office (belongs_to);
CREATE TABLE IF NOT EXISTS organisation (
  id   TEXT PRIMARY KEY,
  name TEXT NOT NULL                        -- as most often printed
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS tally (          -- what the mentions of an official add up to
  official TEXT NOT NULL,
  kind     TEXT NOT NULL,                   -- name, rank: mentions with it; foreign: mentions as one; article: articles
  text     TEXT NOT NULL,                   -- the name or rank
  times    INTEGER NOT NULL,
  PRIMARY KEY (official, kind, text)
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS together (       -- in how many articles two officials are both named; each pair both ways
  official TEXT NOT NULL,
  other    TEXT NOT NULL,
  articles INTEGER NOT NULL,
  PRIMARY KEY (official, other)
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS together_most ON together (official, articles DESC);
CREATE TABLE IF NOT EXISTS membership (
  official     TEXT NOT NULL,
  office       TEXT NOT NULL,
  first        INTEGER,                     -- first and last day on which it is said to be held
  last         INTEGER,
  times        INTEGER NOT NULL,            -- articles that say so
  former_first INTEGER,                     -- first day on which it is said to be past
  former_times INTEGER NOT NULL,
  mode         TEXT NOT NULL,
  stands       INTEGER NOT NULL DEFAULT 0,  -- whether the news bears it out
  since        INTEGER,                     -- day from which it is this one's, where another's came before
  until        INTEGER,                     -- day on which it had ended
  reason       TEXT NOT NULL DEFAULT '',    -- why it does not stand, or how it ended
  rival        TEXT NOT NULL DEFAULT '',    -- the official or office that the reason names
  articles     INTEGER NOT NULL DEFAULT 0,  -- that say it is held
  PRIMARY KEY (official, office)
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS membership_office ON membership (office);
CREATE TABLE IF NOT EXISTS evidence (       -- the sentences of a membership, so that a page reads those it prints
  office   TEXT NOT NULL,
  official TEXT NOT NULL,
  found    INTEGER NOT NULL,
  place_in INTEGER NOT NULL,
  article  TEXT NOT NULL,
  day      INTEGER,
  former   INTEGER NOT NULL,
  mode     TEXT NOT NULL,
  shown    INTEGER NOT NULL,                -- printed where no day is asked for
  plain    INTEGER NOT NULL,
  PRIMARY KEY (office, official, found, place_in)
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS evidence_shown ON evidence (official, office) WHERE shown = 1;
CREATE INDEX IF NOT EXISTS evidence_printed ON evidence (office, official) WHERE shown = 1;
CREATE INDEX IF NOT EXISTS evidence_day ON evidence (official, office, former, day, article);
CREATE INDEX IF NOT EXISTS evidence_mode ON evidence (official, office, mode) WHERE mode != '';
CREATE TABLE IF NOT EXISTS word (
  word TEXT NOT NULL,
  kind TEXT NOT NULL,                       -- official or office
  id   TEXT NOT NULL,
  PRIMARY KEY (kind, word, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS word_id ON word (kind, id);
