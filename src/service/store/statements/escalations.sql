-- SPDX-License-Identifier: GPL-3.0-or-later
-- SPDX-FileCopyrightText: The Handover developers

-- name: escalation.list
SELECT id, conversation_id, "trigger", summary, confidence, sentiment, priority, evidence, opened_at, claimed_at,
       claimed_by, claimed_by_name, resolved_at, resolution, receipt
FROM escalation_rows
WHERE business_id = ?1 AND conversation_id = ?2 AND (opened_at, id) < (?3, ?4)
ORDER BY opened_at DESC, id DESC
LIMIT ?5;

-- name: escalation.conversation
SELECT conversation_id FROM escalations WHERE business_id = ?1 AND id = ?2;

-- name: escalation.insert
INSERT INTO escalations (id, business_id, conversation_id, "trigger", summary, confidence, sentiment, priority, evidence,
                         opened_at, claimed_at, claimed_by, resolved_at, resolution, receipt)
VALUES (?1, ?2, ?3, ?4, ?5, CASE WHEN ?6 >= 0 THEN ?6 END, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15);

-- name: escalation.save
UPDATE escalations
SET "trigger" = ?4, summary = ?5, confidence = CASE WHEN ?6 >= 0 THEN ?6 END, sentiment = ?7, priority = ?8, evidence = ?9, opened_at = ?10,
    claimed_at = ?11, claimed_by = ?12, resolved_at = ?13, resolution = ?14, receipt = ?15
WHERE id = ?1 AND business_id = ?2 AND conversation_id = ?3;
