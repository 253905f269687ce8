-- How many places of an advocate's capacity a mention takes: what the rule says, while it waits for the crowd; with each offer; and once it is claimed.
ALTER TABLE waiting ADD COLUMN places INTEGER NOT NULL DEFAULT 1;
ALTER TABLE offers ADD COLUMN places INTEGER NOT NULL DEFAULT 1;
ALTER TABLE mentions ADD COLUMN places INTEGER NOT NULL DEFAULT 1;
