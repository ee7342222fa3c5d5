-- SPDX-License-Identifier: GPL-3.0-or-later
-- SPDX-FileCopyrightText: The Handover developers

-- The earlier message of the same conversation that a message answers.
ALTER TABLE messages ADD COLUMN reply_to TEXT REFERENCES messages (id);

-- What is quoted is read with it, as it is now.
DROP VIEW message_rows;
CREATE VIEW message_rows AS
SELECT m.id, m.business_id, m.conversation_id, m.author, m.operator_id, o.name AS operator_name, m.kind, m.text, m.tool,
       m.change, m.attachments, m.epoch, m.at, m.delivery_state, m.delivery_reason, m.version, m.position, m.entry_id,
       m.idempotency_key, m.idempotency_hash,
       m.reply_to, q.author AS quoted_author, q.kind AS quoted_kind, q.operator_id AS quoted_operator_id,
       p.name AS quoted_operator_name, substr (q.text, 1, 200) AS quoted_text, q.attachments AS quoted_attachments,
       q.at AS quoted_at
FROM messages AS m
LEFT JOIN operators AS o ON o.id = m.operator_id
LEFT JOIN messages AS q ON q.id = m.reply_to
LEFT JOIN operators AS p ON p.id = q.operator_id;
