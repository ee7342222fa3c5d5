# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Handover developers
"""Test cases around the running app; set `desktop` of a class before its tests run."""

import os
import subprocess

from support.cases import ServiceCase
from support.notifications import Notifications

WIDE, NARROW = (1280, 800), (360, 720)
CUSTOMER = 'Marisol Vega'
SUMMARY = 'Wants to return a jacket after 94 days.'
METADATA = {'order_number': '5500419278', 'cart': [
    {'name': 'Rain jacket', 'quantity': 1, 'unit_price': '129.90', 'currency': 'USD'}]}

COPIER = os.path.join(os.path.dirname(os.path.abspath(__file__)), 'clipboard-owner')


class AppCase(ServiceCase):
    """A business with an owner and an agent, and an app that the owner signs in to."""

    desktop = None

    def setUp(self):
        self.owner, self.agent = self.new_business()
        self.notifications = Notifications(self.desktop)
        # The next test starts signed out.
        self.addCleanup(self.desktop.clear_keyring)

    def app_class(self):
        # Accessibility looks for its bus when it is first loaded.
        from support.app import App
        return App

    def start(self, size=WIDE, sign_in=True, operator=None, address=None, **options):
        address = address or self.address
        app = self.app_class()(options.pop('desktop', self.desktop), address, size, **{'watched': True, **options})
        self.addCleanup(app.close)
        if sign_in:
            operator = operator or self.owner
            app.sign_in(address, operator.email, operator.password)
            app.find(contains='Main Menu', seconds=30)
            app.find(contains='Connected', seconds=30)
        return app

    def escalate(self, name='case', customer=CUSTOMER, metadata=None, **more):
        self.agent.say(name, 'customer', 'I need a person, please.', customer={'name': customer})
        answer = self.agent.escalate(name, SUMMARY, customer={'name': customer},
                                     metadata=METADATA if metadata is None else metadata, **more)
        self.assertEqual(answer.status, 201, answer)
        return answer.body['conversation_id']

    def control(self, number):
        return self.owner.get('/v1/conversations/' + number)['control']

    def holder(self, number):
        return self.owner.get('/v1/conversations/' + number).get('holder', {}).get('name')

    def take_over(self, app, number, customer=CUSTOMER):
        app.open_conversation(customer)
        app.press('Take Over')
        self.service.wait_request('POST', '/v1/conversations/%s/claim' % number)
        return app.find('Message', sensitive=True)

    def copy(self, kind, path):
        """Somebody copies a file, or what it holds."""
        process = subprocess.Popen([COPIER, kind, path], stdout=subprocess.PIPE, text=True)
        self.addCleanup(process.stdout.close)
        self.addCleanup(process.wait)
        self.addCleanup(process.kill)
        self.assertEqual(process.stdout.readline(), 'ready\n')
