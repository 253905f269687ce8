-- What a brand asks of its mentions besides the model's heads: labels, and the words that speak for them.
CREATE TABLE brand_heads (
  brand_id   TEXT COLLATE "C" NOT NULL REFERENCES brands(id),
  name       TEXT COLLATE "C" NOT NULL,
  labels     TEXT COLLATE "C" NOT NULL,
  changed_at BIGINT NOT NULL,
  changed_by TEXT COLLATE "C",
  PRIMARY KEY (brand_id, name)
);
