-- SPDX-License-Identifier: GPL-3.0-or-later
-- SPDX-FileCopyrightText: The Handover developers

-- What the service has said is kept as the JSON it came in, beside the columns that it is found and ordered by.
-- Conversations and messages have versions of their own; the rest goes by its number in the log.

CREATE TABLE state (
  id     INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
  cursor INTEGER NOT NULL
);
INSERT INTO state (id, cursor) VALUES (1, 0);

CREATE TABLE conversation (
  id            TEXT NOT NULL PRIMARY KEY,
  version       INTEGER NOT NULL,
  customer_id   TEXT,
  control       TEXT NOT NULL,
  holder_id     TEXT,
  waiting_since INTEGER NOT NULL,
  updated_at    INTEGER NOT NULL,
  body          TEXT NOT NULL
);
CREATE INDEX conversation_by_wait ON conversation (control, waiting_since, id);
CREATE INDEX conversation_by_change ON conversation (control, updated_at DESC, id DESC);
CREATE INDEX conversation_by_any_change ON conversation (updated_at DESC, id DESC);
CREATE INDEX conversation_by_customer ON conversation (customer_id);

-- The newest messages of a transcript, without a gap, as far back as somebody has read. position orders them as the
-- service does, which tells no numbers: it grows at the newest end and shrinks at the oldest.
CREATE TABLE message (
  id              TEXT NOT NULL PRIMARY KEY,
  conversation_id TEXT NOT NULL,
  position        REAL NOT NULL,
  version         INTEGER NOT NULL,
  body            TEXT NOT NULL
);
CREATE INDEX message_by_position ON message (conversation_id, position);

-- How far back the service has been asked: cursor is where its next page begins.
CREATE TABLE transcript (
  conversation_id TEXT NOT NULL PRIMARY KEY,
  cursor          TEXT,
  complete        INTEGER NOT NULL
);

-- How far down the views that may grow without end have been loaded.
CREATE TABLE view_page (
  view     TEXT NOT NULL PRIMARY KEY,
  cursor   TEXT,
  complete INTEGER NOT NULL
);

CREATE TABLE escalation (
  id              TEXT NOT NULL PRIMARY KEY,
  conversation_id TEXT NOT NULL,
  opened_at       INTEGER NOT NULL,
  sequence        INTEGER NOT NULL,
  body            TEXT NOT NULL
);
CREATE INDEX escalation_by_conversation ON escalation (conversation_id, opened_at DESC, id DESC);
CREATE INDEX escalation_by_time ON escalation (opened_at);

-- Operators, agents, templates and the business.
CREATE TABLE object (
  kind     TEXT NOT NULL,
  id       TEXT NOT NULL,
  sequence INTEGER NOT NULL,
  body     TEXT NOT NULL,
  PRIMARY KEY (kind, id)
) WITHOUT ROWID;

-- What this operator has said and the service has not yet taken. Nothing here can be asked for again.
CREATE TABLE outbox (
  position        INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  id              TEXT NOT NULL UNIQUE,
  conversation_id TEXT NOT NULL,
  kind            TEXT NOT NULL CHECK (kind IN ('reply', 'note', 'read')),
  text            TEXT NOT NULL,
  epoch           INTEGER NOT NULL,
  created_at      INTEGER NOT NULL,
  attempted       INTEGER NOT NULL DEFAULT 0
);

CREATE TABLE draft (
  conversation_id TEXT NOT NULL PRIMARY KEY,
  text            TEXT NOT NULL
);
