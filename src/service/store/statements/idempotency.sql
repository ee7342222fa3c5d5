-- SPDX-License-Identifier: GPL-3.0-or-later
-- SPDX-FileCopyrightText: The Handover developers

-- name: idempotency.find
SELECT request_hash, status, body FROM idempotency
WHERE business_id = ?1 AND caller = ?2 AND route = ?3 AND key = ?4 AND created_at > ?5;

-- name: idempotency.insert
INSERT OR REPLACE INTO idempotency (business_id, caller, route, key, request_hash, status, body, created_at)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8);
