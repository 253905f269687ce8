-- Words of mentions, to find them by. Kept by triggers, so that nothing that stores, purges or deletes a mention can forget it. A table of its own:
-- a change of a mention's status must not write its words again. Authors have the weight A.
CREATE TABLE mention_words (
  mention_id TEXT NOT NULL PRIMARY KEY,
  brand_id   TEXT NOT NULL,
  words      TSVECTOR NOT NULL
);
CREATE INDEX mention_words_words ON mention_words USING gin (words);

-- The parser would take addresses, paths and joined words for one word each.
CREATE FUNCTION words_of_text(words TEXT) RETURNS TSVECTOR LANGUAGE sql IMMUTABLE AS $$
  SELECT to_tsvector('simple', regexp_replace(words, '[-./:@#_&?=%+~''’,;|\\]+', ' ', 'g'))
$$;
CREATE FUNCTION words_of_mention(author_handle TEXT, author_name TEXT, text TEXT) RETURNS TSVECTOR LANGUAGE sql IMMUTABLE AS $$
  SELECT setweight(words_of_text(author_handle || ' ' || COALESCE(author_name, '')), 'A') || words_of_text(text)
$$;

CREATE FUNCTION add_mention_words() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO mention_words (mention_id, brand_id, words)
  SELECT id, brand_id, words_of_mention(author_handle, author_name, text) FROM added WHERE text <> '';
  RETURN NULL;
END
$$;
CREATE TRIGGER mention_words_added AFTER INSERT ON mentions REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION add_mention_words();

CREATE FUNCTION drop_mention_words() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM mention_words WHERE mention_id = OLD.id;
  RETURN NULL;
END
$$;
CREATE TRIGGER mention_words_purged AFTER UPDATE OF text ON mentions FOR EACH ROW WHEN (NEW.text = '') EXECUTE FUNCTION drop_mention_words();
CREATE TRIGGER mention_words_deleted AFTER DELETE ON mentions FOR EACH ROW EXECUTE FUNCTION drop_mention_words();

INSERT INTO mention_words (mention_id, brand_id, words)
SELECT id, brand_id, words_of_mention(author_handle, author_name, text) FROM mentions WHERE text <> '';
