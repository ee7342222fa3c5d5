-- SPDX-License-Identifier: GPL-3.0-or-later
-- SPDX-FileCopyrightText: The Handover developers

-- Most conversations neither wait nor have a holder; yet all were in both indexes, and each message moved them in one.
DROP INDEX conversations_by_wait;
CREATE INDEX conversations_by_wait ON conversations (business_id, waiting_since, id) WHERE control = 'waiting';

DROP INDEX conversations_by_holder;
CREATE INDEX conversations_by_holder ON conversations (business_id, holder_id, updated_at, id)
WHERE holder_id IS NOT NULL;
