-- SPDX-License-Identifier: GPL-3.0-or-later
-- SPDX-FileCopyrightText: The Handover developers

-- What is being written to the customer and what is being written to the team are two drafts. All there were are
-- replies.
CREATE TABLE new_draft (
  conversation_id TEXT NOT NULL,
  kind            TEXT NOT NULL CHECK (kind IN ('reply', 'note')),
  text            TEXT NOT NULL,
  PRIMARY KEY (conversation_id, kind)
);
INSERT INTO new_draft (conversation_id, kind, text) SELECT conversation_id, 'reply', text FROM draft;
DROP TABLE draft;
ALTER TABLE new_draft RENAME TO draft;
