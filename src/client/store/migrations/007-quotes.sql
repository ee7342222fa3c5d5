-- SPDX-License-Identifier: GPL-3.0-or-later
-- SPDX-FileCopyrightText: The Handover developers

-- The earlier message that a reply answers, as its author saw it: of what waits to be sent, and of a draft.
ALTER TABLE outbox ADD COLUMN quote TEXT;
CREATE TABLE draft_quote (
  conversation_id TEXT NOT NULL PRIMARY KEY,
  body            TEXT NOT NULL
);
