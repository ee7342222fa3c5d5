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
