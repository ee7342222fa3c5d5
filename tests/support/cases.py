# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Handover developers
"""Test cases around a running service."""

import unittest

from support.interface import Agent, Client, Operator
from support.service import Service


class ServiceCase(unittest.TestCase):
    """One service for the class; every answer is held against the OpenAPI document at the end."""

    arguments = ()

    @classmethod
    def setUpClass(cls):
        cls.service = Service(arguments=cls.arguments, watched=True)
        cls.addClassCleanup(cls.service.close)
        cls.service.start()
        cls.address = cls.service.address

    @classmethod
    def tearDownClass(cls):
        cls.service.assert_documented()
        cls.service.stop()
        cls.service.watchdog.assert_never_waited()

    def new_business(self, name='Demo Shop'):
        """An owner and an agent of a new business."""
        owner = Operator.sign_up(self.address, name)
        record, key = owner.new_agent()
        agent = Agent(self.address, key)
        agent.record = record
        return owner, agent

    def anonymous(self):
        return Client(self.address)

    def assert_refused(self, answer, status, code=None):
        """A clear error: status, code, and a detail that says what to do."""
        self.assertEqual(answer.status, status, answer)
        self.assertEqual(answer.headers.get('content-type', '').split(';')[0], 'application/problem+json', answer)
        for member in ('type', 'title', 'status', 'detail', 'code'):
            self.assertTrue(answer.body.get(member), 'no %s in %r' % (member, answer))
        if code:
            self.assertEqual(answer.code, code, answer)
        return answer
