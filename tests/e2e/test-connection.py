#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Handover developers
"""What the app knows of its connection, and shows: dead peers, network switches, pulled plugs."""

import sys
import time

from support import tap
from support.appcase import CUSTOMER, AppCase
from support.desktop import Desktop
from support.faults import FaultProxy
from support.waiting import wait_until

# An operator learns of a dead peer within ten seconds, and is back within two when the network only changed.
FOUND, BACK = 10, 2


class Connection(AppCase):
    def setUp(self):
        super().setUp()
        self.network = FaultProxy(self.service.direct)
        self.addCleanup(self.network.close)
        self.app = self.start(address=self.network.address)
        self.status = self.app.find(contains='Connected', role='status bar')

    def tearDown(self):
        print('# ' + self.network.report())

    def wait_status(self, *words, seconds=30):
        """Until the bar says one of them. Returns how long it took."""
        begun = time.monotonic()
        wait_until(lambda: any(word in (self.status.text or '') for word in words),
                   'the bar to say %s, it says %r' % (' or '.join(words), self.status.text), seconds, 0.05)
        return time.monotonic() - begun

    def assert_current(self):
        """All that happened meanwhile is there, and nothing is missing."""
        self.app.row(CUSTOMER, seconds=30)
        self.assertEqual(self.status.text, 'Connected, 0 gaps')

    def test_a_dead_peer(self):
        self.network.fall_silent()
        found = self.wait_status('Connecting', 'Offline')
        self.assertLess(found, FOUND)
        print('# found after %.1f s' % found)
        self.escalate()
        # A new connection is as dead as the old one: the app must not say that it is connected.
        offline = self.wait_status('Offline')
        self.assertLess(offline, FOUND)
        self.network.speak()
        self.app.press('Try Again', seconds=5)
        self.wait_status('Connected')
        self.assert_current()

    def test_old_connections_die_without_a_word(self):
        self.network.fall_silent(forever=False)
        self.escalate()
        wait_until(lambda: self.network.recoveries, 'a new stream', 30)
        self.assertLess(self.network.longest_recovery(), FOUND)
        self.assert_current()

    def test_the_network_changes(self):
        for _ in range(2):
            before = len(self.network.recoveries)
            self.network.reset()
            wait_until(lambda before=before: len(self.network.recoveries) > before, 'a new stream')
        self.escalate()
        self.assert_current()
        self.assertLess(self.network.longest_recovery(), BACK)

    def test_a_pulled_plug(self):
        self.network.unplug()
        self.assertLess(self.wait_status('Offline'), BACK)
        self.escalate()
        self.network.plug()
        self.app.press('Try Again', seconds=5)
        self.assertLess(self.wait_status('Connected'), BACK)
        self.assert_current()

    def test_a_reply_into_a_dead_connection(self):
        number = self.escalate()
        self.app.open_conversation(CUSTOMER)
        self.app.press('Take Over')
        self.app.find('Message', sensitive=True)
        self.network.fall_silent(forever=False)
        begun = time.monotonic()
        self.app.reply('Are you there?')

        def said():
            return [m for m in self.owner.messages(number) if m['text'] == 'Are you there?']
        wait_until(said, 'the reply to arrive', 30, 0.1)
        took = time.monotonic() - begun
        print('# arrived after %.1f s' % took)
        self.assertLess(took, FOUND + BACK)
        self.app.find(contains='Are you there? · Sent')
        self.assertEqual(len(said()), 1)


if __name__ == '__main__':
    with Desktop(keyring='unlocked') as AppCase.desktop:
        STATUS = tap.main()
    sys.exit(STATUS)
