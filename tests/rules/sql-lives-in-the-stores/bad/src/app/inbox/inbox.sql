-- name: inbox.list
SELECT id FROM conversations;
