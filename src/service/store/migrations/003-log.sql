-- SPDX-License-Identifier: GPL-3.0-or-later
-- SPDX-FileCopyrightText: The Handover developers

-- Which log this is. A backup that was put back goes on with numbers that were given to other lines before, so it gets
-- another id.
CREATE TABLE log (
  id TEXT NOT NULL
);
INSERT INTO log (id) VALUES (lower (hex (randomblob (16))));
