-- What caused a score is found when somebody asks: scoring the same text with the same model gives the same causes.
ALTER TABLE scores DROP COLUMN causes;
