-- More than one process on a database.

-- The journal is read in the order of (tx, seq). With one writer the numbers alone are the order of commits.
ALTER TABLE journal ADD COLUMN tx BIGINT NOT NULL DEFAULT 0;
ALTER TABLE journal_readers ADD COLUMN tx BIGINT NOT NULL DEFAULT 0;

-- Work that one process at a time does, and until when it may.
CREATE TABLE leases (
  name       TEXT NOT NULL PRIMARY KEY,
  holder     TEXT NOT NULL,
  expires_at BIGINT NOT NULL,
  fence      BIGINT NOT NULL
);

-- The keys that protect secrets and sign-in, where processes share no folder.
CREATE TABLE data_protection_keys (
  id         TEXT NOT NULL PRIMARY KEY,
  xml        TEXT NOT NULL,
  created_at BIGINT NOT NULL
);
