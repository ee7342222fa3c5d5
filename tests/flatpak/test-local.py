#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Handover developers
"""The Flatpak as a desk of its own: both programs in one sandbox, and an agent that calls it from outside."""

import contextlib
import os
import pathlib
import shutil
import sqlite3
import sys

from support import tap
from support.interface import Client
from support.localcase import CUSTOMER, LocalCase
from support.portals import PortalDesktop, PortalNotifications
from support.sandboxcase import ID
from support.waiting import wait_until


def count_conversations(path):
    """Those in a backup, once it is whole."""
    try:
        with contextlib.closing(sqlite3.connect(path.as_uri() + '?mode=ro', uri=True)) as database:
            if database.execute('PRAGMA integrity_check').fetchone() == ('ok',):
                return database.execute('SELECT count (*) FROM conversations').fetchone()[0]
    except sqlite3.DatabaseError:
        pass
    return None


class SandboxedDesk(LocalCase):
    def setUp(self):
        self.notifications = PortalNotifications(self.desktop)
        data = self.desktop.path('home', '.var', 'app', ID)
        self.folder = os.path.join(data, 'data', ID, 'service')
        self.settings_file = os.path.join(data, 'config', 'glib-2.0', 'settings', 'keyfile')
        self.addCleanup(shutil.rmtree, data, ignore_errors=True)

    def start(self, name='app', **options):
        # Accessibility looks for its bus when it is first loaded.
        from support.sandbox import SandboxedApp
        app = SandboxedApp(self.desktop, name=name, **options)
        self.addCleanup(app.close)
        return app

    def is_reached(self, address):
        try:
            return Client(address).request('GET', '/healthz').status == 200
        except OSError:
            return False

    def back_up(self, app):
        """Into a file that the sandbox sees because the user chose it."""
        if not self.desktop.has_documents:
            return
        path = pathlib.Path(self.desktop.path('home', 'desk.db'))
        self.desktop.answer(FileChooser=[path.as_uri()])
        app.window.key('ctrl+comma')
        app.window.click(app.find('This Computer', 'page tab'))
        app.window.click(app.find('Back Up…', sensitive=True))
        wait_until(lambda: count_conversations(path) == 1, 'the backup')
        app.find('Preferences', 'dialog').find('Close', 'button').activate()
        app.tree.wait_gone('Back Up…')

    def test_from_the_welcome_to_the_next_day(self):
        app = self.start_here()
        agent = self.new_agent()
        address = self.address()
        number = self.escalate(agent)
        self.notifications.press(self.notifications.wait(CUSTOMER + ' needs a person'), 'Take Over')
        app.find('Release', 'button', seconds=20)
        app.reply('A person here.')
        wait_until(lambda: 'A person here.' in [m['text'] for m in agent.read('case')['messages']], 'the reply')
        self.assertTrue(os.path.isdir(self.folder))
        self.back_up(app)
        app.press('Release')
        wait_until(lambda: self.owner().get('/v1/conversations/' + number)['control'] == 'waiting', 'the release')
        self.assertTrue(self.is_reached(address))
        app.close()
        wait_until(lambda: not self.is_reached(address), 'the end of the service with the sandbox')

        app = self.start(name='next')
        app.find(contains='Connected', seconds=30)
        self.assertEqual(self.address(), address)
        self.assertEqual(self.owner().get('/v1/conversations/' + number)['control'], 'waiting')


if __name__ == '__main__':
    with PortalDesktop(keyring='unlocked') as SandboxedDesk.desktop:
        STATUS = tap.main()
    sys.exit(STATUS)
