-- What alerts told and have to tell. One run writes what it matched in one transaction; each message is marked when sent.
CREATE TABLE alert (
  name    TEXT PRIMARY KEY,
  feed    TEXT NOT NULL UNIQUE,             -- names its feed to whoever may read it
  off_key TEXT NOT NULL UNIQUE,             -- whoever has it may switch the alert off: it stands in every message
  made    TEXT NOT NULL,
  off     TEXT,                             -- when it was switched off
  view    TEXT                              -- the parameters of its page of results when it was matched last
) STRICT, WITHOUT ROWID;
CREATE TABLE told (                         -- an article is told once to an alert, whatever becomes of its text
  alert     TEXT NOT NULL,
  article   TEXT NOT NULL,
  title     TEXT NOT NULL,
  url       TEXT,
  source    TEXT,
  published TEXT,
  snippet   TEXT NOT NULL,
  at        TEXT NOT NULL,
  batch     INTEGER,                        -- the messages that tell it; null while it waits for them
  PRIMARY KEY (alert, article)
) STRICT, WITHOUT ROWID;
CREATE INDEX told_waiting ON told (alert) WHERE batch IS NULL;
CREATE INDEX told_batch ON told (batch);
CREATE TABLE message (
  number   INTEGER PRIMARY KEY AUTOINCREMENT,
  alert    TEXT NOT NULL,
  batch    INTEGER NOT NULL,
  channel  TEXT NOT NULL,                   -- email or webhook
  target   TEXT NOT NULL,
  made     TEXT NOT NULL,
  sent     TEXT,
  refused  TEXT,                            -- for good, and why
  attempts INTEGER NOT NULL DEFAULT 0,
  problem  TEXT                             -- of the last attempt
) STRICT;
CREATE INDEX message_waiting ON message (number) WHERE sent IS NULL AND refused IS NULL;
CREATE INDEX message_alert ON message (alert, made);
CREATE TABLE progress (one INTEGER PRIMARY KEY CHECK (one = 1), change INTEGER, id TEXT NOT NULL) STRICT;
INSERT INTO progress VALUES (1, NULL, lower(hex(randomblob(8))));
