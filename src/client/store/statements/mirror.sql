-- SPDX-License-Identifier: GPL-3.0-or-later
-- SPDX-FileCopyrightText: The Handover developers

-- name: state.cursor
SELECT cursor FROM state;

-- name: state.log
SELECT log FROM state;

-- name: state.set_cursor
UPDATE state SET cursor = ?;

-- name: state.begin
UPDATE state SET cursor = ?, log = ?;

-- name: conversation.put
INSERT INTO conversation (id, version, customer_id, control, holder_id, waiting_since, updated_at, body)
VALUES (?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (id) DO UPDATE
SET version = excluded.version, customer_id = excluded.customer_id, control = excluded.control,
    holder_id = excluded.holder_id, waiting_since = excluded.waiting_since, updated_at = excluded.updated_at,
    body = excluded.body
WHERE excluded.version > conversation.version;

-- name: conversation.set_body
UPDATE conversation SET body = ?2 WHERE id = ?1;

-- name: conversation.by_id
SELECT body FROM conversation WHERE id = ?;

-- name: conversation.of_customer
SELECT id FROM conversation WHERE customer_id = ?;

-- name: conversation.delete
DELETE FROM conversation WHERE id = ?;

-- name: conversation.delete_all
DELETE FROM conversation;

-- name: view.waiting
SELECT id, waiting_since FROM conversation WHERE control = 'waiting' ORDER BY waiting_since, id;

-- name: view.mine
SELECT id, updated_at FROM conversation WHERE control = 'operator' AND holder_id = ? ORDER BY updated_at DESC, id DESC;

-- name: view.team
SELECT id, updated_at FROM conversation WHERE control = 'operator' AND holder_id <> ? ORDER BY updated_at DESC, id DESC;

-- name: view.agent
SELECT id, updated_at FROM conversation WHERE control = 'agent' ORDER BY updated_at DESC, id DESC;

-- name: view.closed
SELECT id, updated_at FROM conversation WHERE control = 'closed' ORDER BY updated_at DESC, id DESC;

-- name: view.all
SELECT id, updated_at FROM conversation ORDER BY updated_at DESC, id DESC;

-- name: view_page.get
SELECT cursor, complete FROM view_page WHERE view = ?;

-- name: view_page.put
INSERT INTO view_page (view, cursor, complete) VALUES (?, ?, ?)
ON CONFLICT (view) DO UPDATE SET cursor = excluded.cursor, complete = excluded.complete;

-- name: view_page.delete_all
DELETE FROM view_page;

-- A message that is known only because a call was answered has no place in the service's order until the log or a page
-- tells it: others may have spoken before it, and not been heard yet. Until then it lies beyond 1e12.

-- name: message.known
SELECT position, version FROM message WHERE id = ? AND position < 1e12;

-- name: message.newest_position
SELECT max (position) FROM message WHERE conversation_id = ? AND position < 1e12;

-- name: message.oldest_position
SELECT min (position) FROM message WHERE conversation_id = ? AND position < 1e12;

-- name: message.position_below
SELECT max (position) FROM message WHERE conversation_id = ? AND position < ?;

-- name: message.position_above
SELECT min (position) FROM message WHERE conversation_id = ? AND position > ? AND position < 1e12;

-- name: message.answered_position
SELECT coalesce (max (position) + 1, 1e12) FROM message WHERE conversation_id = ? AND position >= 1e12;

-- name: message.insert
INSERT INTO message (id, conversation_id, position, version, body) VALUES (?, ?, ?, ?, ?)
ON CONFLICT (id) DO UPDATE SET position = excluded.position, version = max (version, excluded.version),
  body = iif (excluded.version >= version, excluded.body, body);

-- name: message.insert_answered
INSERT INTO message (id, conversation_id, position, version, body) VALUES (?, ?, ?, ?, ?)
ON CONFLICT (id) DO UPDATE SET version = excluded.version, body = excluded.body WHERE excluded.version > version;

-- name: message.update
UPDATE message SET version = ?2, body = ?3 WHERE id = ?1 AND version < ?2;

-- name: message.newest
SELECT position, body FROM message WHERE conversation_id = ? ORDER BY position DESC LIMIT ?;

-- name: message.before
SELECT position, body FROM message WHERE conversation_id = ? AND position < ? ORDER BY position DESC LIMIT ?;

-- name: message.delete_of_conversation
DELETE FROM message WHERE conversation_id = ?;

-- name: message.delete_all
DELETE FROM message;

-- name: transcript.get
SELECT cursor, complete FROM transcript WHERE conversation_id = ?;

-- name: transcript.put
INSERT INTO transcript (conversation_id, cursor, complete) VALUES (?, ?, ?)
ON CONFLICT (conversation_id) DO UPDATE SET cursor = excluded.cursor, complete = excluded.complete;

-- name: transcript.delete
DELETE FROM transcript WHERE conversation_id = ?;

-- name: transcript.delete_all
DELETE FROM transcript;

-- name: escalation.put
INSERT INTO escalation (id, conversation_id, opened_at, sequence, body) VALUES (?, ?, ?, ?, ?)
ON CONFLICT (id) DO UPDATE SET sequence = excluded.sequence, opened_at = excluded.opened_at, body = excluded.body
WHERE excluded.sequence >= escalation.sequence;

-- name: escalation.of_conversation
SELECT body FROM escalation WHERE conversation_id = ? ORDER BY opened_at DESC, id DESC;

-- name: escalation.last_opened
SELECT max (opened_at) FROM escalation;

-- name: escalation.delete_of_conversation
DELETE FROM escalation WHERE conversation_id = ?;

-- name: escalation.delete_all
DELETE FROM escalation;

-- name: object.put
INSERT INTO object (kind, id, sequence, body) VALUES (?, ?, ?, ?)
ON CONFLICT (kind, id) DO UPDATE SET sequence = excluded.sequence, body = excluded.body
WHERE excluded.sequence >= object.sequence;

-- name: object.of_kind
SELECT body FROM object WHERE kind = ?;

-- name: object.delete
DELETE FROM object WHERE kind = ? AND id = ?;

-- name: object.delete_all
DELETE FROM object;
