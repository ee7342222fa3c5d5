#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Handover developers
"""The preferences, from the app to the service and back."""

import sys

from support import tap
from support.cases import ServiceCase
from support.desktop import Desktop
from support.interface import Agent, Operator
from support.waiting import wait_until


class Preferences(ServiceCase):
    desktop = None

    def setUp(self):
        self.owner, _ = self.new_business()
        self.addCleanup(self.desktop.clear_keyring)

    def open(self, operator, page=None):
        from support.app import App
        app = App(self.desktop, self.address)
        self.addCleanup(app.close)
        app.sign_in(self.address, operator.email, operator.password)
        app.find(contains='Nobody is waiting')
        app.window.key('ctrl+comma')
        app.find('Change Password…')
        if page:
            app.window.click(app.find(page, 'page tab'))
        return app

    def type(self, app, field, text):
        app.window.click(app.field(field))
        app.window.key('ctrl+a')
        app.window.type(text)
        app.field(field).wait_text(text)
        app.window.key('Return')

    def test_the_own_name(self):
        app = self.open(self.owner)
        self.type(app, 'Name', 'Kim Larsen')
        wait_until(lambda: self.owner.get('/v1/me')['name'] == 'Kim Larsen', 'the new name')

    def test_the_own_password(self):
        app = self.open(self.owner)
        app.window.click(app.find('Change Password…'))
        app.fill('Current Password', 'not this one')
        app.fill('New Password', 'short')
        self.assertFalse(app.find('Change', 'button').is_sensitive)
        app.fill('New Password', 'a much better one')
        app.press('Change')
        self.service.wait_request('PUT', '/v1/me/password', 422)
        app.fill('Current Password', self.owner.password)
        app.press('Change')
        self.service.wait_request('PUT', '/v1/me/password', 204)
        app.tree.wait_gone('Change', 'button')
        Operator.sign_in(self.address, self.owner.email, 'a much better one')

    def test_the_transition_message(self):
        app = self.open(self.owner, 'Business')
        self.assertFalse(app.find('Save Message').is_sensitive)
        app.fill('Transition Message', 'A person will be with you.')
        app.window.click(app.find('Save Message', sensitive=True))
        wait_until(lambda: self.owner.get('/v1/business')['transition_message'] == 'A person will be with you.',
                   'the new message')

    def test_an_operator_reads_only(self):
        app = self.open(self.owner.invite('Noor'), 'Business')
        app.find(contains='An admin can change it')
        self.assertIsNone(app.tree.first('Save Message'))
        app.window.click(app.find('Team', 'page tab'))
        app.find(contains='Noor')
        self.assertIsNone(app.tree.first('Invite a Colleague…'))
        app.window.click(app.find('AI Agents', 'page tab'))
        app.find(contains='Scripted bot')
        self.assertIsNone(app.tree.first('Name of the New Agent'))

    def test_an_invite(self):
        app = self.open(self.owner, 'Team')
        app.window.click(app.find('Invite a Colleague…'))
        app.press('Create Invite')
        app.find('Copy Code', 'button')
        code = next(node.name for node in app.tree.all(role='label') if node.name.startswith('hoi'))
        answer = self.anonymous().request('POST', '/v1/auth/accept-invite', {
            'invite': code, 'name': 'Noor', 'email': 'noor-%s@example.com' % self.owner.id,
            'password': 'a good long one'})
        self.assertEqual(answer.status, 201, answer)
        self.assertEqual(answer.body['operator']['role'], 'operator')
        app.window.key('Escape')
        app.find(contains='Noor')

    def test_a_colleague_is_deactivated(self):
        noor = self.owner.invite('Noor')
        app = self.open(self.owner, 'Team')
        app.window.click(app.find('Change Noor'))
        app.find('Change Noor', 'menu')
        app.window.key('d')
        app.find(contains='deactivated')
        self.assert_refused(noor.request('GET', '/v1/me'), 401, 'unauthorized')

    def test_an_agent_and_its_key(self):
        app = self.open(self.owner, 'AI Agents')
        self.type(app, 'Name of the New Agent', 'Shop bot')
        app.find('Key for Shop bot')
        key = next(node.name for node in app.tree.all(role='label') if node.name.startswith('hoa'))
        app.find(contains=self.address + '/agent/v1/escalations')
        app.find(contains=self.address + '/mcp')
        answer = Agent(self.address, key).escalate('from the key', 'Help')
        self.assertEqual(answer.status, 201, answer)

        app.window.key('Escape')
        app.window.click(app.find(contains='Shop bot', role='list item'))
        app.window.click(app.find('Delete This Key', 'button'))
        app.window.click(app.find('Delete', 'button'))
        app.tree.wait_gone('Delete This Key', 'button')
        self.assert_refused(Agent(self.address, key).request('GET', '/agent/v1/conversations/x'), 401, 'unauthorized')


if __name__ == '__main__':
    with Desktop(keyring='unlocked') as Preferences.desktop:
        STATUS = tap.main()
    sys.exit(STATUS)
