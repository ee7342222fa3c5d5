-- SPDX-License-Identifier: GPL-3.0-or-later
-- SPDX-FileCopyrightText: The Handover developers

-- What the desk has to know of people and agents before it decides.

-- name: desk.colleague
SELECT id, name, active <> 0 AND presence = 'available' FROM operators WHERE business_id = ?1 AND id = ?2;

-- name: desk.agent_is_able
SELECT count (*)
FROM agents AS a
WHERE a.business_id = ?1 AND a.id = ?2 AND a.enabled <> 0
  AND EXISTS (SELECT 1 FROM agent_keys AS k WHERE k.business_id = ?1 AND k.agent_id = a.id);

-- name: desk.transition_message
SELECT transition_message FROM businesses WHERE id = ?1;
