-- The frontier: every URL that is known, what became of it, and when it is due again.
CREATE TABLE page (
  url           TEXT PRIMARY KEY,
  site          TEXT NOT NULL,               -- Site.host
  kind          TEXT NOT NULL,               -- feed, sitemap, list, article
  rank          INTEGER NOT NULL,            -- what is fetched first: 0 feeds, lists, sitemaps, articles, 4 known articles
  depth         INTEGER NOT NULL,            -- links away from a feed, sitemap or list
  state         TEXT NOT NULL,               -- queued, fetching, done, failed, blocked, skipped
  reason        TEXT,
  tries         INTEGER NOT NULL DEFAULT 0,  -- since it last went well
  due           TEXT,                        -- when it is to be fetched (again); NULL: never
  started       TEXT,                        -- when its fetching began
  first         TEXT,                        -- when it was first fetched
  fetched       TEXT,                        -- when it was last fetched
  dated         TEXT,                        -- when it was published, as far as a feed, a sitemap or the page tells
  modified      TEXT,                        -- when a sitemap says it was last edited
  etag          TEXT,
  last_modified TEXT,
  article       TEXT                         -- the id in the store
) STRICT, WITHOUT ROWID;
CREATE INDEX page_queue ON page (site, rank, dated DESC) WHERE due IS NOT NULL;
CREATE INDEX page_state ON page (state, site);
CREATE TABLE rules (
  origin TEXT PRIMARY KEY, verdict TEXT NOT NULL, fetched REAL NOT NULL, text TEXT NOT NULL, reason TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE site (
  host         TEXT PRIMARY KEY,
  last_run     TEXT,                         -- when it was last crawled
  last_success TEXT,                         -- when a page of it was last fetched and read
  needs        TEXT                          -- JSON: why it needs attention, after its last run
) STRICT, WITHOUT ROWID;
