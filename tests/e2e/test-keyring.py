#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Handover developers
"""A locked keyring asks for its password once, and who declines goes on without it."""

import sys

from gi.repository import GLib

from support import tap
from support.appcase import AppCase
from support.desktop import KEYRING_PASSWORD, Desktop
from support.waiting import wait_until

NOT_KEPT = 'No keyring keeps your session: you stay signed in until you quit.'


class LockedKeyring(AppCase):
    def setUp(self):
        self.owner, self.agent = self.new_business()
        self.desktop.lock_keyring()

    def start(self, **options):
        # Accessibility looks for its bus when it is first loaded.
        from support.accessibility import Toasts
        self.toasts = Toasts()
        return super().start(sign_in=False, **options)

    def sign_in(self, app):
        app.sign_in(self.address, self.owner.email, self.owner.password)

    def prompt(self):
        """The keyring's own window that asks for the password, if it does."""
        # Accessibility looks for its bus when it is first loaded.
        from support.accessibility import Node, names_of_applications, turn_main_context
        turn_main_context()
        for accessible in names_of_applications():
            try:
                if accessible.get_name() == 'gcr-prompter' and Node(accessible).first('Cancel', 'button'):
                    return Node(accessible)
            except GLib.Error:
                continue
        return None

    def decline(self):
        prompt = wait_until(self.prompt, 'the keyring to ask', 30)
        prompt.first('Cancel', 'button').activate()

    def unlock(self):
        prompt = wait_until(self.prompt, 'the keyring to ask', 30)
        prompt.find(role='password text').set_text(KEYRING_PASSWORD)
        prompt.find('Unlock', 'button', sensitive=True).activate()

    def sign_out(self, app):
        app.window.click(app.find('Main Menu'))
        app.find('Main Menu', 'menu')
        app.window.key('s')
        app.press('Sign Out')
        app.find('Sign In', 'button')

    def test_declined_when_the_session_is_to_be_kept(self):
        app = self.start()
        self.sign_in(app)
        self.decline()
        self.toasts.wait(NOT_KEPT)
        app.find(contains='Connected')

        # Not asked again: it is told at once, with nobody there to decline.
        self.sign_out(app)
        self.sign_in(app)
        self.toasts.wait(NOT_KEPT)
        self.assertIsNone(self.prompt())
        app.close()
        self.start().find('Sign In', 'button')

    def test_declined_when_the_session_was_kept(self):
        app = self.start()
        self.sign_in(app)
        self.unlock()
        app.find(contains='Connected')
        wait_until(lambda: self.desktop.has_session(self.owner.email), 'a kept session')
        app.close()
        self.desktop.lock_keyring()

        app = self.start(name='declined')
        self.decline()
        app.find('Sign In', 'button')
        self.sign_in(app)
        self.toasts.wait(NOT_KEPT)
        self.assertIsNone(self.prompt())
        app.find(contains='Connected')
        app.close()

        app = self.start(name='unlocked')
        self.addCleanup(self.desktop.clear_keyring)
        self.unlock()
        app.find(contains='Connected')
        self.assertEqual(self.toasts.said, [])


if __name__ == '__main__':
    with Desktop(keyring='locked') as AppCase.desktop:
        STATUS = tap.main()
    sys.exit(STATUS)
