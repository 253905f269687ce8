-- What a brand decides for itself; null where it takes what the installation's configuration says.
ALTER TABLE brands ADD COLUMN signature TEXT;
ALTER TABLE brands ADD COLUMN undo_seconds INTEGER;
ALTER TABLE brands ADD COLUMN claim_minutes INTEGER;
ALTER TABLE brands ADD COLUMN ignored_offers INTEGER;
ALTER TABLE brands ADD COLUMN keep_days INTEGER;

-- What was put under the text, so that it can be taken away again after the brand has another; null for replies from before.
ALTER TABLE replies ADD COLUMN signature TEXT;
