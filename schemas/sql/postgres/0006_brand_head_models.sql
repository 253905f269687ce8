-- What was learned of a brand's own head from corrections; it goes with the head.
CREATE TABLE brand_head_models (
  brand_id TEXT COLLATE "C" NOT NULL,
  name     TEXT COLLATE "C" NOT NULL,
  file     BYTEA NOT NULL,
  made_at  BIGINT NOT NULL,
  PRIMARY KEY (brand_id, name),
  FOREIGN KEY (brand_id, name) REFERENCES brand_heads(brand_id, name) ON DELETE CASCADE
);
