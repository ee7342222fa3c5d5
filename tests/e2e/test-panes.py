#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Handover developers
"""What each pane says when it is empty, loading, failing or full."""

import os
import signal
import sys

from support import tap
from support.appcase import CUSTOMER, SUMMARY, AppCase
from support.desktop import Desktop


class Panes(AppCase):
    def back(self):
        if self.service.child is None:
            self.service.start()

    def talk(self, count, **more):
        """A conversation of that many lines."""
        lines = [{'author': 'agent' if i % 2 else 'customer', 'text': 'Line %d of this talk' % i}
                 for i in range(1, count + 1)]
        answer = self.agent.escalate('long', SUMMARY, customer={'name': CUSTOMER}, transcript=lines, **more)
        self.assertEqual(answer.status, 201, answer)
        return answer.body['conversation_id']

    def test_inbox_failing(self):
        self.start().close()
        self.service.stop()
        self.addCleanup(self.back)
        app = self.start(sign_in=False)
        app.find(contains='The service cannot be reached', seconds=30)
        self.service.start()
        app.press('Try Again')
        app.find(contains='Nobody is waiting', seconds=60)

    def test_inbox_full(self):
        for i in range(1, 51):
            self.agent.escalate('c%d' % i, SUMMARY, customer={'name': 'Person %02d' % i}, transcript=[
                {'author': 'customer', 'text': 'First words of %02d' % i}, {'author': 'customer', 'text': 'Hello?'}])
        app = self.start()
        app.row('Person 01')
        app.find('50')
        for key, person in (('ctrl+j', 1), ('alt+Down', 2), ('alt+Down', 3), ('alt+Up', 2), ('ctrl+j', 3)):
            app.window.key(key)
            app.find(contains='First words of %02d' % person)
        number = next(c['id'] for c in self.owner.conversations('waiting') if c['customer']['name'] == 'Person 03')
        app.window.key('ctrl+shift+t')
        self.service.wait_request('POST', '/v1/conversations/%s/claim' % number)
        app.find(contains='You are answering')
        app.find('49')

    def test_nobody_waits_but_somebody_is_answered(self):
        app = self.start()
        self.take_over(app, self.escalate())
        app.find('Nobody is waiting', 'label')
        app.row(CUSTOMER)
        self.assertIsNone(app.tree.first(contains=' new', role='button'))

    def test_transcript_empty(self):
        self.agent.escalate('silent', SUMMARY, customer={'name': CUSTOMER})
        app = self.start()
        app.open_conversation(CUSTOMER)
        app.find(contains='The AI asked for help')

    def test_transcript_loading(self):
        app = self.start()
        self.talk(3)
        app.row(CUSTOMER)
        os.kill(self.service.child.pid, signal.SIGSTOP)
        try:
            app.open_conversation(CUSTOMER)
            app.find('Take Over', 'button')
        finally:
            os.kill(self.service.child.pid, signal.SIGCONT)
        app.find(contains='Line 1 of this talk')

    def test_transcript_long(self):
        self.talk(300)
        app = self.start()
        app.open_conversation(CUSTOMER)
        app.find(contains='Line 300 of this talk')
        self.assertIsNone(app.tree.first('Line 1 of this talk'))

    def test_details_of_somebody_unknown(self):
        self.agent.escalate('unknown', SUMMARY)
        app = self.start()
        app.window.key('ctrl+j')
        app.find(contains='Why the AI Stopped')
        app.find(contains=SUMMARY)
        for absent in ('Copy Order Number', 'Copy Email Address', 'Copy Phone Number', 'Copy Customer Id', 'Links'):
            self.assertIsNone(app.tree.first(absent), absent)
        for absent in ('N/A', 'null', 'Total'):
            self.assertIsNone(app.tree.first(contains=absent), absent)


if __name__ == '__main__':
    with Desktop(keyring='unlocked') as AppCase.desktop:
        STATUS = tap.main()
    sys.exit(STATUS)
