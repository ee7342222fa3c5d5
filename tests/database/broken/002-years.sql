-- SPDX-License-Identifier: GPL-3.0-or-later
-- SPDX-FileCopyrightText: The Handover developers

ALTER TABLE book ADD COLUMN year INTEGER;
UPDATE book SET yaer = 1900;
