-- SPDX-License-Identifier: GPL-3.0-or-later
-- SPDX-FileCopyrightText: The Handover developers

-- Files that go with a draft or, when entry_id is set, with what waits to be sent. Their bytes lie in a file of that id in
-- the account's folder. uploaded is the service's id, once it has all of it.
CREATE TABLE draft_file (
  id              TEXT NOT NULL PRIMARY KEY,
  conversation_id TEXT NOT NULL,
  kind            TEXT NOT NULL CHECK (kind IN ('reply', 'note')),
  entry_id        TEXT,
  position        INTEGER NOT NULL,
  name            TEXT NOT NULL,
  type            TEXT NOT NULL,
  size            INTEGER NOT NULL,
  width           INTEGER NOT NULL,
  height          INTEGER NOT NULL,
  upload_key      TEXT NOT NULL,
  uploaded        TEXT
);
CREATE INDEX draft_file_by_position ON draft_file (position);
CREATE INDEX draft_file_by_conversation ON draft_file (conversation_id);
CREATE INDEX draft_file_by_entry ON draft_file (entry_id) WHERE entry_id IS NOT NULL;
