-- Times are Unix milliseconds; ids are UUID v7 in lower-case text; JSON columns hold text.

CREATE TABLE brands (
  id         TEXT NOT NULL PRIMARY KEY,
  name       TEXT NOT NULL,
  created_at BIGINT NOT NULL
);

-- Networks

CREATE TABLE channels (
  id          TEXT NOT NULL PRIMARY KEY,
  brand_id    TEXT NOT NULL REFERENCES brands(id),
  network     TEXT NOT NULL,
  name        TEXT NOT NULL,
  settings    TEXT NOT NULL,
  secret      TEXT,          -- protected
  session     TEXT,          -- protected
  account_handle TEXT,       -- the brand's own account, lower case
  disabled_at BIGINT,
  last_error  TEXT,
  last_error_at BIGINT,
  last_heard_at BIGINT,
  created_at  BIGINT NOT NULL,
  updated_at  BIGINT NOT NULL
);

CREATE TABLE channel_cursors (
  channel_id TEXT NOT NULL REFERENCES channels(id) ON DELETE CASCADE,
  stream     TEXT NOT NULL,
  cursor     TEXT NOT NULL,
  updated_at BIGINT NOT NULL,
  PRIMARY KEY (channel_id, stream)
);

-- Mentions: status, priority, queue, due_at, assignee, fence and claim_expires_at are written by MentionLifecycle alone.

CREATE TABLE mentions (
  id               TEXT NOT NULL PRIMARY KEY,
  brand_id         TEXT NOT NULL REFERENCES brands(id),
  channel_id       TEXT,
  network          TEXT NOT NULL,
  external_id      TEXT NOT NULL,
  content_id       TEXT,
  url              TEXT,
  conversation_id  TEXT NOT NULL,
  in_reply_to      TEXT,
  root_id          TEXT,
  root_content_id  TEXT,
  author_id        TEXT NOT NULL,
  author_handle    TEXT NOT NULL,
  author_name      TEXT,
  author_followers BIGINT,
  text             TEXT NOT NULL,
  languages        TEXT,
  brand_handle     TEXT,
  relation         TEXT NOT NULL,
  is_repost        INTEGER NOT NULL DEFAULT 0,
  created_at       BIGINT NOT NULL,
  received_at      BIGINT NOT NULL,
  status           TEXT NOT NULL,
  status_at        BIGINT NOT NULL,
  priority         INTEGER NOT NULL DEFAULT 0,
  queue            TEXT,
  due_at           BIGINT,
  assignee_id      TEXT,
  fence            BIGINT NOT NULL DEFAULT 0,
  claim_expires_at BIGINT,
  version          BIGINT NOT NULL DEFAULT 1
);
CREATE UNIQUE INDEX mentions_identity ON mentions(network, external_id);
CREATE INDEX mentions_conversation ON mentions(conversation_id, created_at);
CREATE INDEX mentions_status ON mentions(brand_id, status, priority DESC, created_at);
CREATE INDEX mentions_stuck ON mentions(status, status_at);
CREATE INDEX mentions_assignee ON mentions(assignee_id, status) WHERE assignee_id IS NOT NULL;
CREATE INDEX mentions_claims ON mentions(claim_expires_at) WHERE claim_expires_at IS NOT NULL;
CREATE INDEX mentions_author ON mentions(network, author_id);

