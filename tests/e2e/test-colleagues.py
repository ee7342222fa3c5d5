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


class Two(AppCase):
    def setUp(self):
        super().setUp()
        self.seat = self.enterContext(Seat(self.desktop))
        self.mine = self.start()
        self.begin()

    def begin(self):
        self.noor = self.owner.invite('Noor')
        self.theirs = self.start(operator=self.noor, desktop=self.seat, name='colleague')


class Colleagues(Two):
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

    def test_both_press_take_over(self):
        number = self.escalate()
        apps = {'Kim': self.mine, 'Noor': self.theirs}
        for app in apps.values():
            app.open_conversation(CUSTOMER)
        buttons = [app.button('Take Over') for app in apps.values()]
        with self.service.proxy.held_streams():
            for button in buttons:
                button.activate()
            self.service.wait_request('POST', '/v1/conversations/%s/claim' % number, 409)
            winner = self.holder(number)
            loser = next(name for name in apps if name != winner)
            apps[loser].find(contains='%s is answering this conversation' % winner)
        apps[loser].find(contains=winner + ' is answering')
        apps[winner].find(contains='You are answering')
        claims = [r.status for r in self.service.requests() if r.path == '/v1/conversations/%s/claim' % number]
        self.assertEqual(sorted(claims), [200, 409])

    def test_who_is_typing(self):
        number = self.escalate()
        self.mine.open_conversation(CUSTOMER)
        self.take_over(self.theirs, number)
        self.mine.find(contains='Noor is answering')
        self.theirs.write('One moment, I am looking')
        self.mine.find(contains='Noor is typing…')

    def test_a_colleague_says_something_before_send(self):
        number = self.escalate()
        self.theirs.open_conversation(CUSTOMER)
        self.take_over(self.mine, number)
        self.mine.write('It is on its way')
        # Who looks elsewhere has not seen what comes.
        self.theirs.window.raise_to_front()
        self.theirs.press('Write a Note')
        self.theirs.write('The parcel came back!')
        self.theirs.press('Add Note')
        self.service.wait_request('POST', '/v1/conversations/%s/messages' % number, 201)
        self.mine.find(contains='The parcel came back!')
        self.mine.press('Send')
        self.mine.find(contains='Not sent yet: Noor wrote meanwhile')
        self.assertNotIn('It is on its way', [m['text'] for m in self.owner.messages(number)])
        self.mine.press('Send Anyway')
        self.mine.find(contains='It is on its way · Sent')
        self.assertEqual([m['text'] for m in self.owner.messages(number)].count('It is on its way'), 1)

    def test_released_to_the_other(self):
        number = self.escalate()
        self.theirs.open_conversation(CUSTOMER)
        self.take_over(self.mine, number)
        self.theirs.find(contains='Kim is answering')
        self.mine.press('Release')
        self.theirs.find(contains='Waiting for a person')
        self.theirs.press('Take Over')
        self.theirs.find(contains='You are answering')
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


class Invite(Two):
    def begin(self):
        """The colleague is not one yet."""

    def test_an_invite_is_passed_on(self):
        self.mine.window.raise_to_front()
        self.mine.window.key('ctrl+comma')
        self.mine.window.click(self.mine.find('Team', 'page tab'))
        self.mine.window.click(self.mine.find('Invite a Colleague…'))
        self.mine.press('Create Invite')
        self.mine.find('Copy Code', 'button')
        code = next(node.name for node in self.mine.tree.all(role='label') if node.name.startswith('hoi'))

        theirs = self.start(desktop=self.seat, name='colleague', sign_in=False)
        theirs.press('Accept an Invite')
        for field, text in (('Service address', self.address), ('Invite', code), ('Your name', 'Noor'),
                            ('Email', 'noor-%s@example.com' % self.owner.id), ('Password', 'a good long one')):
            theirs.fill(field, text)
        theirs.press('Join')
        theirs.find(contains='Nobody is waiting', seconds=30)
        self.mine.window.raise_to_front()
        self.mine.window.key('Escape')
        self.mine.find(contains='Noor')

        number = self.escalate()
        self.take_over(theirs, number)
        self.assertEqual(self.holder(number), 'Noor')


if __name__ == '__main__':
    with Desktop(keyring='unlocked') as AppCase.desktop:
        STATUS = tap.main()
    sys.exit(STATUS)
