-- SPDX-License-Identifier: GPL-3.0-or-later
-- SPDX-FileCopyrightText: The Handover developers

-- name: outbox.insert
INSERT INTO outbox (id, conversation_id, kind, target, text, epoch, created_at, quote) VALUES (?, ?, ?, ?, ?, ?, ?, ?);

-- name: outbox.all
SELECT id, conversation_id, kind, target, text, epoch, created_at, attempted, quote FROM outbox ORDER BY position;

-- name: outbox.set_attempted
UPDATE outbox SET attempted = 1 WHERE id = ?;

-- name: outbox.delete
DELETE FROM outbox WHERE id = ?;

-- name: outbox.delete_of_conversation
DELETE FROM outbox WHERE conversation_id = ?;

-- name: draft.all
SELECT conversation_id, kind, text FROM draft;

-- name: draft.put
INSERT INTO draft (conversation_id, kind, text) VALUES (?, ?, ?)
ON CONFLICT (conversation_id, kind) DO UPDATE SET text = excluded.text;

-- name: draft.delete
DELETE FROM draft WHERE conversation_id = ? AND kind = ?;

-- name: draft.delete_of_conversation
DELETE FROM draft WHERE conversation_id = ?;

-- name: draft_quote.all
SELECT conversation_id, body FROM draft_quote;

-- name: draft_quote.put
INSERT INTO draft_quote (conversation_id, body) VALUES (?, ?)
ON CONFLICT (conversation_id) DO UPDATE SET body = excluded.body;

-- name: draft_quote.delete
DELETE FROM draft_quote WHERE conversation_id = ?;
