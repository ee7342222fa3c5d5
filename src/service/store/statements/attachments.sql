-- SPDX-License-Identifier: GPL-3.0-or-later
-- SPDX-FileCopyrightText: The Handover developers

-- name: attachment.insert
INSERT INTO attachments (id, business_id, uploader_id, name, created_at) VALUES (?1, ?2, ?3, ?4, ?5);

-- name: attachment.append
INSERT INTO attachment_parts (business_id, attachment_id, part, bytes) VALUES (?1, ?2, ?3, ?4);

-- name: attachment.finish
UPDATE attachments SET type = ?3, size = ?4, width = ?5, height = ?6
WHERE business_id = ?1 AND id = ?2 AND type IS NULL;

-- name: attachment.delete_parts
DELETE FROM attachment_parts WHERE business_id = ?1 AND attachment_id = ?2;

-- name: attachment.delete
DELETE FROM attachments WHERE business_id = ?1 AND id = ?2 AND message_id IS NULL;

-- name: attachment.by_id
SELECT id, name, type, size, width, height FROM attachments
WHERE business_id = ?1 AND id = ?2 AND type IS NOT NULL;

-- name: attachment.for_operator
-- What one operator may open: whatever a message shows, and what they uploaded themselves.
SELECT id, name, type, size, width, height FROM attachments
WHERE business_id = ?1 AND id = ?2 AND type IS NOT NULL AND (message_id IS NOT NULL OR uploader_id = ?3);

-- name: attachment.for_agent
-- What one agent may open: what its customers saw or wrote, and what it uploaded itself. Never what is on a note.
SELECT a.id, a.name, a.type, a.size, a.width, a.height
FROM attachments AS a
LEFT JOIN messages AS m ON m.id = a.message_id
LEFT JOIN conversations AS c ON c.id = m.conversation_id
WHERE a.business_id = ?1 AND a.id = ?2 AND a.type IS NOT NULL
  AND (a.uploader_id = ?3 OR (c.agent_id = ?3 AND m.kind IN ('message', 'transition')));

-- name: attachment.in_conversation
-- What one agent may show again in the transcript of a conversation that already has it.
SELECT a.id, a.name, a.type, a.size, a.width, a.height
FROM attachments AS a
JOIN messages AS m ON m.id = a.message_id
WHERE a.business_id = ?1 AND a.id = ?2 AND m.conversation_id = ?3 AND m.kind IN ('message', 'transition', 'refused');

-- name: attachment.unused
SELECT id, name, type, size, width, height FROM attachments
WHERE business_id = ?1 AND id = ?2 AND type IS NOT NULL AND uploader_id = ?3 AND message_id IS NULL;

-- name: attachment.use
UPDATE attachments SET message_id = ?3 WHERE business_id = ?1 AND id = ?2 AND message_id IS NULL;

-- name: attachment.part
SELECT bytes FROM attachment_parts WHERE business_id = ?1 AND attachment_id = ?2 AND part = ?3;
