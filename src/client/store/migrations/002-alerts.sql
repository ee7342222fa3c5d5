-- SPDX-License-Identifier: GPL-3.0-or-later
-- SPDX-FileCopyrightText: The Handover developers

-- The outbox also takes what became of alerts: the escalation is the target, the text says what.
CREATE TABLE new_outbox (
  position        INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  id              TEXT NOT NULL UNIQUE,
  conversation_id TEXT NOT NULL,
  kind            TEXT NOT NULL CHECK (kind IN ('reply', 'note', 'read', 'alert')),
  target          TEXT,
  text            TEXT NOT NULL,
  epoch           INTEGER NOT NULL,
  created_at      INTEGER NOT NULL,
  attempted       INTEGER NOT NULL DEFAULT 0,
  CHECK ((kind = 'alert') = (target IS NOT NULL))
);
INSERT INTO new_outbox (position, id, conversation_id, kind, text, epoch, created_at, attempted)
SELECT position, id, conversation_id, kind, text, epoch, created_at, attempted FROM outbox ORDER BY position;
DROP TABLE outbox;
ALTER TABLE new_outbox RENAME TO outbox;
