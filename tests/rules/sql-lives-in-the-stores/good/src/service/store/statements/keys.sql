-- name: key.by_id
SELECT id FROM keys;
