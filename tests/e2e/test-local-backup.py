#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Handover developers
"""A desk with a service of its own is backed up, restored, and taken elsewhere."""

import glob
import os
import stat
import subprocess
import sys

from support import build, tap
from support.desktop import Desktop
from support.interface import Operator
from support.localcase import CUSTOMER, EMAIL, PASSWORD, LocalCase
from support.portals import FrontPortal
from support.service import Service
from support.waiting import wait_until


class LocalBackup(LocalCase):
    def setUp(self):
        super().setUp()
        self.file = self.desktop.path('home', 'desk.db')
        # Files are chosen on the desktop, as from inside a sandbox. GTK asks for the portal's version and waits for it, so
        # these apps are not watched.
        os.environ['GDK_DEBUG'] = 'portals'
        self.addCleanup(os.environ.update, GDK_DEBUG='no-portals')
        portal = FrontPortal(self.desktop)
        self.addCleanup(portal.close)
        portal.answer(FileChooser=['file://' + self.file])
        self.addCleanup(lambda: os.path.exists(self.file) and os.unlink(self.file))

    def open_page(self, app):
        app.window.key('ctrl+comma')
        app.window.click(app.find('This Computer', 'page tab'))
        return app.find(contains='Running')

    def close_page(self, app):
        app.find('Preferences', 'dialog').find('Close', 'button').activate()
        app.tree.wait_gone('Back Up…')

    def back_up(self, app):
        app.window.click(app.find('Back Up…'))
        wait_until(lambda: os.path.exists(self.file) and not glob.glob(self.folder + '/*.part'), 'the backup')
        self.assertEqual(stat.S_IMODE(os.stat(self.file).st_mode), 0o600)

    def test_what_is_no_backup(self):
        app = self.start_here(watched=False)
        with open(self.file, 'w', encoding='utf-8') as file:
            file.write('Dear diary, ' * 100)
        self.open_page(app)
        app.window.click(app.find('Restore a Backup…'))
        app.press('Replace')
        app.find(contains='This file is damaged, or is no backup')
        app.window.key('Escape')
        app.tree.wait_gone('Not Restored')
        app.find(contains='Running', seconds=20)
        self.assertEqual(self.owner().get('/v1/business')['name'], 'Corner Shop')

    def restore(self, app):
        app.window.click(app.find('Restore a Backup…'))
        app.find('Replace This Desk?')
        app.press('Replace')

    def test_restored_here_and_moved_to_a_server(self):
        app = self.start_here(watched=False)
        agent = self.new_agent()
        self.escalate(agent, 'before')
        app.row(CUSTOMER)
        self.open_page(app)
        self.back_up(app)
        self.close_page(app)
        self.escalate(agent, 'after', 'Joyce Wu')
        app.row('Joyce Wu')

        self.open_page(app)
        self.restore(app)
        # What was there is kept; the log is another, so the lists are loaded anew.
        said = app.find(contains='What was there before is kept in', seconds=30).name
        self.assertEqual(glob.glob(self.folder + '/handoverd.db.before-*'), [said.split()[-1]])
        app.window.key('Escape')
        app.tree.wait_gone(contains='What was there before')
        self.assertEqual(glob.glob(self.folder + '/*.part'), [])
        self.close_page(app)
        app.tree.wait_gone(contains='Joyce Wu', seconds=40)
        app.row(CUSTOMER)
        app.find(contains='Connected', seconds=60)
        self.assertEqual(agent.read('before')['control'], 'waiting')

        with Service() as server:
            server.stop()
            subprocess.run(['rm', '-r', server.data], check=True)
            subprocess.run([build.service_program(), 'restore', '--data-dir', server.data, self.file], check=True,
                           capture_output=True)
            server.start()
            moved = Operator.sign_in(server.direct, EMAIL, PASSWORD)
            self.assertEqual([c['customer']['name'] for c in moved.conversations('waiting')], [CUSTOMER])

            app.window.click(app.find('Main Menu'))
            app.find('Main Menu', 'menu')
            app.window.key('s')
            app.press('Sign Out')
            app.press('Use a Service Address')
            app.sign_in(server.direct, EMAIL, PASSWORD)
            app.row(CUSTOMER, seconds=60)
            # Who has a server needs no service here.
            from support.localcase import children
            wait_until(lambda: 'handoverd' not in children(app.child.pid).values(), 'the end of the local service')
            app.window.key('ctrl+comma')
            app.find('Change Password…')
            self.assertIsNone(app.tree.first('This Computer', 'page tab'))


if __name__ == '__main__':
    with Desktop(keyring='unlocked') as LocalCase.desktop:
        STATUS = tap.main()
    sys.exit(STATUS)
