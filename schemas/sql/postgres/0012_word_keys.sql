-- Ids compare byte by byte everywhere else. Compared in another way, a mention that is deleted could not be found here by its index, and each deletion
-- read the whole table.
ALTER TABLE mention_words ALTER COLUMN mention_id TYPE TEXT COLLATE "C", ALTER COLUMN brand_id TYPE TEXT COLLATE "C";
