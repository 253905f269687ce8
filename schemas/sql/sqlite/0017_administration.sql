-- What a brand decides for itself; null where it takes what the installation's configuration says.
ALTER TABLE brands ADD COLUMN signature TEXT;
ALTER TABLE brands ADD COLUMN undo_seconds INTEGER;
ALTER TABLE brands ADD COLUMN claim_minutes INTEGER;
ALTER TABLE brands ADD COLUMN ignored_offers INTEGER;
ALTER TABLE brands ADD COLUMN keep_days INTEGER;

-- What was put under the text, so that it can be taken away again after the brand has another; null for replies from before.
ALTER TABLE replies ADD COLUMN signature TEXT;

-- How each part of a channel fares: its streams by their names, and the sending of its replies. What stands with the channel itself is for
-- programs from before, which may still run beside.
CREATE TABLE channel_parts (
  channel_id  TEXT NOT NULL REFERENCES channels(id) ON DELETE CASCADE,
  part        TEXT NOT NULL,
  heard_at    BIGINT,          -- when the network last answered
  position_at BIGINT,          -- everything written until then was heard
  post_at     BIGINT,          -- when the newest post was written
  stored_at   BIGINT,          -- when that one was stored
  trouble     TEXT,          -- its kind; null while the part works
  error       TEXT,          -- in the words of who said it
  error_at    BIGINT,          -- since when
  retry_at    BIGINT,
  PRIMARY KEY (channel_id, part)
);

-- How many posts were stored, counted by five minutes and kept for a day.
CREATE TABLE channel_posts (
  channel_id TEXT NOT NULL REFERENCES channels(id) ON DELETE CASCADE,
  from_at    BIGINT NOT NULL,
  posts      INTEGER NOT NULL,
  PRIMARY KEY (channel_id, from_at)
);
CREATE INDEX replies_failed ON replies(channel_id, created_at) WHERE state = 'failed';

-- Trainings that were asked for at the desk: the request, how far it is, and what came of it. One at a time.
CREATE TABLE trainings (
  id         TEXT NOT NULL PRIMARY KEY,
  asked_by   TEXT,
  brand_id   TEXT NOT NULL,
  asked_at   BIGINT NOT NULL,
  started_at BIGINT,
  stage      TEXT NOT NULL,
  ended_at   BIGINT,           -- null while it waits or runs
  candidate  TEXT,           -- the model that came of it
  is_live    INTEGER NOT NULL DEFAULT 0,
  said       TEXT,
  own        TEXT            -- what was learned for the brands' own heads: a JSON array of sentences
);
CREATE UNIQUE INDEX trainings_one_open ON trainings((ended_at IS NULL)) WHERE ended_at IS NULL;

-- What came to staff since a moment.
CREATE INDEX mentions_escalated ON mentions(brand_id, status_at) WHERE status = 'escalated';
