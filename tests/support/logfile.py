# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Handover developers
"""The service's log in the database's file: made older while the service is stopped, cut and looked at while it runs."""

import contextlib
import os
import sqlite3

DAY = 24 * 3600 * 1000
OF_ITS_BUSINESS = 'business_id = (SELECT business_id FROM conversations WHERE id = ?)'


class LogFile:
    def __init__(self, service):
        self.file = os.path.join(service.data, 'handoverd.db')

    def _open(self, mode):
        return contextlib.closing(sqlite3.connect('file:%s?mode=%s' % (self.file, mode), uri=True, timeout=10))

    def age(self, conversation, days):
        """Every line in the log of the business that has this conversation was written so many days earlier."""
        with self._open('rw') as database, database:
            database.execute('UPDATE events SET at = at - ? WHERE ' + OF_ITS_BUSINESS, (days * DAY, conversation))

    def cut(self, conversation, last):
        """Removes the lines up to that number, as housekeeping does behind others' writes."""
        with self._open('rw') as database, database:
            database.execute('DELETE FROM events WHERE sequence <= ? AND ' + OF_ITS_BUSINESS, (last, conversation))

    def numbers(self, conversation):
        """What is kept of that log."""
        with self._open('ro') as database:
            return [number for number, in database.execute(
                'SELECT sequence FROM events WHERE %s ORDER BY sequence' % OF_ITS_BUSINESS, (conversation,))]
