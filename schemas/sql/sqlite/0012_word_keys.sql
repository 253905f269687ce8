-- Nothing to do: here all text compares byte by byte.
SELECT 1;
