-- Working together at the desk.

-- Who is named in a note, and whether they have seen it.
CREATE TABLE note_names (
  note_id    TEXT NOT NULL REFERENCES notes(id) ON DELETE CASCADE,
  person_id  TEXT NOT NULL,
  mention_id TEXT NOT NULL,
  seen_at    BIGINT,
  PRIMARY KEY (note_id, person_id)
);
CREATE INDEX note_names_person ON note_names(person_id, note_id);
CREATE INDEX note_names_unseen ON note_names(person_id, mention_id) WHERE seen_at IS NULL;

-- What advocates ask staff about a mention that they keep.
CREATE TABLE questions (
  id          TEXT NOT NULL PRIMARY KEY,
  brand_id    TEXT NOT NULL,
  mention_id  TEXT NOT NULL REFERENCES mentions(id) ON DELETE CASCADE,
  person_id   TEXT NOT NULL,
  fence       BIGINT NOT NULL,               -- of the claim under which it was asked
  text        TEXT NOT NULL,
  state       TEXT NOT NULL,               -- waiting, answered, or ended with the claim
  asked_at    BIGINT NOT NULL,
  answer      TEXT,
  answered_by TEXT,
  ended_at    BIGINT
);
CREATE UNIQUE INDEX questions_one_waiting ON questions(mention_id) WHERE state = 'waiting';
CREATE INDEX questions_waiting ON questions(brand_id, id) WHERE state = 'waiting';
CREATE INDEX questions_mention ON questions(mention_id, id);

-- Mentions that say what another says: closed, with a link to that.
CREATE TABLE duplicates (
  mention_id TEXT NOT NULL PRIMARY KEY REFERENCES mentions(id) ON DELETE CASCADE,
  of_id      TEXT NOT NULL REFERENCES mentions(id) ON DELETE CASCADE,
  marked_by  TEXT NOT NULL,
  marked_at  BIGINT NOT NULL
);
CREATE INDEX duplicates_of ON duplicates(of_id);
-- What an author wrote around a time.
DROP INDEX mentions_author;
CREATE INDEX mentions_author ON mentions(network, author_id, created_at);

-- Links that admins make; without an id it is the first set-up's.
ALTER TABLE setup_links ADD COLUMN id TEXT;
ALTER TABLE setup_links ADD COLUMN for_whom TEXT;
ALTER TABLE setup_links ADD COLUMN made_at BIGINT;
ALTER TABLE setup_links ADD COLUMN made_by TEXT;
CREATE UNIQUE INDEX setup_links_id ON setup_links(id) WHERE id IS NOT NULL;

-- What concerns no mention is little among all that the journal holds.
CREATE INDEX journal_settings ON journal(brand_id, seq) WHERE mention_id IS NULL;
