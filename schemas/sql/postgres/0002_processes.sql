-- More than one process on a database.

-- The journal is read in the order of (tx, seq), as far as no transaction that still runs could write before it: numbers become visible out of order.
ALTER TABLE journal ADD COLUMN tx BIGINT NOT NULL DEFAULT 0;
ALTER TABLE journal ALTER COLUMN tx SET DEFAULT CAST(CAST(pg_current_xact_id() AS text) AS bigint);
ALTER TABLE journal_readers ADD COLUMN tx BIGINT NOT NULL DEFAULT 0;
CREATE INDEX journal_committed ON journal(tx, seq);

-- Work that one process at a time does, and until when it may.
CREATE TABLE leases (
  name       TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  holder     TEXT COLLATE "C" NOT NULL,
  expires_at BIGINT NOT NULL,
  fence      BIGINT NOT NULL
);

-- The keys that protect secrets and sign-in, where processes share no folder.
CREATE TABLE data_protection_keys (
  id         TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  xml        TEXT COLLATE "C" NOT NULL,
  created_at BIGINT NOT NULL
);
