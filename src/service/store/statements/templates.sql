-- SPDX-License-Identifier: GPL-3.0-or-later
-- SPDX-FileCopyrightText: The Handover developers

-- name: template.by_id
SELECT id, name, shortcut, text, operator_id
FROM templates
WHERE business_id = ?1 AND id = ?2 AND (operator_id IS NULL OR operator_id = ?3);

-- name: template.list
SELECT id, name, shortcut, text, operator_id
FROM templates
WHERE business_id = ?1 AND (name, id) > (?3, ?4) AND (operator_id IS NULL OR operator_id = ?2)
ORDER BY name, id
LIMIT ?5;

-- name: template.insert
INSERT INTO templates (id, business_id, operator_id, name, shortcut, text, created_at, updated_at)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?7);

-- name: template.save
UPDATE templates SET operator_id = ?3, name = ?4, shortcut = ?5, text = ?6, updated_at = ?7
WHERE business_id = ?1 AND id = ?2;

-- name: template.delete
DELETE FROM templates WHERE business_id = ?1 AND id = ?2;
