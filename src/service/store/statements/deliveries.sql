-- SPDX-License-Identifier: GPL-3.0-or-later
-- SPDX-FileCopyrightText: The Handover developers

-- name: delivery.list_conversations
SELECT DISTINCT conversation_id
FROM messages
WHERE business_id = ?1 AND channel_id = ?2 AND delivery_state = 'queued';

-- name: delivery.next_message
SELECT id
FROM messages
WHERE business_id = ?1 AND channel_id = ?2 AND conversation_id = ?3 AND delivery_state = 'queued'
ORDER BY position
LIMIT 1;

-- name: delivery.any_queued
SELECT id
FROM messages
WHERE business_id = ?1 AND channel_id = ?2 AND delivery_state = 'queued'
LIMIT 1;

-- name: delivery.n_parts
SELECT count (*) FROM deliveries WHERE business_id = ?1 AND message_id = ?2;

-- name: delivery.begin
INSERT INTO deliveries (business_id, message_id, part, channel_id, conversation_id, state, at)
VALUES (?1, ?2, ?3, ?4, ?5, 'sending', ?6);

-- name: delivery.end
UPDATE deliveries SET state = ?4, remote_id = ?5, at = ?6 WHERE business_id = ?1 AND message_id = ?2 AND part = ?3;

-- name: delivery.take_back
DELETE FROM deliveries WHERE business_id = ?1 AND message_id = ?2 AND part = ?3;

-- name: delivery.left_sending
SELECT message_id FROM deliveries WHERE business_id = ?1 AND channel_id = ?2 AND state = 'sending';

-- name: delivery.forget_left
UPDATE deliveries SET state = 'unknown' WHERE business_id = ?1 AND message_id = ?2 AND state = 'sending';

-- name: delivery.message_by_remote_id
SELECT message_id FROM deliveries WHERE business_id = ?1 AND conversation_id = ?2 AND remote_id = ?3;

-- name: delivery.set_channel
UPDATE messages SET channel_id = ?3 WHERE business_id = ?1 AND id = ?2;

-- name: message.set_remote_id
UPDATE messages SET remote_id = ?3 WHERE business_id = ?1 AND id = ?2;

-- name: message.by_remote_id
SELECT id FROM messages WHERE business_id = ?1 AND conversation_id = ?2 AND remote_id = ?3 ORDER BY position LIMIT 1;

-- Of what we sent in parts the first one that the platform has; of what came, what it came as.
-- name: message.remote_id
SELECT coalesce (m.remote_id, (SELECT d.remote_id FROM deliveries AS d
                               WHERE d.business_id = m.business_id AND d.message_id = m.id AND d.remote_id IS NOT NULL
                               ORDER BY d.part
                               LIMIT 1))
FROM messages AS m
WHERE m.business_id = ?1 AND m.id = ?2;

-- name: message.forget_remote_ids
UPDATE messages SET remote_id = NULL WHERE business_id = ?1 AND conversation_id = ?2 AND remote_id IS NOT NULL;

-- name: delivery.forget_remote_ids
UPDATE deliveries SET remote_id = NULL WHERE business_id = ?1 AND conversation_id = ?2 AND remote_id IS NOT NULL;
