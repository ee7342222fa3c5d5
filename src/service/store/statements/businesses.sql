-- SPDX-License-Identifier: GPL-3.0-or-later
-- SPDX-FileCopyrightText: The Handover developers

-- name: business.by_id
SELECT id, name, transition_message, created_at FROM businesses WHERE id = ?1;

-- name: business.insert
INSERT INTO businesses (id, name, transition_message, created_at) VALUES (?1, ?2, ?3, ?4);

-- name: business.update
UPDATE businesses SET name = ?2, transition_message = ?3, version = version + 1 WHERE id = ?1;
