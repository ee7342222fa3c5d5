-- SPDX-License-Identifier: GPL-3.0-or-later
-- SPDX-FileCopyrightText: The Handover developers

-- name: draft_file.insert
INSERT INTO draft_file (id, conversation_id, kind, position, name, type, size, width, height, upload_key)
VALUES (?1, ?2, ?3, (SELECT coalesce (max (position), 0) + 1 FROM draft_file), ?4, ?5, ?6, ?7, ?8, ?9);

-- name: draft_file.all
SELECT id, conversation_id, kind, entry_id, name, type, size, width, height, upload_key, uploaded
FROM draft_file
ORDER BY position;

-- name: draft_file.send
UPDATE draft_file SET entry_id = ?2 WHERE id = ?1;

-- name: draft_file.take_back
UPDATE draft_file SET entry_id = NULL, position = (SELECT min (position) - 1 FROM draft_file) WHERE id = ?1;

-- name: draft_file.set_uploaded
UPDATE draft_file SET upload_key = ?2, uploaded = ?3 WHERE id = ?1;

-- name: draft_file.delete
DELETE FROM draft_file WHERE id = ?1;

-- name: draft_file.delete_of_entry
DELETE FROM draft_file WHERE entry_id = ?1;

-- name: draft_file.delete_of_conversation
DELETE FROM draft_file WHERE conversation_id = ?1;
