-- SPDX-License-Identifier: GPL-3.0-or-later
-- SPDX-FileCopyrightText: The Handover developers

-- name: conversation.by_id
SELECT id, external_id, channel_id, channel_kind, agent_id, customer_id, customer_name, customer_email, customer_phone,
       customer_user_id, control, epoch, holder_id, holder_name, waiting_since, metadata, last_message_id, last_author,
       last_kind, last_operator_id, last_operator_name, last_text, last_attachments, last_at, unread_count, created_at,
       updated_at, version, escalation_id, "trigger", summary, confidence, sentiment, priority, evidence, opened_at, claimed_at, claimed_by,
       claimed_by_name, receipt
FROM conversation_rows
WHERE business_id = ?1 AND id = ?2;

-- name: conversation.exists
SELECT id FROM conversations WHERE business_id = ?1 AND id = ?2;

-- name: conversation.id_by_external_id
SELECT id FROM conversations WHERE business_id = ?1 AND agent_id = ?2 AND external_id = ?3;

-- name: conversation.insert
INSERT INTO conversations (id, business_id, agent_id, external_id, channel_kind, customer_id, control, epoch, metadata,
                           created_at, updated_at)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?10);

-- What most changes leave as it is, and most indexes are made of.
-- name: conversation.save_control
UPDATE conversations
SET control = ?3, epoch = ?4, holder_id = ?5, waiting_since = ?6, escalation_id = ?7
WHERE business_id = ?1 AND id = ?2
  AND (control, epoch, holder_id, waiting_since, escalation_id) IS NOT (?3, ?4, ?5, ?6, ?7);

-- name: conversation.save
UPDATE conversations
SET metadata = ?3, unread_count = ?4, updated_at = ?5, version = ?6, last_message_id = ?7
WHERE business_id = ?1 AND id = ?2;

-- name: conversation.brief
SELECT brief FROM conversations WHERE business_id = ?1 AND id = ?2;

-- name: conversation.set_brief
UPDATE conversations SET brief = ?3 WHERE business_id = ?1 AND id = ?2;

-- name: conversation.lengthen
UPDATE conversations SET last_position = last_position + 1 WHERE business_id = ?1 AND id = ?2;

-- name: conversation.unread_from
SELECT unread_from FROM conversations WHERE business_id = ?1 AND id = ?2;

-- name: conversation.set_unread_from
UPDATE conversations SET unread_from = max (unread_from, ?3) WHERE business_id = ?1 AND id = ?2;

-- name: conversation.set_unread_from_end
UPDATE conversations SET unread_from = last_position WHERE business_id = ?1 AND id = ?2;

-- name: conversation.held_by
SELECT id FROM conversations WHERE business_id = ?1 AND holder_id = ?2 ORDER BY updated_at, id;

-- name: conversation.list_waiting
SELECT id, waiting_since
FROM conversations
WHERE business_id = ?1 AND control = 'waiting' AND (waiting_since, id) > (?2, ?3)
ORDER BY waiting_since, id
LIMIT ?4;

-- name: conversation.list_mine
SELECT id, updated_at
FROM conversations
WHERE business_id = ?1 AND holder_id = ?5 AND (updated_at, id) < (?2, ?3)
ORDER BY updated_at DESC, id DESC
LIMIT ?4;

-- name: conversation.list_team
SELECT id, updated_at
FROM conversations
WHERE business_id = ?1 AND control = 'operator' AND (updated_at, id) < (?2, ?3) AND holder_id <> ?5
ORDER BY updated_at DESC, id DESC
LIMIT ?4;

-- name: conversation.list_agent
SELECT id, updated_at
FROM conversations
WHERE business_id = ?1 AND control = 'agent' AND (updated_at, id) < (?2, ?3)
ORDER BY updated_at DESC, id DESC
LIMIT ?4;

-- name: conversation.list_closed
SELECT id, updated_at
FROM conversations
WHERE business_id = ?1 AND control = 'closed' AND (updated_at, id) < (?2, ?3)
ORDER BY updated_at DESC, id DESC
LIMIT ?4;

-- name: conversation.list_all
SELECT id, updated_at
FROM conversations
WHERE business_id = ?1 AND (updated_at, id) < (?2, ?3)
ORDER BY updated_at DESC, id DESC
LIMIT ?4;
