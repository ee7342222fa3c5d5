-- SPDX-License-Identifier: GPL-3.0-or-later
-- SPDX-FileCopyrightText: The Handover developers

CREATE TABLE shelf (
  id   INTEGER NOT NULL PRIMARY KEY,
  name TEXT NOT NULL UNIQUE
);
CREATE TABLE book (
  id    INTEGER NOT NULL PRIMARY KEY,
  shelf INTEGER REFERENCES shelf (id) DEFERRABLE INITIALLY DEFERRED,
  title TEXT
);
