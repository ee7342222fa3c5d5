#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Handover developers
"""A desk with a service of its own: started, killed, taken a port away, quit and started again."""

import http.server
import os
import signal
import sys

from support import tap
from support.desktop import Desktop
from support.localcase import CUSTOMER, EMAIL, PASSWORD, LocalCase, is_alive
from support.waiting import wait_until


class Local(LocalCase):
    def test_from_the_welcome_to_an_answer(self):
        app = self.start_here()
        app.press('Make an Agent…')
        app.window.click(app.field('Name of the New Agent'))
        app.window.type('Shop bot')
        app.window.key('Return')
        app.find('Key for Shop bot')
        key = next(node.name for node in app.tree.all(role='label') if node.name.startswith('hoa'))
        # What the snippet says is what the agent does.
        snippet = app.find(contains='/agent/v1/escalations').name
        address = snippet.split('/agent/v1')[0].split()[-1]
        self.assertEqual(address, self.address())
        app.window.key('Escape')
        app.tree.wait_gone('Key for Shop bot')
        app.window.key('Escape')

        from support.interface import Agent
        agent = Agent(address, key)
        self.escalate(agent)
        shown = self.notifications.wait(CUSTOMER + ' needs a person')
        self.notifications.press(shown, 'Take Over')
        app.find('Release', 'button', seconds=20)
        app.reply('A person here.')
        wait_until(lambda: 'A person here.' in [m['text'] for m in agent.read('case')['messages']], 'the reply')

    def test_a_killed_service_comes_back(self):
        app = self.start_here()
        agent = self.new_agent()
        number = self.escalate(agent)
        address = self.address()
        # A service that cannot start again for a while.
        away = self.folder + '.away'
        service = self.service_of(app)
        os.rename(self.folder, away)
        with open(self.folder, 'w', encoding='utf-8'):
            pass
        os.kill(service, signal.SIGKILL)
        app.find(contains='This computer\'s service is down', seconds=20)
        # Once the folder is back, the service may be too before anybody presses anything.
        app.press('Try Again')
        os.unlink(self.folder)
        os.rename(away, self.folder)
        app.tree.wait_gone(contains='This computer\'s service is down', seconds=40)
        app.find(contains='Connected', seconds=30)
        self.assertEqual(self.address(), address)
        self.assertEqual(self.owner().get('/v1/conversations/' + number)['control'], 'waiting')
        app.open_conversation(CUSTOMER)
        app.press('Take Over')
        app.find('Release', 'button')

    def test_a_killed_app_leaves_no_service_behind(self):
        app = self.start_here()
        service = self.service_of(app)
        agent = self.new_agent()
        address = self.address()
        app.child.kill()
        app.child.wait()
        wait_until(lambda: not is_alive(service), 'the end of the service')

        again = self.start(name='again')
        again.find(contains='Connected', seconds=30)
        self.assertEqual(self.address(), address)
        self.escalate(agent)
        again.row(CUSTOMER)

    def test_quitting_with_someone_waiting_asks(self):
        app = self.start_here()
        service = self.service_of(app)
        agent = self.new_agent()
        self.escalate(agent)
        app.row(CUSTOMER)
        app.window.key('ctrl+q')
        app.find('Quit While Customers Wait?')
        app.press('Cancel')
        app.tree.wait_gone('Quit While Customers Wait?')
        self.assertTrue(is_alive(service))
        app.window.key('ctrl+q')
        app.press('Quit')
        self.assertEqual(app.child.wait(20), 0)
        self.assertFalse(is_alive(service), 'the app ended before its service had')

    def test_quitting_with_nobody_waiting(self):
        app = self.start_here()
        service = self.service_of(app)
        app.window.key('ctrl+q')
        self.assertEqual(app.child.wait(20), 0)
        self.assertFalse(is_alive(service))

    def test_another_program_has_the_port(self):
        app = self.start_here()
        address = self.address()
        app.window.key('ctrl+q')
        self.assertEqual(app.child.wait(20), 0)

        port = int(address.rsplit(':', 1)[1])
        http.server.HTTPServer.allow_reuse_address = True
        with http.server.HTTPServer(('127.0.0.1', port), http.server.BaseHTTPRequestHandler):
            app = self.start(name='moved')
            app.find(contains='Another program took this desk\'s address', seconds=30)
            app.find(contains='Connected', seconds=30)
            wait_until(lambda: self.address() != address, 'another port')
            app.find(contains=self.address())
            app.press('Done')
            app.tree.wait_gone(contains='Another program took this desk\'s address')
        moved = self.address()
        app.window.key('ctrl+q')
        self.assertEqual(app.child.wait(20), 0)
        app = self.start(name='stays')
        app.find(contains='Connected', seconds=30)
        self.assertEqual(self.address(), moved)
        self.assertIsNone(app.tree.first(contains='Another program took'))

    def test_signed_out_and_in_again(self):
        app = self.start_here()
        app.window.click(app.find('Main Menu'))
        app.find('Main Menu', 'menu')
        app.window.key('s')
        app.press('Sign Out')
        app.find('Sign In on This Computer')
        app.fill('Email', EMAIL)
        app.fill('Password', 'not this one')
        app.press('Sign In')
        app.find(contains='do not match')
        app.fill('Password', PASSWORD)
        app.press('Sign In')
        app.find(contains='Connected', seconds=30)

    def test_the_way_back_to_an_address(self):
        app = self.start()
        app.window.click(app.find('Start on This Computer'))
        app.find(contains='Your data stays on this computer')
        app.press('Use a Service Address')
        app.find('Sign In to Handover')
        app.field('Service address')
        self.assertFalse(os.path.exists(self.folder))

    def test_what_cannot_start_says_why(self):
        os.makedirs(self.folder)
        with open(os.path.join(self.folder, 'handoverd.db'), 'w', encoding='utf-8') as file:
            file.write('Dear diary, this is no database at all. ' * 20)
        app = self.start()
        app.window.click(app.find('Start on This Computer'))
        self.create_account(app)
        app.find(contains='The service cannot start. The data is damaged.')
        os.unlink(os.path.join(self.folder, 'handoverd.db'))
        app.press('Create Account')
        app.find(contains='Connect Your First Agent', seconds=30)


if __name__ == '__main__':
    with Desktop(keyring='unlocked') as LocalCase.desktop:
        STATUS = tap.main()
    sys.exit(STATUS)
