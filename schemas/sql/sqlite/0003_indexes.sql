-- Every list of the desk is read from an index in its own order, however many mentions there are.

-- As scored, for the lists of open mentions.
ALTER TABLE mentions ADD COLUMN language TEXT;
ALTER TABLE mentions ADD COLUMN topic TEXT;
UPDATE mentions SET
  language = (SELECT s.language FROM scores s WHERE s.mention_id = mentions.id),
  topic    = (SELECT s.topic FROM scores s WHERE s.mention_id = mentions.id)
WHERE status NOT IN ('received', 'answered', 'resolved', 'ignored', 'deleted');

-- The last columns are there to be looked at, so that the table isn't.
DROP INDEX mentions_open;
CREATE INDEX mentions_open ON mentions(brand_id, priority DESC, created_at DESC, id, language, topic, network) WHERE status = 'open';
CREATE INDEX mentions_open_language ON mentions(brand_id, language, priority DESC, created_at DESC, id, topic, network) WHERE status = 'open';
DROP INDEX mentions_queue;
CREATE INDEX mentions_queue ON mentions(brand_id, priority DESC, due_at, id, status, queue) WHERE queue IS NOT NULL AND status IN ('escalated', 'claimed');
-- Who answered an author before, however much that author writes.
CREATE INDEX mentions_contacts ON mentions(network, author_id, assignee_id) WHERE assignee_id IS NOT NULL AND status IN ('answered', 'resolved');

DROP INDEX offers_person;
CREATE INDEX offers_person ON offers(person_id, offered_at);
CREATE INDEX offers_person_open ON offers(person_id, expires_at) WHERE state = 'open';
CREATE INDEX waiting_overflow ON waiting(overflow_at);

DROP INDEX replies_person;
CREATE INDEX replies_person ON replies(person_id, created_at, id);

-- A leaderboard reads its period from here alone.
DROP INDEX points_brand;
CREATE INDEX points_brand ON points(brand_id, at, person_id, rule, points);
