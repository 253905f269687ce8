-- Whether the account says of itself that a program writes its posts; null where the network says nothing.
ALTER TABLE mentions ADD COLUMN author_bot INTEGER;
