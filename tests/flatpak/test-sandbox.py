#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Handover developers
"""The installed Flatpak in its sandbox, with the permissions that its manifest asks for and no others."""

import os
import shutil
import subprocess
import sys

from support import tap
from support.appcase import CUSTOMER
from support.portals import PortalDesktop
from support.sandboxcase import ID, SandboxCase
from support.waiting import wait_until

APP = os.environ['HANDOVER_FLATPAK_APP']
LINK = 'http://shop.example/orders/5500419278'
BROWSER = 'example.Browser'
VIEWER = '''[Desktop Entry]
Type=Application
Name=Help
Exec=sh -c 'echo "$0" >>%s' %%u
MimeType=x-scheme-handler/help;
'''
# Whatever lets itself be started over the bus cannot be reached from a sandbox.
UNREACHABLE = VIEWER + 'DBusActivatable=true\n'
ALERTS = ('notifications', 'notification', ID)


class Sandbox(SandboxCase):
    def test_stays_signed_in_by_the_secret_portal(self):
        app = self.start()
        keyring = self.folder('data', 'keyrings', 'default.keyring')
        wait_until(lambda: os.path.exists(keyring), 'the kept session')
        with open(keyring, 'rb') as file:
            kept = file.read()
        # It is sealed, and the desktop's own keyring knows nothing of it.
        self.assertNotIn(self.owner.email.encode(), kept)
        self.assertFalse(self.desktop.has_session(self.owner.email))
        app.quit()

        app = self.start(sign_in=False, name='again')
        app.find(contains='Connected', seconds=30)

    def test_alerts_refused(self):
        self.desktop.permit(*ALERTS, 'no')
        self.addCleanup(self.desktop.permit, *ALERTS, 'yes')
        app = self.start()
        number = self.escalate()
        self.take_over(app, number)
        self.assertEqual(self.notifications.shown(), [])
        app.find('Notifications are switched off: no alert reaches you.')

    def test_links(self):
        """One is opened; then nothing can; then the user does not want to, and need not be told."""
        from support.accessibility import Toasts
        self.desktop.set_browsers(BROWSER)
        app = self.start()
        self.escalate(metadata={'links': [{'title': 'Order in the shop', 'url': LINK}]})
        app.open_conversation(CUSTOMER)
        link = app.find('Order in the shop', 'list item')
        toasts = Toasts()
        app.window.click(link)
        self.desktop.wait_opened(LINK)

        self.desktop.set_browsers()
        self.desktop.answer(AppChooser='fail')
        # Pressed again so soon, the pointer would make it a double click.
        app.window.tab_to(link)
        app.window.key('Return')
        toasts.wait('The link could not be opened.')
        asked = len(self.desktop.asked('AppChooser'))

        self.desktop.answer(AppChooser='refuse')
        app.window.key('Return')
        self.assertEqual(self.desktop.wait_asked('AppChooser', asked + 1)['uri'], LINK)
        app.press('Take Over')
        app.find('Message', sensitive=True)
        self.assertEqual(toasts.said, [])

    def set_viewer(self, description):
        """The only one that came with the sandbox."""
        applications = self.folder('data', 'applications')
        os.makedirs(applications, exist_ok=True)
        with open(os.path.join(applications, 'example.Viewer.desktop'), 'w', encoding='utf-8') as file:
            file.write(description)
        subprocess.run(['update-desktop-database', applications], check=True)

    def test_help(self):
        from support.accessibility import Toasts
        opened = self.folder('data', 'opened')
        self.set_viewer(VIEWER % opened)
        app = self.start()
        app.window.key('F1')

        def was_opened():
            with open(opened, encoding='utf-8') as file:
                return file.read().splitlines()
        wait_until(lambda: os.path.exists(opened) and was_opened(), 'the help')
        self.assertEqual(was_opened(), ['help:handover/desk'])

        # A viewer outside knows nothing of what is installed in here: it is told where that really is.
        # The app may hear a little late of another viewer.
        self.set_viewer(UNREACHABLE % opened)
        self.desktop.set_browsers(BROWSER)
        address = wait_until(lambda: app.window.key('F1') or self.desktop.find_opened('ghelp:'), 'help outside', 20, 1)
        self.assertTrue(os.path.samefile(address.removeprefix('ghelp:'),
                                         os.path.join(APP, 'files/share/help/C/handover/desk.page')), address)

        shutil.rmtree(self.folder('data', 'applications'))
        self.desktop.set_browsers()
        self.desktop.answer(AppChooser='fail')
        toasts = Toasts()
        app.window.key('F1')
        toasts.wait('There is no help viewer here.')


if __name__ == '__main__':
    with PortalDesktop(keyring='unlocked') as SandboxCase.desktop:
        STATUS = tap.main()
    sys.exit(STATUS)
