-- Run at every migration. A restore into another cluster brings journal rows whose transaction numbers that cluster has not reached yet:
-- readers would wait for them, or pass over what is written now. All positions move below zero and keep their order.
DO $$
DECLARE
  top BIGINT := GREATEST((SELECT MAX(tx) FROM journal), (SELECT MAX(tx) FROM journal_readers));
BEGIN
  IF top >= CAST(CAST(pg_snapshot_xmax(pg_current_snapshot()) AS text) AS bigint) THEN
    UPDATE journal SET tx = tx - top - 1;
    UPDATE journal_readers SET tx = tx - top - 1;
  END IF;
END $$;
