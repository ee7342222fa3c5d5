-- SPDX-License-Identifier: GPL-3.0-or-later
-- SPDX-FileCopyrightText: The Handover developers

-- name: operator.by_id
SELECT id, name, email, role, presence, active FROM operators WHERE business_id = ?1 AND id = ?2;

-- name: operator.list
SELECT id, name, email, role, presence, active FROM operators WHERE business_id = ?1 ORDER BY created_at, id;

-- name: operator.credentials_by_email
SELECT business_id, id, password_hash, active FROM operators WHERE email_key = ?1;

-- name: operator.password
SELECT password_hash FROM operators WHERE business_id = ?1 AND id = ?2;

-- name: operator.count_other_owners
SELECT count(*) FROM operators WHERE business_id = ?1 AND id <> ?2 AND role = 'owner' AND active = 1;

-- name: operator.insert
INSERT INTO operators (id, business_id, name, email, email_key, password_hash, role, presence, active, created_at)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10);

-- name: operator.update
UPDATE operators SET name = ?3, role = ?4, presence = ?5, active = ?6, version = version + 1
WHERE business_id = ?1 AND id = ?2;

-- name: operator.set_password
UPDATE operators SET password_hash = ?3 WHERE business_id = ?1 AND id = ?2;
