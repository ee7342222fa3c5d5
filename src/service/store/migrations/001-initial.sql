-- SPDX-License-Identifier: GPL-3.0-or-later
-- SPDX-FileCopyrightText: The Handover developers

-- Times are milliseconds since 1970 UTC. Hashes are BLOBs. Every table carries its business, and every index has
-- exactly the terms that a list is ordered by.

CREATE TABLE businesses (
  id                 TEXT NOT NULL PRIMARY KEY,
  name               TEXT NOT NULL,
  transition_message TEXT NOT NULL,
  created_at         INTEGER NOT NULL,
  version            INTEGER NOT NULL DEFAULT 1
);

-- The last number of each business's log; its row is the one thing that all writers of a business share.
CREATE TABLE log_counters (
  business_id   TEXT NOT NULL PRIMARY KEY REFERENCES businesses (id),
  last_sequence INTEGER NOT NULL DEFAULT 0
);

-- email is as given; email_key is what it is looked up by (trimmed, case folded), one sign-in over all businesses.
CREATE TABLE operators (
  id            TEXT NOT NULL PRIMARY KEY,
  business_id   TEXT NOT NULL REFERENCES businesses (id),
  name          TEXT NOT NULL,
  email         TEXT NOT NULL,
  email_key     TEXT NOT NULL UNIQUE,
  password_hash TEXT NOT NULL,
  role          TEXT NOT NULL,
  presence      TEXT NOT NULL,
  active        INTEGER NOT NULL DEFAULT 1,
  created_at    INTEGER NOT NULL,
  version       INTEGER NOT NULL DEFAULT 1
);
CREATE INDEX operators_by_business ON operators (business_id, created_at, id);

CREATE TABLE sessions (
  id           TEXT NOT NULL PRIMARY KEY,
  business_id  TEXT NOT NULL REFERENCES businesses (id),
  operator_id  TEXT NOT NULL REFERENCES operators (id),
  token_hash   BLOB NOT NULL UNIQUE,
  device       TEXT,
  created_at   INTEGER NOT NULL,
  last_used_at INTEGER NOT NULL
);
CREATE INDEX sessions_by_operator ON sessions (business_id, operator_id, created_at, id);

CREATE TABLE invites (
  id          TEXT NOT NULL PRIMARY KEY,
  business_id TEXT NOT NULL REFERENCES businesses (id),
  token_hash  BLOB NOT NULL UNIQUE,
  email       TEXT,
  role        TEXT NOT NULL,
  created_by  TEXT NOT NULL REFERENCES operators (id),
  created_at  INTEGER NOT NULL,
  expires_at  INTEGER NOT NULL,
  accepted_at INTEGER,
  accepted_by TEXT REFERENCES operators (id)
);
CREATE INDEX invites_by_business ON invites (business_id, created_at, id);

CREATE TABLE agents (
  id           TEXT NOT NULL PRIMARY KEY,
  business_id  TEXT NOT NULL REFERENCES businesses (id),
  name         TEXT NOT NULL,
  kind         TEXT NOT NULL,
  enabled      INTEGER NOT NULL DEFAULT 1,
  last_seen_at INTEGER,
  created_at   INTEGER NOT NULL,
  version      INTEGER NOT NULL DEFAULT 1
);
CREATE INDEX agents_by_business ON agents (business_id, created_at, id);

CREATE TABLE agent_keys (
  id           TEXT NOT NULL PRIMARY KEY,
  business_id  TEXT NOT NULL REFERENCES businesses (id),
  agent_id     TEXT NOT NULL REFERENCES agents (id),
  name         TEXT,
  key_hash     BLOB NOT NULL UNIQUE,
  created_at   INTEGER NOT NULL,
  last_used_at INTEGER
);
CREATE INDEX agent_keys_by_agent ON agent_keys (business_id, agent_id, created_at, id);

CREATE TABLE customers (
  id          TEXT NOT NULL PRIMARY KEY,
  business_id TEXT NOT NULL REFERENCES businesses (id),
  name        TEXT,
  email       TEXT,
  phone       TEXT,
  user_id     TEXT,
  created_at  INTEGER NOT NULL
);
CREATE INDEX customers_by_user ON customers (business_id, user_id, created_at, id);

