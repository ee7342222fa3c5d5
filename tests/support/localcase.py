# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Handover developers
"""Test cases around an app that runs the service for its own desk; set `desktop` of a class before its tests run."""

import os
import unittest

from support import build
from support.desktop import SETTINGS
from support.interface import Agent, Operator
from support.notifications import Notifications
from support.waiting import wait_until

CUSTOMER = 'Marisol Vega'
EMAIL, PASSWORD = 'ada@example.com', 'a good long one'


def children(process_id):
    """Those of a process that have not ended, with the names of their programs."""
    found = {}
    for name in filter(str.isdigit, os.listdir('/proc')):
        try:
            with open('/proc/%s/stat' % name, encoding='utf-8', errors='replace') as file:
                program, rest = file.read().rsplit(') ', 1)
        except OSError:
            continue
        state, parent = rest.split()[:2]
        if state != 'Z' and int(parent) == process_id:
            found[int(name)] = program.split(' (', 1)[1]
    return found


def is_alive(process_id):
    try:
        with open('/proc/%d/stat' % process_id, encoding='utf-8', errors='replace') as file:
            return file.read().rsplit(') ', 1)[1][0] != 'Z'
    except OSError:
        return False


class LocalCase(unittest.TestCase):
    """An app without any service but its own."""

    desktop = None
    # Where the app keeps its settings, when that is not where this desktop's apps do.
    settings_file = None

    def setUp(self):
        self.notifications = Notifications(self.desktop)
        self.folder = self.desktop.path('data', build.application_id(), 'service')
        self.addCleanup(self.desktop.forget_app)

    def start(self, name='app', **options):
        # Accessibility looks for its bus when it is first loaded.
        from support.app import App
        app = App(self.desktop, name=name, watched=options.pop('watched', True), **options)
        self.addCleanup(app.close)
        return app

    def start_here(self, **options):
        """An app whose new owner started on this computer."""
        app = self.start(**options)
        app.window.click(app.find('Start on This Computer'))
        self.create_account(app)
        app.find(contains='Connect Your First Agent', seconds=30)
        app.find(contains='Connected')
        return app

    def create_account(self, app):
        app.find(contains='Your data stays on this computer')
        for field, text in (('Business name', 'Corner Shop'), ('Your name', 'Ada'), ('Email', EMAIL),
                            ('Password', PASSWORD)):
            app.fill(field, text)
        app.press('Create Account')

    def service_of(self, app):
        """The process of the app's service."""
        def look():
            return next((number for number, name in children(app.child.pid).items() if name == 'handoverd'), None)
        return wait_until(look, 'the service of the app')

    def address(self):
        """Where agents reach the desk, as the settings keep it."""
        def look():
            settings = self.desktop.read_settings(self.settings_file)
            port = settings.get(SETTINGS, 'local-service-port', fallback='0').split()[-1]
            return int(port) and 'http://127.0.0.1:' + port
        return wait_until(look, 'the port in the settings')

    def owner(self):
        return Operator.sign_in(self.address(), EMAIL, PASSWORD)

    def new_agent(self):
        return Agent(self.address(), self.owner().new_agent()[1])

    def escalate(self, agent, name='case', customer=CUSTOMER):
        agent.say(name, 'customer', 'I need a person, please.', customer={'name': customer})
        answer = agent.escalate(name, 'Wants to return a jacket.', customer={'name': customer})
        self.assertEqual(answer.status, 201, answer)
        return answer.body['conversation_id']
