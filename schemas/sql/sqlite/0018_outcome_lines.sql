-- How outcomes go with declarations, for each brand and kind of skill: who declares d does well in at_zero + slope * d of what comes to them. Made anew from
-- skill_evidence once a day; a kind without a row has the default.
CREATE TABLE outcome_lines (
  brand_id  TEXT NOT NULL REFERENCES brands(id) ON DELETE CASCADE,
  kind      TEXT NOT NULL,               -- of a skill: topic or lang
  at_zero   DOUBLE PRECISION NOT NULL,
  slope     DOUBLE PRECISION NOT NULL,
  spread    DOUBLE PRECISION NOT NULL,   -- how far declarations are off, a standard deviation
  chance    DOUBLE PRECISION NOT NULL,   -- variance of an outcome of weight 1
  fitted_at BIGINT NOT NULL,
  PRIMARY KEY (brand_id, kind)
);
