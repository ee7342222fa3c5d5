-- SPDX-License-Identifier: GPL-3.0-or-later
-- SPDX-FileCopyrightText: The Handover developers

-- name: session.by_token
SELECT sessions.id, sessions.business_id, sessions.operator_id, operators.name, operators.role, operators.active,
       sessions.token_hash, sessions.last_used_at
FROM sessions JOIN operators ON operators.business_id = sessions.business_id AND operators.id = sessions.operator_id
WHERE sessions.token_hash = ?1;

-- name: session.is_current
SELECT 1
FROM sessions JOIN operators ON operators.business_id = sessions.business_id AND operators.id = sessions.operator_id
WHERE sessions.business_id = ?1 AND sessions.id = ?2 AND operators.active = 1 AND operators.role = ?3;

-- name: session.insert
INSERT INTO sessions (id, business_id, operator_id, token_hash, device, created_at, last_used_at)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?6);

-- name: session.touch
UPDATE sessions SET last_used_at = ?3 WHERE business_id = ?1 AND id = ?2;

-- name: session.delete
DELETE FROM sessions WHERE business_id = ?1 AND id = ?2;

-- name: session.delete_of_operator
DELETE FROM sessions WHERE business_id = ?1 AND operator_id = ?2 AND id <> ?3 RETURNING id;