-- last_position is the position of the newest message; unread_from the position after which customers' messages are
-- unread. escalation_id is set while an escalation is open.
CREATE TABLE conversations (
  id              TEXT NOT NULL PRIMARY KEY,
  business_id     TEXT NOT NULL REFERENCES businesses (id),
  agent_id        TEXT REFERENCES agents (id),
  external_id     TEXT,
  channel_id      TEXT,
  channel_kind    TEXT NOT NULL,
  customer_id     TEXT NOT NULL REFERENCES customers (id),
  control         TEXT NOT NULL,
  epoch           INTEGER NOT NULL,
  holder_id       TEXT REFERENCES operators (id),
  waiting_since   INTEGER,
  escalation_id   TEXT,
  metadata        TEXT NOT NULL DEFAULT '{}',
  brief           TEXT,
  last_message_id TEXT,
  last_position   INTEGER NOT NULL DEFAULT 0,
  unread_from     INTEGER NOT NULL DEFAULT 0,
  unread_count    INTEGER NOT NULL DEFAULT 0,
  created_at      INTEGER NOT NULL,
  updated_at      INTEGER NOT NULL,
  version         INTEGER NOT NULL DEFAULT 1,
  CHECK (control IN ('agent', 'waiting', 'operator', 'closed')),
  CHECK ((control IN ('waiting', 'operator')) = (escalation_id IS NOT NULL)),
  CHECK ((control = 'operator') = (holder_id IS NOT NULL))
);
CREATE UNIQUE INDEX conversations_by_external_id ON conversations (business_id, agent_id, external_id);
CREATE INDEX conversations_by_wait ON conversations (business_id, control, waiting_since, id);
CREATE INDEX conversations_by_control ON conversations (business_id, control, updated_at, id);
CREATE INDEX conversations_by_holder ON conversations (business_id, holder_id, updated_at, id);
CREATE INDEX conversations_by_change ON conversations (business_id, updated_at, id);

CREATE TABLE escalations (
  id              TEXT NOT NULL PRIMARY KEY,
  business_id     TEXT NOT NULL REFERENCES businesses (id),
  conversation_id TEXT NOT NULL REFERENCES conversations (id),
  "trigger"       TEXT NOT NULL,
  summary         TEXT NOT NULL,
  confidence      REAL,
  sentiment       TEXT,
  priority        TEXT NOT NULL,
  evidence        TEXT,
  opened_at       INTEGER NOT NULL,
  claimed_at      INTEGER,
  claimed_by      TEXT REFERENCES operators (id),
  resolved_at     INTEGER,
  resolution      TEXT,
  receipt         TEXT NOT NULL
);
CREATE INDEX escalations_by_conversation ON escalations (business_id, conversation_id, opened_at, id);
CREATE UNIQUE INDEX escalations_open ON escalations (business_id, conversation_id) WHERE resolved_at IS NULL;

-- position counts the entries of one transcript in the order they were stored. entry_id is the agent's own name for an
-- entry; idempotency_key is kept as long as the message is.
CREATE TABLE messages (
  id               TEXT NOT NULL PRIMARY KEY,
  business_id      TEXT NOT NULL REFERENCES businesses (id),
  conversation_id  TEXT NOT NULL REFERENCES conversations (id),
  position         INTEGER NOT NULL,
  author           TEXT NOT NULL,
  operator_id      TEXT REFERENCES operators (id),
  kind             TEXT NOT NULL,
  text             TEXT NOT NULL,
  tool             TEXT,
  change           TEXT,
  attachments      TEXT,
  epoch            INTEGER NOT NULL,
  at               INTEGER NOT NULL,
  delivery_state   TEXT,
  delivery_reason  TEXT,
  entry_id         TEXT,
  idempotency_key  TEXT,
  idempotency_hash BLOB,
  version          INTEGER NOT NULL DEFAULT 1
);
CREATE UNIQUE INDEX messages_by_position ON messages (business_id, conversation_id, position);
CREATE UNIQUE INDEX messages_by_entry ON messages (business_id, conversation_id, entry_id) WHERE entry_id IS NOT NULL;
CREATE UNIQUE INDEX messages_by_idempotency_key ON messages (business_id, conversation_id, idempotency_key)
  WHERE idempotency_key IS NOT NULL;

