-- Proficiency follows from what somebody declared, what came of their answers, and what an admin pinned. The router reads skills.proficiency alone.

ALTER TABLE skills ADD COLUMN declared DOUBLE PRECISION;   -- null: learned from outcomes, or only pinned
ALTER TABLE skills ADD COLUMN pinned DOUBLE PRECISION;
ALTER TABLE skills ADD COLUMN pinned_by TEXT;
ALTER TABLE skills ADD COLUMN pinned_at BIGINT;
UPDATE skills SET declared = proficiency;

-- What came of a claim, for each skill that its mention asked for. The rows outlive their mention, like points.
CREATE TABLE skill_outcomes (
  mention_id TEXT NOT NULL,
  attempt    BIGINT NOT NULL,            -- number of the journal entry of the claim
  skill      TEXT NOT NULL,
  person_id  TEXT NOT NULL REFERENCES people(id) ON DELETE CASCADE,
  rule       TEXT NOT NULL,
  weight     DOUBLE PRECISION NOT NULL,  -- above zero it speaks for the skill, below against it
  at         BIGINT NOT NULL,
  PRIMARY KEY (mention_id, attempt, skill)
);
CREATE INDEX skill_outcomes_person ON skill_outcomes(person_id, at);

-- Their sums, as they would weigh at the reference time of SkillRules. A sum is never brought up to date: only what is read from it is.
CREATE TABLE skill_evidence (
  person_id TEXT NOT NULL REFERENCES people(id) ON DELETE CASCADE,
  skill     TEXT NOT NULL,
  succeeded DOUBLE PRECISION NOT NULL,
  failed    DOUBLE PRECISION NOT NULL,
  outcomes  INTEGER NOT NULL,
  looked_at BIGINT NOT NULL,             -- when skills.proficiency was last computed from it
  PRIMARY KEY (person_id, skill)
);
CREATE INDEX skill_evidence_due ON skill_evidence(looked_at);
