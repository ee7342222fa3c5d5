-- SPDX-License-Identifier: GPL-3.0-or-later
-- SPDX-FileCopyrightText: The Handover developers

-- name: test.break
CREATE TRIGGER broken BEFORE INSERT ON conversation BEGIN SELECT raise (ABORT, 'broken'); END;

-- name: test.mend
DROP TRIGGER broken;

-- name: test.keep_drafts
CREATE TRIGGER kept BEFORE DELETE ON draft BEGIN SELECT raise (ABORT, 'broken'); END;

-- name: test.refuse_drafts
CREATE TRIGGER refused BEFORE INSERT ON draft BEGIN SELECT raise (ABORT, 'broken'); END;

-- name: test.without_quotes
DROP TABLE draft_quote;

-- name: test.without_quoting
ALTER TABLE outbox DROP COLUMN quote;

-- name: test.without_files
DROP TABLE draft_file;

-- name: test.without_note_drafts
CREATE TABLE old_draft (
  conversation_id TEXT NOT NULL PRIMARY KEY,
  text            TEXT NOT NULL
);

-- name: test.with_an_old_draft
INSERT INTO old_draft (conversation_id, text) VALUES ('a', 'Dear Crystal');

-- name: test.drop_drafts
DROP TABLE draft;

-- name: test.put_old_drafts
ALTER TABLE old_draft RENAME TO draft;

-- name: test.before_note_drafts
PRAGMA user_version = 3;
