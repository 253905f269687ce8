-- What a brand asks of its mentions besides the model's heads: labels, and the words that speak for them.
CREATE TABLE brand_heads (
  brand_id   TEXT NOT NULL REFERENCES brands(id),
  name       TEXT NOT NULL,
  labels     TEXT NOT NULL,
  changed_at BIGINT NOT NULL,
  changed_by TEXT,
  PRIMARY KEY (brand_id, name)
);
