# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Handover developers
"""What an app keeps on its disk, read from outside while it runs or after it was killed."""

import contextlib
import hashlib
import json
import sqlite3

from support import build


class Mirror:
    """The local copy of an account, as named after the service's address and the operator."""

    def __init__(self, desktop, address, operator):
        name = hashlib.sha256(('%s\n%s' % (address, operator.id)).encode()).hexdigest()
        self.file = desktop.path('data', build.application_id(), name + '.sqlite')

    def _rows(self, query, *values):
        with contextlib.closing(sqlite3.connect('file:%s?mode=ro' % self.file, uri=True, timeout=10)) as database:
            return database.execute(query, values).fetchall()

    def cursor(self):
        """The number of the log at which the lists are."""
        return self._rows('SELECT cursor FROM state')[0][0]

    def messages(self, conversation):
        """The transcript as it is kept, oldest first."""
        rows = self._rows('SELECT body FROM message WHERE conversation_id = ? ORDER BY position', conversation)
        return [json.loads(body) for body, in rows]

    def conversation(self, conversation):
        return json.loads(self._rows('SELECT body FROM conversation WHERE id = ?', conversation)[0][0])

    def unsent(self):
        """(conversation, text) of replies and notes that still wait."""
        return self._rows("SELECT conversation_id, text FROM outbox WHERE kind IN ('reply', 'note') ORDER BY position")

    def waiting(self):
        """How many entries of any kind the service has not taken yet."""
        return self._rows('SELECT count(*) FROM outbox')[0][0]

    def drafts(self, kind='reply'):
        """What is being written, by conversation: replies or notes."""
        return dict(self._rows('SELECT conversation_id, text FROM draft WHERE kind = ?', kind))
