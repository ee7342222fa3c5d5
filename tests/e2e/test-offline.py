#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Handover developers
"""Replies while the service cannot be reached."""

import sys

from support import tap
from support.appcase import AppCase
from support.desktop import Desktop
from support.interface import Client
from support.waiting import wait_until


class Offline(AppCase):
    def offline(self):
        """An app whose reply waits, and the conversation's number."""
        app = self.start()
        number = self.escalate()
        self.take_over(app, number)
        self.service.stop()
        self.addCleanup(self.back)
        app.find(contains='Offline', seconds=30)
        app.find(contains='What you write waits until it is back')
        app.reply('Sent later')
        app.find(contains='Waiting for connection')
        return app, number

    def back(self):
        if self.service.child is None:
            self.service.start()
        self.service.proxy.target = self.service.direct

    def sent(self):
        return [message['text'] for message in self.agent.read('case')['messages']]

    def test_withdrawn_to_the_draft(self):
        app, _ = self.offline()
        app.press('Withdraw')
        app.field('Message').wait_text('Sent later')
        app.tree.wait_gone(contains='Waiting for connection')
        self.service.start()
        app.find(contains='Connected', seconds=60)
        # What would still wait leaves before what is written after it.
        app.reply('Sent instead')
        wait_until(lambda: 'Sent instead' in self.sent(), 'the other reply', 30)
        self.assertNotIn('Sent later', self.sent())

    def test_back_in_the_draft_when_a_colleague_took_over(self):
        noor = self.owner.invite('Noor')
        app, number = self.offline()
        self.service.start()
        self.service.proxy.target = None
        Client(self.service.direct, self.owner.token).post('/v1/conversations/%s/release' % number)
        Client(self.service.direct, noor.token).post('/v1/conversations/%s/claim' % number)
        self.service.proxy.target = self.service.direct
        app.find(contains='Noor is answering', seconds=60)
        app.find(contains='Not sent: Noor took over at')
        app.tree.wait_gone(contains='Waiting for connection')
        self.assertNotIn('Sent later', self.sent())
        noor.command(number, 'release')
        app.press('Take Over', seconds=30)
        app.field('Message').wait_text('Sent later')


if __name__ == '__main__':
    with Desktop(keyring='unlocked') as AppCase.desktop:
        STATUS = tap.main()
    sys.exit(STATUS)
