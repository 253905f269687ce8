-- Mentions of a large installation with everything of theirs, from the table numbers(n): 1 to 1,000,000 is a year. One text for both engines: substr(CAST(1000000000000 + n AS TEXT), 2) is n with leading zeros.
-- The clock of the tests shows 1777636800000 when the last mention has just come.

CREATE TABLE facts AS
SELECT n,
  '01980000-0000-7000-8000-' || substr(CAST(1000000000000 + n AS TEXT), 2) AS id,
  1777636800000 - (1000000 - n) * CAST(30000 AS BIGINT) AS at,
  CASE WHEN n % 2000 = 1999 THEN 'small' WHEN n / 2 % 10 < 7 THEN 'default' WHEN n / 2 % 10 < 9 THEN 'second' ELSE 'third' END AS brand,
  CASE WHEN n / 3 % 10 < 8 THEN 'bluesky' WHEN n / 3 % 10 = 8 THEN 'mastodon' ELSE 'scripted' END AS network,
  CASE WHEN n > 999700 THEN CASE n % 2 WHEN 0 THEN 'received' ELSE 'classified' END
       WHEN n % 5000 = 1 THEN 'claimed'
       WHEN n % 50 = 2 THEN 'open'
       WHEN n % 500 = 3 THEN 'escalated'
       WHEN n % 1000 = 4 THEN 'deleted'
       WHEN n % 20 < 10 THEN 'ignored'
       WHEN n % 20 < 15 THEN 'answered'
       ELSE 'resolved' END AS status,
  '01970000-0000-7000-8000-' || substr(CAST(1000000000001 + CASE WHEN n % 200 = 15 THEN 0 ELSE n % 5000 END AS TEXT), 2) AS person,
  CASE WHEN n * 7 % 1000 < 5 THEN 'is' WHEN n / 7 % 10 < 6 THEN 'en' WHEN n / 7 % 10 < 8 THEN 'de' ELSE 'fr' END AS language,
  CASE n / 11 % 8 WHEN 0 THEN 'billing' WHEN 1 THEN 'outage' WHEN 2 THEN 'delivery' WHEN 3 THEN 'praise' WHEN 4 THEN 'privacy' ELSE 'product' END AS topic
FROM numbers;

-- One conversation has two hundred mentions, one author ten thousand.
INSERT INTO mentions (id, brand_id, network, external_id, conversation_id, in_reply_to, author_id, author_handle, text, relation, created_at, received_at,
  status, status_at, priority, queue, due_at, assignee_id, fence, claim_expires_at, language, topic)
SELECT id, brand, network, 'post-' || n,
  '01980000-0000-8000-8000-' || substr(CAST(1000000000000 + CASE n % 5000 WHEN 10 THEN 10 ELSE n - n % 2 END AS TEXT), 2),
  CASE n % 2 WHEN 1 THEN 'post-' || (n - 1) END,
  CASE n % 100 WHEN 6 THEN 'author-busy' ELSE 'author-' || (n % 300000) END, 'customer-' || (n % 300000),
  'My router drops the connection every evening, number ' || n, 'mention', at, at, status, at + 60000, n * 7 % 90,
  CASE WHEN n % 500 IN (3, 203) THEN CASE n % 1500 WHEN 3 THEN 'press' ELSE 'staff' END END,
  CASE WHEN n % 500 IN (3, 203) THEN at + 14400000 END,
  CASE WHEN status IN ('claimed', 'answered', 'resolved') THEN person END, 1,
  CASE status WHEN 'claimed' THEN 1777636800000 + n END,
  CASE WHEN status <> 'received' THEN language END, CASE WHEN status <> 'received' THEN topic END
FROM facts;

INSERT INTO scores (mention_id, model_version, language, sentiment, anger, toxicity, topic, heads, causes, scored_at)
SELECT id, 'test-1', language, 'neutral', 0.1, 0.1, topic, '[]', '{}', at FROM facts WHERE status <> 'received';

INSERT INTO corrections (id, mention_id, brand_id, person_id, head, given, probability, model_version, label, language, topic, at)
SELECT '01980005' || substr(id, 9), id, brand, person, CASE n % 3 WHEN 0 THEN 'sentiment' ELSE 'topic' END, topic, 0.6, 'test-1',
  CASE n % 4 WHEN 1 THEN 'other' ELSE topic END, language, topic, at
FROM facts WHERE status <> 'received' AND n % 20 IN (7, 14);

INSERT INTO decisions (id, mention_id, rule_set_version, rule, outcome, explanation, decided_at)
SELECT '01980001' || substr(id, 9), id, 1, 'everything-else', 'ignored', '{"outcome":"ignored","ruleSetVersion":1,"explanation":"","priority":0}', at FROM facts WHERE status NOT IN ('received', 'classified');

INSERT INTO offers (id, mention_id, person_id, state, offered_at, expires_at, ended_at)
SELECT '01980002' || substr(id, 9), id, person, CASE status WHEN 'open' THEN 'open' ELSE 'claimed' END, at, at + 300000, CASE WHEN status <> 'open' THEN at END
FROM facts WHERE status IN ('claimed', 'answered', 'resolved') OR (status = 'open' AND n % 100 = 2);

INSERT INTO waiting (mention_id, next_look_at, overflow_at)
SELECT id, 1777636800000 - n % 7 * 1000, 1777636800000 + n FROM facts WHERE status = 'open' AND n % 100 = 52;

INSERT INTO replies (id, mention_id, network, person_id, fence, text, network_key, state, external_id, attempts, next_try_at, created_at, posted_at)
SELECT '01980003' || substr(id, 9), id, network, person, 1, 'Please try the other cable.', 'key-' || n,
  CASE status WHEN 'claimed' THEN 'sending' ELSE 'posted' END, 'reply-' || n, 1, CASE status WHEN 'claimed' THEN 1777636700000 + n END, at, at + 60000
FROM facts WHERE status IN ('answered', 'resolved') OR (status = 'claimed' AND n % 4 = 1);

INSERT INTO notes (id, mention_id, person_id, text, created_at)
SELECT '01980004' || substr(id, 9), id, person, 'Called them.', at FROM facts WHERE n % 20 = 3;

INSERT INTO journal (at, brand_id, mention_id, actor_id, actor_role, kind)
SELECT f.at + k.after, f.brand, f.id, CASE WHEN k.kind IN ('claim.taken', 'reply.posted') THEN f.person END, NULL, k.kind
FROM facts f CROSS JOIN (
  SELECT 0 AS after, 'mention.received' AS kind UNION ALL SELECT 100, 'mention.classified'
  UNION ALL SELECT 200, 'claim.taken' UNION ALL SELECT 300, 'reply.posted') k;

INSERT INTO skill_outcomes (mention_id, attempt, skill, person_id, rule, weight, at)
SELECT id, n * 4 - 1, 'topic:' || topic, person, 'resolved', 1, at + 400 FROM facts WHERE status = 'resolved' AND n % 4 = 3;

INSERT INTO points (journal_seq, rule, person_id, brand_id, mention_id, points, reason, at)
SELECT n * 4, 'answered', person, brand, id, 10, 'A reply was posted.', at FROM facts WHERE status IN ('answered', 'resolved');

DROP TABLE facts;
