-- What people say of scores, and the models that learn from it.

-- Language and topic as scored stand here too, so that how often the model is right is counted from the index alone.
CREATE TABLE corrections (
  id            TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  mention_id    TEXT COLLATE "C" NOT NULL REFERENCES mentions(id) ON DELETE CASCADE,
  brand_id      TEXT COLLATE "C" NOT NULL,
  person_id     TEXT COLLATE "C" NOT NULL,
  head          TEXT COLLATE "C" NOT NULL,
  given         TEXT COLLATE "C" NOT NULL,               -- what the model said
  probability   DOUBLE PRECISION NOT NULL,
  model_version TEXT COLLATE "C" NOT NULL,
  label         TEXT COLLATE "C" NOT NULL,               -- what is right; the same for a confirmation
  language      TEXT COLLATE "C",
  topic         TEXT COLLATE "C",
  at            BIGINT NOT NULL
);
CREATE UNIQUE INDEX corrections_one ON corrections(mention_id, head, person_id);
CREATE INDEX corrections_export ON corrections(brand_id, id);
CREATE INDEX corrections_time ON corrections(brand_id, at, head, given, label, language, topic);

-- No row is live while the shipped model is: it needs none.
CREATE TABLE models (
  version   TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  parent    TEXT COLLATE "C" NOT NULL,
  status    TEXT COLLATE "C" NOT NULL,                   -- candidate, live or retired
  replaced  TEXT COLLATE "C",                            -- what was live before this one; null for the shipped model
  verdict   TEXT COLLATE "C" NOT NULL,
  figures   TEXT COLLATE "C" NOT NULL,
  file      BYTEA NOT NULL,
  made_at   BIGINT NOT NULL,
  made_by   TEXT COLLATE "C",
  status_at BIGINT NOT NULL,
  status_by TEXT COLLATE "C"
);
CREATE UNIQUE INDEX models_one_live ON models(status) WHERE status = 'live';
