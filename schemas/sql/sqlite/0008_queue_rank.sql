-- The staff queues in the order of a sum that time is part of (MentionSets.QueueRank, word for word).
DROP INDEX mentions_queue;
CREATE INDEX mentions_queue ON mentions(brand_id, (CAST(priority AS BIGINT) * 240000 - received_at - COALESCE(due_at, received_at)) DESC, id, status, queue)
WHERE queue IS NOT NULL AND status IN ('escalated', 'claimed');
