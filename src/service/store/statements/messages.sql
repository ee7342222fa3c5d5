-- SPDX-License-Identifier: GPL-3.0-or-later
-- SPDX-FileCopyrightText: The Handover developers

-- name: message.by_id
SELECT id, conversation_id, author, operator_id, operator_name, kind, text, tool, change, attachments, epoch, at,
       delivery_state, delivery_reason, version, position, reply_to, quoted_author, quoted_kind, quoted_operator_id,
       quoted_operator_name, quoted_text, quoted_attachments, quoted_at
FROM message_rows
WHERE business_id = ?1 AND id = ?2;

-- name: message.by_idempotency_key
SELECT id, idempotency_hash FROM messages WHERE business_id = ?1 AND conversation_id = ?2 AND idempotency_key = ?3;

-- name: message.last_transition
SELECT id FROM messages
WHERE business_id = ?1 AND conversation_id = ?2 AND kind = 'transition'
ORDER BY position DESC
LIMIT 1;

-- name: message.list_before
SELECT id, conversation_id, author, operator_id, operator_name, kind, text, tool, change, attachments, epoch, at,
       delivery_state, delivery_reason, version, position, reply_to, quoted_author, quoted_kind, quoted_operator_id,
       quoted_operator_name, quoted_text, quoted_attachments, quoted_at
FROM message_rows
WHERE business_id = ?1 AND conversation_id = ?2 AND position < ?3
ORDER BY position DESC
LIMIT ?4;

-- name: message.list_visible_after
SELECT id, conversation_id, author, operator_id, operator_name, kind, text, tool, change, attachments, epoch, at,
       delivery_state, delivery_reason, version, position, reply_to, quoted_author, quoted_kind, quoted_operator_id,
       quoted_operator_name, quoted_text, quoted_attachments, quoted_at
FROM message_rows
WHERE business_id = ?1 AND conversation_id = ?2 AND position > ?3 AND kind IN ('message', 'transition')
ORDER BY position
LIMIT ?4;

-- name: message.list_entries
SELECT author, text, entry_id
FROM messages
WHERE business_id = ?1 AND conversation_id = ?2 AND kind IN ('message', 'tool', 'transition', 'refused')
ORDER BY position;

-- name: message.insert
INSERT INTO messages (id, business_id, conversation_id, position, author, operator_id, kind, text, tool, change,
                      attachments, epoch, at, delivery_state, delivery_reason, entry_id, idempotency_key,
                      idempotency_hash, reply_to)
VALUES (?1, ?2, ?3, (SELECT last_position FROM conversations WHERE business_id = ?2 AND id = ?3), ?4, ?5, ?6, ?7, ?8, ?9,
        ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18);

-- name: message.set_delivery
UPDATE messages SET delivery_state = ?3, delivery_reason = ?4, version = ?5 WHERE business_id = ?1 AND id = ?2;

-- name: message.set_content
UPDATE messages SET text = ?3, attachments = ?4, version = ?5 WHERE business_id = ?1 AND id = ?2;

-- name: message.count_unread
SELECT count (*)
FROM messages
WHERE business_id = ?1 AND conversation_id = ?2 AND position > ?3 AND author = 'customer' AND kind = 'message';

-- name: refused.add
INSERT INTO refused_counters (business_id, conversation_id, epoch, count)
VALUES (?1, ?2, ?3, 1)
ON CONFLICT (business_id, conversation_id, epoch) DO UPDATE SET count = count + 1
RETURNING count;

-- name: message.find_evidence
SELECT id FROM messages
WHERE business_id = ?1 AND conversation_id = ?2 AND (entry_id = ?3 OR id = ?3)
LIMIT 1;
