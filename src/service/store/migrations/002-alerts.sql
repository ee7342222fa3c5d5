-- SPDX-License-Identifier: GPL-3.0-or-later
-- SPDX-FileCopyrightText: The Handover developers

-- When each operator's desktop took an escalation's alert, when they acted on it or read it, and when, last, it went
-- unanswered. Reports of one escalation are found by it; who was told first is the oldest shown_at.
CREATE TABLE alerts (
  business_id   TEXT NOT NULL REFERENCES businesses (id),
  escalation_id TEXT NOT NULL REFERENCES escalations (id),
  operator_id   TEXT NOT NULL REFERENCES operators (id),
  shown_at      INTEGER,
  acted_at      INTEGER,
  read_at       INTEGER,
  missed_at     INTEGER,
  times_missed  INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (business_id, escalation_id, operator_id)
) WITHOUT ROWID;
