#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Handover developers
"""Replies while the service cannot be reached."""

import sys

from support import tap
from support.appcase import CUSTOMER, AppCase
from support.desktop import Desktop
from support.interface import Client
from support.logfile import LogFile
from support.mirror import Mirror
from support.preload import preloaded
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

    @staticmethod
    def show(app, mode):
        app.find(mode, 'toggle button', sensitive=True).activate()
        app.find({'Note': 'Add Note', 'Reply': 'Send'}[mode], 'button')

    def back(self):
        if self.service.child is None:
            self.service.start()
        self.service.proxy.target = self.service.direct

    def sent(self):
        """What the customer was told."""
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

    def test_a_withdrawn_note_is_a_note_again(self):
        app = self.start()
        number = self.escalate()
        self.take_over(app, number)
        self.service.stop()
        self.addCleanup(self.back)
        app.find(contains='Offline', seconds=30)
        self.show(app, 'Note')
        app.write('She is cross')
        app.press('Add Note')
        app.find(contains='Waiting for connection')
        self.show(app, 'Reply')
        app.press('Withdraw')
        app.find('Add Note', 'button')
        app.field('Message').wait_text('She is cross')
        self.show(app, 'Reply')
        app.field('Message').wait_text('')
        mirror = Mirror(self.desktop, self.address, self.owner)
        wait_until(lambda: mirror.drafts('note').get(number) == 'She is cross', 'the note to be kept')
        self.assertFalse(mirror.drafts())
        app.close()

        # It is where it was written after a restart, too.
        app = self.start(sign_in=False)
        app.open_conversation(CUSTOMER)
        app.button('Add Note', seconds=30)
        app.field('Message').wait_text('She is cross')
        self.back()
        app.find(contains='Connected', seconds=60)
        app.press('Add Note')
        wait_until(lambda: not mirror.waiting() and not mirror.drafts('note'), 'the note to be sent')
        self.assertNotIn('She is cross', self.sent())

    def test_back_in_the_draft_when_a_colleague_took_over(self):
        noor = self.owner.invite('Noor')
        app, number = self.offline()
        self.service.start()
        self.service.proxy.target = None
        Client(self.service.direct, self.owner.token).post('/v1/conversations/%s/release' % number)
        Client(self.service.direct, noor.token).post('/v1/conversations/%s/claim' % number)
        self.service.proxy.target = self.service.direct
        app.find(contains='Noor is answering', seconds=60)
        app.find(contains='Not sent: Noor took over at', seconds=30)
        app.tree.wait_gone(contains='Waiting for connection')
        self.assertNotIn('Sent later', self.sent())
        noor.command(number, 'release')
        app.press('Take Over', seconds=30)
        app.field('Message').wait_text('Sent later')

    def test_what_was_read_can_be_read(self):
        app = self.start()
        number = self.escalate()
        other = self.escalate('other', customer='Ola Nordmann')
        self.take_over(app, number)
        app.write('Half a thought')
        mirror = Mirror(self.desktop, self.address, self.owner)
        wait_until(lambda: mirror.drafts().get(number) == 'Half a thought', 'the draft to be kept')
        app.open_conversation('Ola Nordmann')
        app.find(contains='Waiting for a person')
        wait_until(lambda: mirror.messages(other), 'the transcript')
        app.close()
        self.service.stop()
        self.addCleanup(self.back)

        app = self.start(sign_in=False)
        app.find(contains='Offline', seconds=30)
        app.open_conversation('Ola Nordmann')
        app.find(contains='One moment please')
        app.open_conversation(CUSTOMER)
        app.find(contains='I need a person, please.')
        app.field('Message').wait_text('Half a thought')
        app.press('Send')
        app.find(contains='Waiting for connection')
        app.reply('And another')
        self.back()
        app.find(contains='Connected', seconds=60)
        app.find(contains='And another · Sent', seconds=30)
        self.assertEqual(self.sent()[-2:], ['Half a thought', 'And another'])
        self.assertEqual(self.sent().count('Half a thought'), 1)
        self.assertFalse(mirror.drafts())

    def test_what_came_back_is_told_where_it_was_written(self):
        noor = self.owner.invite('Noor')
        app, number = self.offline()
        app.close()
        self.back()
        Client(self.service.direct, self.owner.token).post('/v1/conversations/%s/release' % number)
        Client(self.service.direct, noor.token).post('/v1/conversations/%s/claim' % number)
        self.escalate('other', customer='Ola Nordmann')
        # The reply comes back while nobody looks at its conversation.
        app = self.start(sign_in=False)
        app.find(contains='Connected', seconds=60)
        app.open_conversation('Ola Nordmann')
        mirror = Mirror(self.desktop, self.address, self.owner)
        wait_until(lambda: mirror.drafts().get(number) == 'Sent later', 'the draft')
        noor.command(number, 'release')
        app.find(contains=CUSTOMER + ', Web chat, waiting', role='list item')
        app.open_conversation(CUSTOMER)
        app.find(contains='Not sent: Noor took over at', seconds=30)
        app.press('Take Over', seconds=30)
        app.field('Message').wait_text('Sent later')
        self.assertNotIn('Sent later', self.sent())

    def test_away_for_longer_than_the_log_goes_back(self):
        app, number = self.offline()
        app.close()
        mirror = Mirror(self.desktop, self.address, self.owner)
        seen = mirror.cursor()
        self.back()
        other = self.escalate('other', customer='Ola Nordmann')
        self.agent.say('case', 'customer', 'Anybody there?')
        self.service.stop()
        log = LogFile(self.service)
        log.age(number, 31)
        self.service.start()
        wait_until(lambda: len(log.numbers(number)) == 1, 'the log to be cut', 30)
        self.assertGreater(log.numbers(number)[0], seen + 1)
        self.service.proxy.target = None

        # The reply in the outbox is as old as it is: it was written a moment ago.
        app = self.start(sign_in=False)
        app.find(contains='Offline', seconds=30)
        self.service.proxy.target = self.service.direct
        app.find(contains='Connected', seconds=60)
        self.service.wait_request('GET', '/v1/events.*', 410, seconds=60)
        app.open_conversation('Ola Nordmann')
        app.find(contains='Waiting for a person')
        app.open_conversation(CUSTOMER)
        app.find(contains='Anybody there?')
        app.find(contains='Sent later · Sent')
        wait_until(lambda: not mirror.waiting(), 'the reply to be sent', 30)
        self.assertEqual(self.sent().count('Sent later'), 1)
        self.assertTrue(mirror.messages(other))

        # And the stream goes on from there.
        self.agent.say('case', 'customer', 'Thank you')
        app.find(contains='Thank you')
        wait_until(lambda: mirror.cursor() == log.numbers(number)[-1], 'the app to be at the end of the log')

    def test_too_old_to_be_sent(self):
        shift, (app, _) = self.enterContext(preloaded('clock-shift', self.offline))
        shift(15 * 60 + 1)
        self.back()
        app.find(contains='Connected', seconds=60)
        app.find(contains='Not sent: the service could not be reached for 15 minutes', seconds=30)
        app.field('Message').wait_text('Sent later')
        app.tree.wait_gone(contains='Waiting for connection')
        self.assertNotIn('Sent later', self.sent())
        # It is the operator's to send it now.
        app.press('Send')
        app.find(contains='Sent later · Sent', seconds=30)
        self.assertEqual(self.sent().count('Sent later'), 1)


if __name__ == '__main__':
    with Desktop(keyring='unlocked') as AppCase.desktop:
        STATUS = tap.main()
    sys.exit(STATUS)
