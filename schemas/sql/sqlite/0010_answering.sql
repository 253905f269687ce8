-- Replies that wait before they are sent, and what helps people to write them.

-- When a reply was let go: after the time to take it back, or with its approval. The time that stands in the post.
ALTER TABLE replies ADD COLUMN send_at BIGINT;
DROP INDEX replies_one_sending;
CREATE UNIQUE INDEX replies_one_at_once ON replies(mention_id) WHERE state IN ('held', 'approval', 'sending');
DROP INDEX replies_due;
CREATE INDEX replies_due ON replies(next_try_at, state) WHERE state IN ('held', 'sending');

-- Replies of advocates whose trust is lower wait for staff.
ALTER TABLE brands ADD COLUMN approval_below_trust INTEGER NOT NULL DEFAULT 1;

-- Texts to begin with. Languages and topics are JSON arrays; empty ones fit everything.
CREATE TABLE templates (
  id         TEXT NOT NULL PRIMARY KEY,
  brand_id   TEXT NOT NULL REFERENCES brands(id),
  name       TEXT NOT NULL,
  text       TEXT NOT NULL,
  languages  TEXT NOT NULL,
  topics     TEXT NOT NULL,
  changed_at BIGINT NOT NULL,
  changed_by TEXT
);
CREATE UNIQUE INDEX templates_name ON templates(brand_id, name);

-- Pages that answer what is asked often.
CREATE TABLE knowledge_links (
  id         TEXT NOT NULL PRIMARY KEY,
  brand_id   TEXT NOT NULL REFERENCES brands(id),
  title      TEXT NOT NULL,
  url        TEXT NOT NULL,
  topics     TEXT NOT NULL,
  changed_at BIGINT NOT NULL,
  changed_by TEXT
);
CREATE UNIQUE INDEX knowledge_links_url ON knowledge_links(brand_id, url);

-- What was answered on a topic, the last first.
CREATE INDEX mentions_answered_topic ON mentions(brand_id, topic, language, status_at) WHERE status IN ('answered', 'resolved');
