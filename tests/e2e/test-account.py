#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Handover developers
"""From the first account to the last window: signing up and out, closing, quitting, starting again."""

import subprocess
import sys

from support import build, tap
from support.appcase import CUSTOMER, AppCase
from support.desktop import Desktop
from support.seat import Seat
from support.waiting import wait_until

NAME = build.application_id()
PATH = '/' + NAME.replace('.', '/').replace('-', '_')


class Account(AppCase):
    def test_an_invite_is_accepted(self):
        invite = self.owner.post('/v1/team/invites', {'role': 'operator'})['invite']
        app = self.start(sign_in=False)
        app.press('Accept an Invite')
        for field, text in (('Service address', self.address), ('Invite', invite), ('Your name', 'Noor'),
                            ('Email', 'noor-%s@example.com' % self.owner.id), ('Password', 'a good long one')):
            app.fill(field, text)
        app.press('Join')
        self.service.wait_request('POST', '/v1/auth/accept-invite', 201)
        app.find(contains='Nobody is waiting')
        self.assertIn('Noor', [person['name'] for person in self.owner.get('/v1/team')['items']])

    def test_an_invite_that_does_not_hold(self):
        app = self.start(sign_in=False)
        app.press('Accept an Invite')
        for field, text in (('Service address', self.address), ('Invite', 'hoi_not-one'), ('Your name', 'Noor'),
                            ('Email', 'noor-%s@example.com' % self.owner.id), ('Password', 'a good long one')):
            app.fill(field, text)
        app.press('Join')
        app.find(contains='This invite was used already or is too old')
        app.button('Join')

    def test_a_new_business_connects_its_first_agent(self):
        app = self.start(sign_in=False)
        app.press('Create Account')
        for field, text in (('Service address', self.address), ('Business name', 'New Shop'), ('Your name', 'Ada'),
                            ('Email', 'ada-%s@example.com' % self.owner.id), ('Password', 'a good long one')):
            app.fill(field, text)
        app.press('Create Account')
        app.find(contains='Connect Your First Agent')
        app.press('Make an Agent…')
        app.window.click(app.field('Name of the New Agent'))
        app.window.type('Shop bot')
        app.window.key('Return')
        app.find('Key for Shop bot')
        app.window.key('Escape')
        app.tree.wait_gone('Key for Shop bot')
        app.window.key('Escape')
        app.find(contains='Nobody is waiting')

    def test_drafts_are_shown_before_signing_out(self):
        app = self.start()
        self.take_over(app, self.escalate())
        app.write('Half a thought')
        self.ask_to_sign_out(app)
        app.find('Sign Out?')
        app.find('Half a thought', 'label')
        app.press('Cancel')
        app.tree.wait_gone('Sign Out?')
        self.ask_to_sign_out(app)
        app.press('Sign Out')
        self.service.wait_request('POST', '/v1/auth/sign-out', 204)
        app.find('Sign In', 'button')

    def ask_to_sign_out(self, app):
        app.window.click(app.find('Main Menu'))
        app.find('Main Menu', 'menu')
        app.window.key('s')

    def test_quitting_asks_while_customers_are_held(self):
        app = self.start()
        self.take_over(app, self.escalate())
        app.window.key('ctrl+q')
        app.find('Quit While Answering?')
        app.press('Cancel')
        app.tree.wait_gone('Quit While Answering?')
        app.window.key('ctrl+q')
        app.press('Quit')
        self.assertEqual(app.child.wait(20), 0)

    def test_a_closed_window_keeps_alerting_and_comes_back(self):
        app = self.start()
        app.window.key('ctrl+w')
        app.find('Handover Keeps Running')
        app.press('Close Window')
        app.tree.wait_gone('Waiting')
        self.escalate()
        self.notifications.wait(CUSTOMER + ' needs a person')
        self.assertIsNone(app.child.poll())

        again = self.desktop.processes.start('again', [build.app_program()], env=build.app_environment())
        self.assertEqual(again.wait(30), 0)
        app.row(CUSTOMER)
        app.window = app.tree.window()
        app.window.raise_to_front()
        wait_until(lambda: app.tree.has_focus, 'something to have the focus')
        app.window.key('ctrl+w')
        app.tree.wait_gone('Waiting')
        self.assertIsNone(app.tree.first('Handover Keeps Running'))

    def test_started_by_the_bus(self):
        from support.accessibility import application
        app = self.start()
        app.close()
        self.desktop.add_bus_service(NAME, '/usr/bin/env GSETTINGS_SCHEMA_DIR=%s %s --gapplication-service'
                                     % (build.app_environment()['GSETTINGS_SCHEMA_DIR'], build.app_program()))
        self.call('Activate', '{}')
        process = int(self.ask_bus('GetConnectionUnixProcessID'))
        self.addCleanup(lambda: wait_until(lambda: self.ask_bus('NameHasOwner') == 'false', 'the end'))
        self.addCleanup(self.call, 'ActivateAction', 'quit', '[]', '{}')
        started = application(process_id=process, seconds=30)
        started.find(contains='Nobody is waiting', seconds=30)

    def call(self, method, *arguments):
        subprocess.run(['gdbus', 'call', '--session', '--dest', NAME, '--object-path', PATH, '--method',
                        'org.freedesktop.Application.' + method, *arguments], check=True, capture_output=True)

    def ask_bus(self, method):
        answer = subprocess.run(['gdbus', 'call', '--session', '--dest', 'org.freedesktop.DBus', '--object-path',
                                 '/org/freedesktop/DBus', '--method', 'org.freedesktop.DBus.' + method, NAME],
                                check=True, capture_output=True, text=True).stdout
        return answer.strip('(),\n').split()[-1]

    def test_refused_notifications_are_told(self):
        with Seat(self.desktop, notifications=False) as seat:
            app = self.start(desktop=seat)
            self.escalate()
            app.find(contains='Notifications are switched off')
            app.close()


if __name__ == '__main__':
    with Desktop(keyring='unlocked') as AppCase.desktop:
        STATUS = tap.main()
    sys.exit(STATUS)
