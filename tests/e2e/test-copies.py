#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Handover developers
"""What a button copies is on the clipboard afterwards, and the app says so."""

import os
import subprocess
import sys

from support import tap
from support.appcase import CUSTOMER, METADATA, SUMMARY, AppCase
from support.desktop import Desktop
from support.interface import Agent, Operator
from support.waiting import wait_until

CLIPBOARD = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), 'support', 'clipboard')


class Copies(AppCase):
    def clipboard(self):
        return subprocess.run([CLIPBOARD], check=True, capture_output=True, text=True).stdout

    def start(self, **options):
        # Accessibility looks for its bus when it is first loaded.
        from support.accessibility import Toasts
        self.toasts = Toasts()
        return super().start(**options)

    def copy(self, app, button, text):
        """Presses, is told that it was done, and looks whether it was."""
        app.press(button)
        self.toasts.wait('Copied')
        wait_until(lambda: self.clipboard() == text, '%r on the clipboard' % text)

    def label(self, app, beginning):
        return next(node for node in app.tree.all(role='label') if node.text.startswith(beginning)).text

    def test_details(self):
        self.agent.escalate('known', SUMMARY, metadata=METADATA, customer={
            'name': CUSTOMER, 'email': 'marisol@example.com', 'phone': '+15550102', 'id': 'user-77'})
        app = self.start()
        app.open_conversation(CUSTOMER)
        for button, text in (('Copy Order Number', METADATA['order_number']),
                             ('Copy Email Address', 'marisol@example.com'),
                             ('Copy Phone Number', '+15550102'),
                             ('Copy Customer Id', 'user-77')):
            self.copy(app, button, text)

    def test_a_new_key(self):
        app = self.start()
        app.window.key('ctrl+comma')
        app.find('Change Password…')
        app.window.click(app.find('AI Agents', 'page tab'))
        app.window.click(app.field('Name of the New Agent'))
        app.window.type('Shop bot')
        app.field('Name of the New Agent').wait_text('Shop bot')
        app.window.key('Return')
        app.find('Key for Shop bot')
        key = self.label(app, 'hoa')
        self.copy(app, 'Copy Key', key)
        self.assertEqual(Agent(self.address, self.clipboard()).escalate('from the key', 'Help').status, 201)
        for button, beginning, part in (('Copy Command', 'export HANDOVER_KEY=' + key, '/agent/v1/escalations'),
                                        ('Copy Configuration', '{"mcpServers"', '/mcp')):
            snippet = self.label(app, beginning)
            self.assertIn(self.address + part, snippet)
            self.assertIn(key, snippet)
            self.copy(app, button, snippet)

    def test_an_invite(self):
        app = self.start()
        app.window.key('ctrl+comma')
        app.find('Change Password…')
        app.window.click(app.find('Team', 'page tab'))
        app.window.click(app.find('Invite a Colleague…'))
        app.press('Create Invite')
        app.button('Copy Code')
        code = self.label(app, 'hoi')
        self.copy(app, 'Copy Code', code)
        answer = self.anonymous().request('POST', '/v1/auth/accept-invite', {
            'invite': self.clipboard(), 'name': 'Noor', 'email': 'noor-%s@example.com' % self.owner.id,
            'password': 'a good long one'})
        self.assertEqual(answer.status, 201, answer)

    def test_the_first_snippet(self):
        app = self.start(operator=Operator.sign_up(self.address, 'New Shop', 'Ada'))
        app.find(contains='Connect Your First Agent')
        snippet = self.label(app, 'curl')
        self.assertIn(self.address + '/agent/v1/escalations', snippet)
        self.copy(app, 'Copy Command', snippet)


if __name__ == '__main__':
    with Desktop(keyring='unlocked') as AppCase.desktop:
        STATUS = tap.main()
    sys.exit(STATUS)
