-- Words of mentions, to find them by. Kept by triggers, so that nothing that stores, purges or deletes a mention can forget it. A mention's number
-- is its place in the order of arrival; the index holds no text.
CREATE TABLE mention_numbers (
  number     INTEGER PRIMARY KEY,
  mention_id TEXT NOT NULL UNIQUE
);
CREATE VIRTUAL TABLE mention_words USING fts5(brand, author, text, content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 2');

CREATE TRIGGER mention_words_added AFTER INSERT ON mentions WHEN NEW.text <> '' BEGIN
  INSERT INTO mention_numbers (mention_id) VALUES (NEW.id);
  INSERT INTO mention_words (rowid, brand, author, text)
  VALUES (last_insert_rowid(), NEW.brand_id, NEW.author_handle || ' ' || COALESCE(NEW.author_name, ''), NEW.text);
END;
CREATE TRIGGER mention_words_purged AFTER UPDATE OF text ON mentions WHEN NEW.text = '' BEGIN
  DELETE FROM mention_words WHERE rowid = (SELECT number FROM mention_numbers WHERE mention_id = OLD.id);
  DELETE FROM mention_numbers WHERE mention_id = OLD.id;
END;
CREATE TRIGGER mention_words_deleted AFTER DELETE ON mentions BEGIN
  DELETE FROM mention_words WHERE rowid = (SELECT number FROM mention_numbers WHERE mention_id = OLD.id);
  DELETE FROM mention_numbers WHERE mention_id = OLD.id;
END;

INSERT INTO mention_numbers (mention_id) SELECT id FROM mentions WHERE text <> '' ORDER BY id;
INSERT INTO mention_words (rowid, brand, author, text)
SELECT n.number, m.brand_id, m.author_handle || ' ' || COALESCE(m.author_name, ''), m.text FROM mention_numbers n JOIN mentions m ON m.id = n.mention_id;
