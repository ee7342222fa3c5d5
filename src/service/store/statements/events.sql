-- SPDX-License-Identifier: GPL-3.0-or-later
-- SPDX-FileCopyrightText: The Handover developers

-- name: log.id
SELECT id FROM log;

-- name: log.renew
UPDATE log SET id = lower (hex (randomblob (16)));

-- name: log.start
INSERT INTO log_counters (business_id, last_sequence) VALUES (?1, 0);

-- name: log.advance
UPDATE log_counters SET last_sequence = last_sequence + 1 WHERE business_id = ?1;

-- name: log.sequence
SELECT last_sequence FROM log_counters WHERE business_id = ?1;

-- name: log.oldest
SELECT sequence FROM events WHERE business_id = ?1 ORDER BY sequence LIMIT 1;

-- name: log.append
INSERT INTO events (business_id, sequence, kind, at, agent_id, operator_id, data) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7);

-- name: log.list_after
SELECT sequence, kind, at, agent_id, operator_id, data
FROM events
WHERE business_id = ?1 AND sequence > ?2
ORDER BY sequence
LIMIT ?3;
