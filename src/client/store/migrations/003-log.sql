-- SPDX-License-Identifier: GPL-3.0-or-later
-- SPDX-FileCopyrightText: The Handover developers

-- Which of the service's logs the cursor is a number of. What is stored already does not tell, so the lists are loaded
-- once more.
ALTER TABLE state ADD COLUMN log TEXT;
UPDATE state SET cursor = 0;
