-- Who works there, from the table numbers(n): 1 to 5,000.

INSERT INTO brands (id, name, created_at) VALUES ('default', 'Default', 1), ('second', 'Second', 2), ('third', 'Third', 3), ('small', 'Small', 4);

INSERT INTO people (id, brand_id, login, name, role, security_stamp, created_at)
SELECT '01970000-0000-7000-8000-' || substr(CAST(1000000000000 + n AS TEXT), 2),
  CASE WHEN n % 10 < 7 THEN 'default' WHEN n % 10 < 9 THEN 'second' ELSE 'third' END,
  'person-' || n, 'Person ' || n, CASE n % 50 WHEN 2 THEN 'agent' ELSE 'advocate' END, 'stamp', 1700000000000 + n
FROM numbers;

INSERT INTO skills (person_id, skill, proficiency)
SELECT id, CASE WHEN created_at % 3 = 0 THEN 'lang:de' ELSE 'lang:en' END, 1 FROM people
UNION ALL
SELECT id, 'lang:is', 0.5 FROM people WHERE created_at % 10 = 1;

UPDATE skills SET declared = proficiency;

INSERT INTO skill_evidence (person_id, skill, succeeded, failed, outcomes, looked_at)
SELECT person_id, skill, 1000000, 200000, 12, 1777000000000 FROM skills;

-- Has read everything.
INSERT INTO journal_readers (name, tx, seq) VALUES ('points', 4611686018427387904, 0);
