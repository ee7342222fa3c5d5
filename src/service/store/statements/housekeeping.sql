-- SPDX-License-Identifier: GPL-3.0-or-later
-- SPDX-FileCopyrightText: The Handover developers

-- What has had its time, a business and a few rows at a time. A request that belongs to nobody's business has ''.

-- name: housekeeping.next_business
SELECT id FROM businesses WHERE id > ?1 ORDER BY id LIMIT 1;

-- name: housekeeping.first_fresh_event
SELECT sequence FROM events WHERE business_id = ?1 AND sequence < ?2 AND at >= ?3 ORDER BY sequence LIMIT 1;

-- name: housekeeping.delete_events
DELETE FROM events WHERE business_id = ?1 AND sequence < ?2;

-- name: housekeeping.delete_answers
DELETE FROM idempotency
WHERE (business_id, caller, route, key) IN
  (SELECT business_id, caller, route, key FROM idempotency
   WHERE business_id = ?1 AND created_at <= ?2 ORDER BY created_at LIMIT ?3);

-- name: housekeeping.delete_sessions
DELETE FROM sessions
WHERE id IN (SELECT id FROM sessions WHERE business_id = ?1 AND last_used_at < ?2 LIMIT ?3);

-- name: housekeeping.delete_parts
DELETE FROM attachment_parts
WHERE rowid IN
  (SELECT p.rowid FROM attachments AS a
   CROSS JOIN attachment_parts AS p ON p.business_id = a.business_id AND p.attachment_id = a.id
   WHERE a.business_id = ?1 AND a.message_id IS NULL AND a.created_at <= ?2
   LIMIT ?3);

-- name: housekeeping.delete_attachments
DELETE FROM attachments
WHERE id IN
  (SELECT a.id FROM attachments AS a
   WHERE a.business_id = ?1 AND a.message_id IS NULL AND a.created_at <= ?2
     AND NOT EXISTS (SELECT 1 FROM attachment_parts AS p WHERE p.business_id = a.business_id AND p.attachment_id = a.id)
   LIMIT ?3);

-- name: housekeeping.delete_invites
DELETE FROM invites
WHERE id IN (SELECT id FROM invites WHERE business_id = ?1 AND expires_at <= ?2 LIMIT ?3);

-- name: housekeeping.delete_arrivals
DELETE FROM channel_arrivals
WHERE (business_id, channel_id, key) IN
  (SELECT business_id, channel_id, key FROM channel_arrivals
   WHERE business_id = ?1 AND at < ?2 ORDER BY at LIMIT ?3);
