-- Whether the network says that the account is who it claims to be; null where it says nothing.
ALTER TABLE mentions ADD COLUMN author_verified INTEGER;
