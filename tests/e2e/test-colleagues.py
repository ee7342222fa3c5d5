#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Handover developers
"""Two people at two apps, with one customer between them."""

import sys

from support import tap
from support.appcase import CUSTOMER, AppCase
from support.desktop import Desktop
from support.notifications import Notifications
from support.seat import Seat


class Colleagues(AppCase):
    def setUp(self):
        super().setUp()
        self.noor = self.owner.invite('Noor')
        self.seat = Seat(self.desktop)
        self.addCleanup(self.seat.close)
        self.seat.__enter__()
        self.mine = self.start()
        self.theirs = self.start(operator=self.noor, desktop=self.seat, name='colleague')

    def test_a_conversation_is_passed_on(self):
        number = self.escalate()
        self.take_over(self.mine, number)
        self.mine.write('Half a thought')
        self.mine.press('Transfer…')
        self.mine.find('Transfer to a Colleague')
        self.mine.window.click(self.mine.find('Noor', 'list item', sensitive=True))
        self.service.wait_request('POST', '/v1/conversations/%s/transfer' % number)
        self.mine.find(contains='Noor is answering')
        self.mine.find(contains='You passed the conversation to Noor')
        self.assertEqual(self.holder(number), 'Noor')

        self.theirs.open_conversation(CUSTOMER)
        self.theirs.find(contains='You are answering')
        self.theirs.find(contains='Kim passed the conversation to you')
        self.theirs.reply('Noor here.')
        self.mine.find(contains='Noor here.')

    def test_who_is_away_cannot_be_picked(self):
        self.noor.put('/v1/me/presence', {'presence': 'away'})
        number = self.escalate()
        self.take_over(self.mine, number)
        self.mine.press('Transfer…')
        self.mine.find(contains='Away')
        self.assertFalse(self.mine.find('Noor', 'list item').is_sensitive)

    def test_both_take_over_at_once(self):
        number = self.escalate()
        self.mine.open_conversation(CUSTOMER)
        self.mine.button('Take Over')
        # The colleague is faster, and this app has not heard of it yet when its own button is pressed.
        with self.service.proxy.held_streams():
            self.noor.command(number, 'claim')
            self.mine.press('Take Over')
            self.service.wait_request('POST', '/v1/conversations/%s/claim' % number, 409)
            self.mine.find(contains='Noor is answering this conversation')
        self.mine.find(contains='Noor is answering')
        self.assertEqual(self.holder(number), 'Noor')

    def test_the_alert_goes_when_a_colleague_takes_it(self):
        theirs = Notifications(self.seat)
        number = self.escalate()
        shown = theirs.wait(CUSTOMER + ' needs a person')
        self.take_over(self.mine, number)
        theirs.wait_withdrawn(shown['id'], 5)

    def test_deactivated_while_answering(self):
        number = self.escalate()
        self.take_over(self.theirs, number)
        self.theirs.write('An unsent thought')
        self.owner.patch('/v1/team/' + self.noor.id, {'active': False})
        self.theirs.find('Sign In', 'button', seconds=20)
        self.theirs.find(contains='no longer')
        self.theirs.find(contains='An unsent thought')
        self.mine.find(contains=CUSTOMER, role='list item')
        self.assertEqual(self.control(number), 'waiting')


if __name__ == '__main__':
    with Desktop(keyring='unlocked') as AppCase.desktop:
        STATUS = tap.main()
    sys.exit(STATUS)
