-- Where each capture lies in the WARC files. All of it can be read again from them.
CREATE TABLE IF NOT EXISTS file (
  name   TEXT PRIMARY KEY,
  size   INTEGER NOT NULL,             -- bytes that are whole records and listed in `capture`
  newest TEXT NOT NULL,                -- time of its newest capture, +07:00, or what servers said then if that is later
  crc    INTEGER                       -- CRC-32 of those bytes; NULL until a later Tra Tin than wrote them reads them
) STRICT;
CREATE TABLE IF NOT EXISTS capture (
  id       INTEGER PRIMARY KEY,
  url      TEXT NOT NULL,              -- that answered
  asked    TEXT NOT NULL,              -- that was asked for, before redirects
  status   INTEGER NOT NULL,
  fetched  TEXT NOT NULL,              -- ISO 8601, +07:00
  digest   TEXT NOT NULL,              -- of the payload
  file     TEXT NOT NULL REFERENCES file (name) ON DELETE CASCADE,
  offset   INTEGER NOT NULL,
  length   INTEGER NOT NULL,
  original INTEGER REFERENCES capture (id) ON DELETE CASCADE,  -- of a revisit: the capture that holds the body
  UNIQUE (file, offset)
) STRICT;
CREATE INDEX IF NOT EXISTS capture_url ON capture (url, fetched);
CREATE INDEX IF NOT EXISTS capture_asked ON capture (asked, fetched);
CREATE INDEX IF NOT EXISTS capture_digest ON capture (digest);
CREATE INDEX IF NOT EXISTS capture_original ON capture (original);