-- How many messages an agent was refused in one epoch; the first 20 are messages too.
CREATE TABLE refused_counters (
  business_id     TEXT NOT NULL REFERENCES businesses (id),
  conversation_id TEXT NOT NULL REFERENCES conversations (id),
  epoch           INTEGER NOT NULL,
  count           INTEGER NOT NULL,
  PRIMARY KEY (business_id, conversation_id, epoch)
);

-- operator_id is set for a personal template.
CREATE TABLE templates (
  id          TEXT NOT NULL PRIMARY KEY,
  business_id TEXT NOT NULL REFERENCES businesses (id),
  operator_id TEXT REFERENCES operators (id),
  name        TEXT NOT NULL,
  shortcut    TEXT,
  text        TEXT NOT NULL,
  created_at  INTEGER NOT NULL,
  updated_at  INTEGER NOT NULL
);
CREATE INDEX templates_by_business ON templates (business_id, name, id);

-- agent_id: the one agent that may see the line. operator_id: the one operator that may; others get it withheld.
CREATE TABLE events (
  business_id TEXT NOT NULL REFERENCES businesses (id),
  sequence    INTEGER NOT NULL,
  kind        TEXT NOT NULL,
  at          INTEGER NOT NULL,
  agent_id    TEXT,
  operator_id TEXT,
  data        TEXT NOT NULL,
  PRIMARY KEY (business_id, sequence)
) WITHOUT ROWID;

-- caller is an operator's or an agent's id; a row lives for 7 days. A null body tells that the answer held a secret.
CREATE TABLE idempotency (
  business_id  TEXT NOT NULL,
  caller       TEXT NOT NULL,
  route        TEXT NOT NULL,
  key          TEXT NOT NULL,
  request_hash BLOB NOT NULL,
  status       INTEGER NOT NULL,
  body         TEXT,
  created_at   INTEGER NOT NULL,
  PRIMARY KEY (business_id, caller, route, key)
) WITHOUT ROWID;
CREATE INDEX idempotency_by_age ON idempotency (business_id, created_at);

-- An agent with its keys by name and date, as the interface writes them; never with what opens the door.
CREATE VIEW agent_rows AS
SELECT a.id, a.business_id, a.name, a.kind, a.enabled, a.last_seen_at, a.created_at,
       (SELECT json_group_array (
          json_patch (json_object ('id', k.id, 'created_at', strftime ('%Y-%m-%dT%H:%M:%fZ', k.created_at / 1000.0, 'unixepoch')),
                      json_object ('name', k.name))
          ORDER BY k.created_at, k.id)
        FROM agent_keys AS k WHERE k.business_id = a.business_id AND k.agent_id = a.id) AS keys
FROM agents AS a;

CREATE VIEW escalation_rows AS
SELECT e.id, e.business_id, e.conversation_id, e."trigger", e.summary, e.confidence, e.sentiment, e.priority, e.evidence,
       e.opened_at, e.claimed_at, e.claimed_by, o.name AS claimed_by_name, e.resolved_at, e.resolution, e.receipt
FROM escalations AS e
LEFT JOIN operators AS o ON o.id = e.claimed_by;

CREATE VIEW message_rows AS
SELECT m.id, m.business_id, m.conversation_id, m.author, m.operator_id, o.name AS operator_name, m.kind, m.text, m.tool,
       m.change, m.attachments, m.epoch, m.at, m.delivery_state, m.delivery_reason, m.version, m.position, m.entry_id,
       m.idempotency_key, m.idempotency_hash
FROM messages AS m
LEFT JOIN operators AS o ON o.id = m.operator_id;

-- A conversation as its readers see it, with the customer, the holder, the open escalation and a cut of the newest
-- message.
CREATE VIEW conversation_rows AS
SELECT c.id, c.business_id, c.external_id, c.channel_id, c.channel_kind, c.agent_id,
       c.customer_id, u.name AS customer_name, u.email AS customer_email, u.phone AS customer_phone,
       u.user_id AS customer_user_id,
       c.control, c.epoch, c.holder_id, h.name AS holder_name, c.waiting_since, c.metadata,
       c.last_message_id, m.author AS last_author, m.kind AS last_kind, m.operator_id AS last_operator_id,
       w.name AS last_operator_name, substr (m.text, 1, 200) AS last_text, m.at AS last_at,
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
