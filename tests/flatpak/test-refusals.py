#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Handover developers
"""The Flatpak on a desktop without a keyring: the Secret portal cannot give it a key."""

import os
import sys

from support import tap
from support.appcase import CUSTOMER
from support.portals import PortalDesktop
from support.sandboxcase import SandboxCase

NOT_KEPT = 'No keyring keeps your session: you stay signed in until you quit.'


class WithoutKeyring(SandboxCase):
    def test_signed_in_until_it_quits(self):
        from support.accessibility import Toasts
        toasts = Toasts()
        app = self.start()
        toasts.wait(NOT_KEPT)
        number = self.escalate()
        alert = self.notifications.wait(CUSTOMER)
        self.notifications.press(alert, 'Take Over')
        self.service.wait_request('POST', '/v1/conversations/%s/claim' % number)
        app.find('Message', sensitive=True)
        app.close()
        self.assertFalse(os.path.exists(self.folder('data', 'keyrings', 'default.keyring')))

        app = self.start(sign_in=False, name='again')
        app.find('Sign In', 'button')


if __name__ == '__main__':
    with PortalDesktop() as SandboxCase.desktop:
        STATUS = tap.main()
    sys.exit(STATUS)
