#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Handover developers
"""The Flatpak without its window: asked of the Background portal, allowed and refused, and started at login."""

import configparser
import os
import sys

from support import tap
from support.appcase import CUSTOMER
from support.portals import PortalDesktop
from support.sandboxcase import ID, SandboxCase
from support.waiting import wait_until

BACKGROUND = ('background', 'background', ID)


class Background(SandboxCase):
    def setUp(self):
        super().setUp()
        self.desktop.permit(*BACKGROUND, 'ask')

    def close_window(self, app):
        app.window.key('ctrl+w')
        app.find('Handover Keeps Running')
        app.press('Close Window')

    def test_allowed(self):
        app = self.start()
        self.close_window(app)
        asked = self.desktop.wait_asked('Access')
        self.assertEqual(asked['app'], ID)
        self.assertIn('customer', asked['subtitle'])
        app.tree.wait_gone('Main Menu')
        number = self.escalate()
        self.notifications.press(self.notifications.wait(CUSTOMER), 'Take Over')
        self.service.wait_request('POST', '/v1/conversations/%s/claim' % number)
        app.find('Message', sensitive=True)

    def test_refused(self):
        self.desktop.answer(Access='refuse')
        app = self.start()
        self.close_window(app)
        app.find(contains='does not let Handover run in the background')
        # It is not gone: it alerts, and answers.
        number = self.escalate()
        self.notifications.wait(CUSTOMER)
        self.take_over(app, number)

    def test_at_login(self):
        entry = os.path.join(os.environ['XDG_CONFIG_HOME'], 'autostart', ID + '.desktop')
        app = self.start()
        app.window.key('ctrl+comma')
        app.window.tab_to(app.find('Start at Login', 'check box', sensitive=True))
        app.window.key('space')
        wait_until(lambda: os.path.exists(entry), 'the entry at login')
        autostart = configparser.RawConfigParser()
        autostart.read(entry, encoding='utf-8')
        command = autostart['Desktop Entry']['Exec'].split()
        self.assertEqual(command[:2], ['flatpak', 'run'])
        self.assertIn('--command=handover', command)
        self.assertEqual(command[-2:], [ID, '--background'])

        self.desktop.answer(Access='refuse')
        app.window.key('space')
        wait_until(lambda: not os.path.exists(entry), 'no entry at login')


if __name__ == '__main__':
    with PortalDesktop(keyring='unlocked') as SandboxCase.desktop:
        STATUS = tap.main()
    sys.exit(STATUS)
