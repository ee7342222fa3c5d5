-- SPDX-License-Identifier: GPL-3.0-or-later
-- SPDX-FileCopyrightText: The Handover developers

-- name: alert.put
INSERT INTO alerts (business_id, escalation_id, operator_id, shown_at, acted_at, read_at, missed_at, times_missed)
VALUES (?1, ?2, ?3, CASE WHEN ?4 = 'shown' THEN ?5 END, CASE WHEN ?4 = 'acted' THEN ?5 END,
        CASE WHEN ?4 = 'read' THEN ?5 END, CASE WHEN ?4 = 'missed' THEN ?5 END, ?4 = 'missed')
ON CONFLICT (business_id, escalation_id, operator_id) DO UPDATE
SET shown_at = coalesce (shown_at, excluded.shown_at), acted_at = coalesce (acted_at, excluded.acted_at),
    read_at = coalesce (read_at, excluded.read_at), missed_at = coalesce (excluded.missed_at, missed_at),
    times_missed = times_missed + excluded.times_missed;
