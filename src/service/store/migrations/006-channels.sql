-- SPDX-License-Identifier: GPL-3.0-or-later
-- SPDX-FileCopyrightText: The Handover developers

-- An account on a platform. The row outlives the connection: connected again, the account finds its conversations.
-- secret is the sealed token, and NULL while disconnected; told_at is when operators last heard of the health.
CREATE TABLE channels (
  id               TEXT NOT NULL PRIMARY KEY,
  business_id      TEXT NOT NULL REFERENCES businesses (id),
  kind             TEXT NOT NULL,
  remote_id        TEXT NOT NULL,
  name             TEXT NOT NULL,
  handle           TEXT,
  agent_id         TEXT REFERENCES agents (id),
  state            TEXT NOT NULL,
  secret           BLOB,
  cursor           TEXT,
  last_received_at INTEGER,
  last_sent_at     INTEGER,
  last_error       TEXT,
  last_error_at    INTEGER,
  told_at          INTEGER NOT NULL DEFAULT 0,
  created_at       INTEGER NOT NULL,
  version          INTEGER NOT NULL DEFAULT 1,
  CHECK ((state = 'disconnected') = (secret IS NULL))
);
CREATE INDEX channels_by_business ON channels (business_id, created_at, id);
CREATE UNIQUE INDEX channels_by_account ON channels (business_id, kind, remote_id);
CREATE UNIQUE INDEX channels_connected ON channels (kind, remote_id) WHERE secret IS NOT NULL;

-- What a platform told already, by its own key, so that a repeat is known.
CREATE TABLE channel_arrivals (
  business_id TEXT NOT NULL REFERENCES businesses (id),
  channel_id  TEXT NOT NULL REFERENCES channels (id),
  key         TEXT NOT NULL,
  at          INTEGER NOT NULL,
  PRIMARY KEY (business_id, channel_id, key)
) WITHOUT ROWID;
CREATE INDEX channel_arrivals_by_age ON channel_arrivals (business_id, at);

-- contact is the platform's name for the chat.
ALTER TABLE conversations ADD COLUMN contact TEXT;
CREATE UNIQUE INDEX conversations_by_contact ON conversations (business_id, channel_id, contact)
  WHERE contact IS NOT NULL;

-- channel_id is set for what is sent on a channel; remote_id is the platform's name for what came from one.
ALTER TABLE messages ADD COLUMN channel_id TEXT REFERENCES channels (id);
ALTER TABLE messages ADD COLUMN remote_id TEXT;
CREATE INDEX messages_queued ON messages (business_id, channel_id, conversation_id, position)
  WHERE delivery_state = 'queued' AND channel_id IS NOT NULL;
CREATE INDEX messages_by_remote_id ON messages (business_id, conversation_id, remote_id) WHERE remote_id IS NOT NULL;

-- Each request that took a part of a message to a customer: 'sending' is committed before it leaves, so that what a
-- crash leaves in that state may have arrived, and is never sent again.
CREATE TABLE deliveries (
  business_id     TEXT NOT NULL REFERENCES businesses (id),
  message_id      TEXT NOT NULL REFERENCES messages (id),
  part            INTEGER NOT NULL,
  channel_id      TEXT NOT NULL REFERENCES channels (id),
  conversation_id TEXT NOT NULL REFERENCES conversations (id),
  state           TEXT NOT NULL,
  remote_id       TEXT,
  at              INTEGER NOT NULL,
  PRIMARY KEY (business_id, message_id, part),
  CHECK (state IN ('sending', 'sent', 'unknown', 'refused'))
) WITHOUT ROWID;
CREATE INDEX deliveries_sending ON deliveries (business_id, channel_id, message_id) WHERE state = 'sending';
CREATE INDEX deliveries_by_remote_id ON deliveries (business_id, conversation_id, remote_id)
  WHERE remote_id IS NOT NULL;

-- What customers sent and is still to be fetched from the platform.
CREATE TABLE channel_media (
  id          INTEGER NOT NULL PRIMARY KEY,
  business_id TEXT NOT NULL REFERENCES businesses (id),
  channel_id  TEXT NOT NULL REFERENCES channels (id),
  message_id  TEXT NOT NULL REFERENCES messages (id),
  remote_id   TEXT NOT NULL,
  label       TEXT NOT NULL,
  name        TEXT,
  type        TEXT,
  size        INTEGER NOT NULL
);
CREATE INDEX channel_media_by_channel ON channel_media (business_id, channel_id, id);