CREATE TABLE conversations (
  id         TEXT NOT NULL PRIMARY KEY,
  brand_id   TEXT NOT NULL REFERENCES brands(id),
  network    TEXT NOT NULL,
  root_id    TEXT NOT NULL,
  created_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX conversations_root ON conversations(network, root_id);

CREATE TABLE journal (
  seq        INTEGER PRIMARY KEY AUTOINCREMENT,
  at         BIGINT NOT NULL,
  brand_id   TEXT,
  mention_id TEXT,
  actor_id   TEXT,
  actor_role TEXT,               -- what the actor was then: points must not change with a later role
  kind       TEXT NOT NULL,
  data       TEXT
);
CREATE INDEX journal_mention ON journal(mention_id, seq) WHERE mention_id IS NOT NULL;
CREATE INDEX journal_actor ON journal(actor_id, seq) WHERE actor_id IS NOT NULL;

CREATE TABLE journal_readers (
  name TEXT NOT NULL PRIMARY KEY,
  seq  BIGINT NOT NULL
);

-- Classification

CREATE TABLE scores (
  mention_id    TEXT NOT NULL PRIMARY KEY REFERENCES mentions(id) ON DELETE CASCADE,
  model_version TEXT NOT NULL,
  language      TEXT NOT NULL,
  sentiment     TEXT NOT NULL,
  anger         DOUBLE PRECISION NOT NULL,   -- probability, 0 to 1
  toxicity      DOUBLE PRECISION NOT NULL,
  topic         TEXT NOT NULL,
  heads         TEXT NOT NULL,               -- every head with probabilities; read by the router
  causes        TEXT NOT NULL,               -- what caused them; read by people
  scored_at     BIGINT NOT NULL
);

-- Routing

CREATE TABLE rule_sets (
  brand_id     TEXT NOT NULL REFERENCES brands(id),
  version      INTEGER NOT NULL,
  document     TEXT NOT NULL,
  author_id    TEXT,
  created_at   BIGINT NOT NULL,
  published_at BIGINT,
  PRIMARY KEY (brand_id, version)
);

CREATE TABLE decisions (
  id               TEXT NOT NULL PRIMARY KEY,
  mention_id       TEXT NOT NULL REFERENCES mentions(id) ON DELETE CASCADE,
  rule_set_version INTEGER NOT NULL,
  rule             TEXT,
  outcome          TEXT NOT NULL,
  explanation      TEXT NOT NULL,
  decided_at       BIGINT NOT NULL
);
CREATE INDEX decisions_mention ON decisions(mention_id, decided_at);

CREATE TABLE offers (
  id          TEXT NOT NULL PRIMARY KEY,
  mention_id  TEXT NOT NULL REFERENCES mentions(id) ON DELETE CASCADE,
  person_id   TEXT NOT NULL,
  decision_id TEXT,
  state       TEXT NOT NULL,
  reason      TEXT,
  offered_at  BIGINT NOT NULL,
  expires_at  BIGINT NOT NULL,
  ended_at    BIGINT
);
CREATE UNIQUE INDEX offers_one_open ON offers(mention_id) WHERE state = 'open';
CREATE INDEX offers_mention ON offers(mention_id);
CREATE INDEX offers_person ON offers(person_id, state);
CREATE INDEX offers_due ON offers(expires_at) WHERE state = 'open';

-- Open mentions that wait for the router to look again.
CREATE TABLE waiting (
  mention_id     TEXT NOT NULL PRIMARY KEY REFERENCES mentions(id) ON DELETE CASCADE,
  next_look_at   BIGINT NOT NULL,
  overflow_at    BIGINT NOT NULL
);
CREATE INDEX waiting_due ON waiting(next_look_at);

-- Engagement

CREATE TABLE replies (
  id          TEXT NOT NULL PRIMARY KEY,
  mention_id  TEXT NOT NULL REFERENCES mentions(id) ON DELETE CASCADE,
  channel_id  TEXT,
  network     TEXT NOT NULL,
  person_id   TEXT NOT NULL,
  fence       BIGINT NOT NULL,
  text        TEXT NOT NULL,       -- as sent, signature included
  network_key TEXT NOT NULL,
  state       TEXT NOT NULL,
  external_id TEXT,
  content_id  TEXT,
  url         TEXT,
  error       TEXT,
  attempts    INTEGER NOT NULL DEFAULT 0,
  next_try_at BIGINT,
  lease_until BIGINT,
  created_at  BIGINT NOT NULL,
  posted_at   BIGINT
);
CREATE UNIQUE INDEX replies_one_sending ON replies(mention_id) WHERE state = 'sending';
CREATE INDEX replies_mention ON replies(mention_id, created_at);
CREATE INDEX replies_due ON replies(next_try_at) WHERE state = 'sending';
CREATE INDEX replies_external ON replies(network, external_id) WHERE external_id IS NOT NULL;
CREATE INDEX replies_person ON replies(person_id, created_at);

-- Escalation

CREATE TABLE notes (
  id         TEXT NOT NULL PRIMARY KEY,
  mention_id TEXT NOT NULL REFERENCES mentions(id) ON DELETE CASCADE,
  person_id  TEXT NOT NULL,
  text       TEXT NOT NULL,
  created_at BIGINT NOT NULL
);
CREATE INDEX notes_mention ON notes(mention_id, created_at);

-- Community

CREATE TABLE people (
  id               TEXT NOT NULL PRIMARY KEY,
  brand_id         TEXT NOT NULL REFERENCES brands(id),
  login            TEXT NOT NULL,
  name             TEXT NOT NULL,
  role             TEXT NOT NULL,
  password_hash    TEXT,
  security_stamp   TEXT NOT NULL,
  failed_sign_ins  INTEGER NOT NULL DEFAULT 0,
  locked_until     BIGINT,
  trust            INTEGER NOT NULL DEFAULT 1,
  capacity         INTEGER NOT NULL DEFAULT 3,
  bio              TEXT,
  away_since       BIGINT,
  suspended_at     BIGINT,
  suspended_reason TEXT,
  created_at       BIGINT NOT NULL
);
CREATE UNIQUE INDEX people_login ON people(login);
CREATE INDEX people_role ON people(brand_id, role);

CREATE TABLE skills (
  person_id   TEXT NOT NULL REFERENCES people(id) ON DELETE CASCADE,
  skill       TEXT NOT NULL,       -- kind:value
  proficiency DOUBLE PRECISION NOT NULL,
  PRIMARY KEY (person_id, skill)
);

CREATE TABLE api_keys (
  id         TEXT NOT NULL PRIMARY KEY,
  person_id  TEXT NOT NULL REFERENCES people(id) ON DELETE CASCADE,
  name       TEXT NOT NULL,
  hash       TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  revoked_at BIGINT
);
CREATE UNIQUE INDEX api_keys_hash ON api_keys(hash);

-- One-time links: the first set-up, and invitations later.
CREATE TABLE setup_links (
  hash       TEXT NOT NULL PRIMARY KEY,
  brand_id   TEXT NOT NULL,
  role       TEXT NOT NULL,
  expires_at BIGINT NOT NULL,
  used_at    BIGINT
);

CREATE TABLE points (
  journal_seq BIGINT NOT NULL,
  rule        TEXT NOT NULL,
  person_id   TEXT NOT NULL,
  brand_id    TEXT NOT NULL,
  mention_id  TEXT,
  points      INTEGER NOT NULL,
  reason      TEXT NOT NULL,
  at          BIGINT NOT NULL,
  PRIMARY KEY (journal_seq, rule, person_id)
);
CREATE INDEX points_person ON points(person_id, at);
CREATE INDEX points_brand ON points(brand_id, at);
