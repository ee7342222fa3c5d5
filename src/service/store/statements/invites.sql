-- SPDX-License-Identifier: GPL-3.0-or-later
-- SPDX-FileCopyrightText: The Handover developers

-- name: invite.by_token
SELECT id, business_id, email, role FROM invites WHERE token_hash = ?1 AND accepted_at IS NULL AND expires_at > ?2;

-- name: invite.insert
INSERT INTO invites (id, business_id, token_hash, email, role, created_by, created_at, expires_at)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8);

-- name: invite.accept
UPDATE invites SET accepted_at = ?3, accepted_by = ?4 WHERE business_id = ?1 AND id = ?2;
