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

-- A conversation is named by its root; the table that gave it a number is not needed.
UPDATE mentions SET conversation_id = COALESCE(
  (SELECT id_of(c.network, c.root_id) FROM conversations c WHERE c.id = mentions.conversation_id), conversation_id);
DROP TABLE conversations;

-- Every stage writes the status: what is on its way through stands in one small index, what is at rest in those of the desk.
DROP INDEX mentions_status;
DROP INDEX mentions_stuck;
CREATE INDEX mentions_passing ON mentions(status, status_at) WHERE status IN ('received', 'classified');
CREATE INDEX mentions_status ON mentions(brand_id, status, id) WHERE status NOT IN ('received', 'classified');
CREATE INDEX mentions_open ON mentions(brand_id, priority DESC, created_at DESC, id) WHERE status = 'open';
CREATE INDEX mentions_queue ON mentions(brand_id, status, priority DESC, due_at, id) WHERE queue IS NOT NULL;

-- What was answered in a conversation, found without looking at all of it.
CREATE INDEX mentions_answered ON mentions(conversation_id, created_at) WHERE status IN ('answered', 'resolved');
