-- SPDX-License-Identifier: GPL-3.0-or-later
-- SPDX-FileCopyrightText: The Handover developers

-- name: agent.by_id
SELECT id, name, kind, enabled, last_seen_at, keys FROM agent_rows WHERE business_id = ?1 AND id = ?2;

-- name: agent.list
SELECT id, name, kind, enabled, last_seen_at, keys FROM agent_rows WHERE business_id = ?1 ORDER BY created_at, id;

-- name: agent.is_reachable
SELECT 1 FROM agents
WHERE business_id = ?1 AND id = ?2 AND enabled = 1
  AND EXISTS (SELECT 1 FROM agent_keys WHERE agent_keys.business_id = ?1 AND agent_keys.agent_id = ?2);

-- name: agent.insert
INSERT INTO agents (id, business_id, name, kind, enabled, created_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6);

-- name: agent.update
UPDATE agents SET name = ?3, enabled = ?4, version = version + 1 WHERE business_id = ?1 AND id = ?2;

-- name: agent.seen
UPDATE agents SET last_seen_at = ?3 WHERE business_id = ?1 AND id = ?2 AND ifnull (last_seen_at, 0) < ?4;
