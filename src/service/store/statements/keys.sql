-- SPDX-License-Identifier: GPL-3.0-or-later
-- SPDX-FileCopyrightText: The Handover developers

-- name: key.by_hash
SELECT agent_keys.id, agent_keys.business_id, agent_keys.agent_id, agents.name, agent_keys.key_hash, agents.last_seen_at,
       agents.enabled
FROM agent_keys JOIN agents ON agents.business_id = agent_keys.business_id AND agents.id = agent_keys.agent_id
WHERE agent_keys.key_hash = ?1;

-- name: key.is_current
SELECT 1 FROM agent_keys WHERE business_id = ?1 AND id = ?2;

-- name: key.insert
INSERT INTO agent_keys (id, business_id, agent_id, name, key_hash, created_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6);

-- name: key.used
UPDATE agent_keys SET last_used_at = ?3 WHERE business_id = ?1 AND id = ?2;

-- name: key.delete
DELETE FROM agent_keys WHERE business_id = ?1 AND agent_id = ?2 AND id = ?3;
