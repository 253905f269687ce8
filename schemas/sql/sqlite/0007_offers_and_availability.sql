-- Offers to several advocates at once, claims that can be kept longer, drafts that wait for their author, and when people want offers.

-- Whoever is asked has one open offer of a mention; how many are asked is the rule's matter.
DROP INDEX offers_one_open;
CREATE UNIQUE INDEX offers_one_open ON offers(mention_id, person_id) WHERE state = 'open';
-- Why somebody declined; the column beside it has their own words.
ALTER TABLE offers ADD COLUMN reason_code TEXT;

-- How long a claim lasts: what the rule says, while a mention waits for the crowd; what was given, once it is claimed.
ALTER TABLE waiting ADD COLUMN claim_minutes DOUBLE PRECISION;
ALTER TABLE mentions ADD COLUMN claim_minutes DOUBLE PRECISION;
ALTER TABLE mentions ADD COLUMN claim_extensions INTEGER NOT NULL DEFAULT 0;

-- What somebody has written and not sent; nobody else sees it.
CREATE TABLE drafts (
  mention_id TEXT NOT NULL REFERENCES mentions(id) ON DELETE CASCADE,
  person_id  TEXT NOT NULL,
  text       TEXT NOT NULL,
  saved_at   BIGINT NOT NULL,
  PRIMARY KEY (mention_id, person_id)
);

-- Why somebody is away: null when they said so themselves. Quiet hours are minutes of the day on the clock of the time zone.
ALTER TABLE people ADD COLUMN away_reason TEXT;
ALTER TABLE people ADD COLUMN time_zone TEXT;
ALTER TABLE people ADD COLUMN quiet_from INTEGER;
ALTER TABLE people ADD COLUMN quiet_until INTEGER;
ALTER TABLE people ADD COLUMN daily_limit INTEGER;
-- How many somebody claimed since midnight, counted from the index alone.
CREATE INDEX journal_claims ON journal(actor_id, at) WHERE kind = 'claim.taken';
