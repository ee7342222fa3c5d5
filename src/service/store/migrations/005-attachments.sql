-- SPDX-License-Identifier: GPL-3.0-or-later
-- SPDX-FileCopyrightText: The Handover developers

-- A file that was uploaded. uploader_id is an operator, an agent or a channel. type and what follows from the bytes is
-- NULL until the last part is there; message_id is NULL until a message shows the file.
CREATE TABLE attachments (
  id          TEXT NOT NULL PRIMARY KEY,
  business_id TEXT NOT NULL REFERENCES businesses (id),
  uploader_id TEXT NOT NULL,
  message_id  TEXT REFERENCES messages (id),
  name        TEXT NOT NULL,
  type        TEXT,
  size        INTEGER NOT NULL DEFAULT 0,
  width       INTEGER NOT NULL DEFAULT 0,
  height      INTEGER NOT NULL DEFAULT 0,
  created_at  INTEGER NOT NULL
);
CREATE INDEX attachments_by_message ON attachments (business_id, message_id) WHERE message_id IS NOT NULL;
CREATE INDEX attachments_unused ON attachments (business_id, created_at, id) WHERE message_id IS NULL;

-- The bytes, cut into parts of 256 KiB from 0 on, so that neither writing nor reading one takes long.
CREATE TABLE attachment_parts (
  business_id   TEXT NOT NULL,
  attachment_id TEXT NOT NULL REFERENCES attachments (id),
  part          INTEGER NOT NULL,
  bytes         BLOB NOT NULL
);
CREATE UNIQUE INDEX attachment_parts_by_place ON attachment_parts (attachment_id, part);

-- The cut of the newest message says which files came with it.
DROP VIEW conversation_rows;
CREATE VIEW conversation_rows AS
SELECT c.id, c.business_id, c.external_id, c.channel_id, c.channel_kind, c.agent_id,
       c.customer_id, u.name AS customer_name, u.email AS customer_email, u.phone AS customer_phone,
       u.user_id AS customer_user_id,
       c.control, c.epoch, c.holder_id, h.name AS holder_name, c.waiting_since, c.metadata,
       c.last_message_id, m.author AS last_author, m.kind AS last_kind, m.operator_id AS last_operator_id,
       w.name AS last_operator_name, substr (m.text, 1, 200) AS last_text, m.attachments AS last_attachments,
       m.at AS last_at,
       c.unread_count, c.created_at, c.updated_at, c.version,
       c.escalation_id, e."trigger", e.summary, e.confidence, e.sentiment, e.priority, e.evidence, e.opened_at,
       e.claimed_at, e.claimed_by, k.name AS claimed_by_name, e.receipt
FROM conversations AS c
JOIN customers AS u ON u.id = c.customer_id
LEFT JOIN operators AS h ON h.id = c.holder_id
LEFT JOIN messages AS m ON m.id = c.last_message_id
LEFT JOIN operators AS w ON w.id = m.operator_id
LEFT JOIN escalations AS e ON e.id = c.escalation_id
LEFT JOIN operators AS k ON k.id = e.claimed_by;
