-- SPDX-License-Identifier: GPL-3.0-or-later
-- SPDX-FileCopyrightText: The Handover developers

-- name: channel.by_id
SELECT id, kind, name, handle, agent_id, state, last_received_at, last_sent_at, last_error, last_error_at, created_at,
       version, remote_id, cursor, secret, told_at, business_id
FROM channels
WHERE business_id = ?1 AND id = ?2;

-- name: channel.by_account
SELECT id, kind, name, handle, agent_id, state, last_received_at, last_sent_at, last_error, last_error_at, created_at,
       version, remote_id, cursor, secret, told_at, business_id
FROM channels
WHERE business_id = ?1 AND kind = ?2 AND remote_id = ?3;

-- name: channel.list
SELECT id, kind, name, handle, agent_id, state, last_received_at, last_sent_at, last_error, last_error_at, created_at,
       version, remote_id, cursor, secret, told_at, business_id
FROM channels
WHERE business_id = ?1
ORDER BY created_at, id;

-- The business is found by the channel here: a platform's request, and the service's own start.

-- name: channel.find
SELECT id, kind, name, handle, agent_id, state, last_received_at, last_sent_at, last_error, last_error_at, created_at,
       version, remote_id, cursor, secret, told_at, business_id
FROM channels
WHERE id = ?1 AND secret IS NOT NULL;

-- name: channel.list_connected
SELECT id, kind, name, handle, agent_id, state, last_received_at, last_sent_at, last_error, last_error_at, created_at,
       version, remote_id, cursor, secret, told_at, business_id
FROM channels
WHERE secret IS NOT NULL
ORDER BY created_at, id;

-- name: channel.has_secrets
SELECT 1 FROM channels WHERE secret IS NOT NULL LIMIT 1;

-- name: channel.connected_elsewhere
SELECT 1 FROM channels WHERE kind = ?1 AND remote_id = ?2 AND secret IS NOT NULL LIMIT 1;

-- name: channel.insert
INSERT INTO channels (id, business_id, kind, remote_id, name, handle, agent_id, state, secret, created_at)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10);

-- name: channel.save
UPDATE channels
SET name = ?3, handle = ?4, agent_id = ?5, state = ?6, last_received_at = ?7, last_sent_at = ?8, last_error = ?9,
    last_error_at = ?10, version = ?11, told_at = ?12, cursor = ?13, secret = ?14
WHERE business_id = ?1 AND id = ?2;

-- name: channel.add_arrival
INSERT INTO channel_arrivals (business_id, channel_id, key, at) VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING;

-- name: channel.conversation_by_contact
SELECT id FROM conversations WHERE business_id = ?1 AND channel_id = ?2 AND contact = ?3;

-- name: channel.contact
SELECT contact FROM conversations WHERE business_id = ?1 AND id = ?2;

-- name: channel.set_contact
UPDATE conversations SET channel_id = ?3, contact = ?4 WHERE business_id = ?1 AND id = ?2;

-- name: channel.set_agent
UPDATE conversations SET agent_id = ?3 WHERE business_id = ?1 AND id = ?2;

-- name: channel.open_conversations
SELECT id FROM conversations
WHERE business_id = ?1 AND channel_id = ?2 AND contact IS NOT NULL AND control <> 'closed' AND agent_id IS NOT ?3;

-- name: channel.add_media
INSERT INTO channel_media (business_id, channel_id, message_id, remote_id, label, name, type, size)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8);

-- name: channel.next_media
SELECT id, message_id, remote_id, label, name, type, size
FROM channel_media
WHERE business_id = ?1 AND channel_id = ?2
ORDER BY id
LIMIT 1;

-- name: channel.delete_media
DELETE FROM channel_media WHERE business_id = ?1 AND channel_id = ?2 AND id = ?3;
