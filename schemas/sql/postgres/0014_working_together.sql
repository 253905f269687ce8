-- Working together at the desk.

-- Who is named in a note, and whether they have seen it.
CREATE TABLE note_names (
  note_id    TEXT COLLATE "C" NOT NULL REFERENCES notes(id) ON DELETE CASCADE,
  person_id  TEXT COLLATE "C" NOT NULL,
  mention_id TEXT COLLATE "C" NOT NULL,
  seen_at    BIGINT,
  PRIMARY KEY (note_id, person_id)
);
CREATE INDEX note_names_person ON note_names(person_id, note_id);
CREATE INDEX note_names_unseen ON note_names(person_id, mention_id) WHERE seen_at IS NULL;
