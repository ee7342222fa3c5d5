#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Handover developers
"""The main job in the app: every button once by real pointer and once by keyboard, wide and narrow."""

import sys

from support import tap
from support.appcase import CUSTOMER, NARROW, WIDE, AppCase
from support.desktop import Desktop
from support.waiting import wait_until


class Hand:
    """How a person presses a button."""

    def __init__(self, app, keyboard):
        self.app = app
        self.keyboard = keyboard

    def press(self, name, role='button'):
        node = self.app.find(name, role, sensitive=True)
        if self.keyboard:
            self.app.window.tab_to(node)
            self.app.window.key('space')
        else:
            self.app.window.click(node)

    def type(self, field, text):
        node = self.app.field(field)
        if self.keyboard:
            self.app.window.tab_to(node)
        else:
            self.app.window.click(node)
        self.app.window.type(text)

    def open(self, customer):
        row = self.app.row(customer)
        if self.keyboard:
            self.app.window.tab_to(row)
            self.app.window.key('Return')
        else:
            self.app.window.click(row)


class MainJob(AppCase):
    def main_job(self, size, keyboard):
        app = self.start(size)
        hand = Hand(app, keyboard)
        number = self.escalate()
        hand.open(CUSTOMER)

        hand.press('Take Over')
        self.service.wait_request('POST', '/v1/conversations/%s/claim' % number)
        hand.press('Note', 'toggle button')
        hand.type('Message', 'be kind')
        hand.press('Add Note')
        app.field('Message').wait_text('')
        hand.press('Reply', 'toggle button')
        hand.type('Message', 'A person here.')
        hand.press('Send')
        app.field('Message').wait_text('')
        app.find(contains='A person here.')
        # The note was written first, so it would be there as well.
        wait_until(lambda: 'A person here.' in self.told(), 'the reply')
        self.assertNotIn('be kind', self.told())

        hand.press('Release')
        self.service.wait_request('POST', '/v1/conversations/%s/release' % number)
        hand.press('Take Over')
        hand.press('Hand Back to AI…')
        hand.type('Brief', 'All agreed.')
        hand.press('Hand Back')
        self.service.wait_request('POST', '/v1/conversations/%s/resolve' % number)
        self.assertEqual(self.agent.read('case')['brief'], 'All agreed.')

        hand.press('Take Over')
        hand.press('Close Conversation…')
        hand.press('Close Conversation')
        app.find(contains='Closed')
        self.assertEqual(self.control(number), 'closed')

    def told(self):
        return [message['text'] for message in self.agent.read('case')['messages']]

    def test_wide_by_pointer(self):
        self.main_job(WIDE, False)

    def test_wide_by_keyboard(self):
        self.main_job(WIDE, True)

    def test_narrow_by_pointer(self):
        self.main_job(NARROW, False)

    def test_narrow_by_keyboard(self):
        self.main_job(NARROW, True)

    def test_shortcuts(self):
        app = self.start()
        number = self.escalate()
        app.row(CUSTOMER)
        app.window.key('ctrl+j')
        app.find('Take Over', 'button')
        app.window.key('ctrl+shift+t')
        self.service.wait_request('POST', '/v1/conversations/%s/claim' % number)
        app.find('Message', sensitive=True)
        wait_until(lambda: app.field('Message').has_focus, 'the cursor in the composer')
        app.window.type('By keys')
        app.field('Message').wait_text('By keys')
        app.window.key('ctrl+Return')
        app.field('Message').wait_text('')
        wait_until(lambda: 'By keys' in self.told(), 'the reply')
        app.window.key('ctrl+shift+a')
        app.find('Hand Back', 'button')
        app.window.key('Escape')
        app.tree.wait_gone('Hand Back', 'button')
        app.window.key('ctrl+shift+w')
        app.find('Close Conversation', 'button')


class Together(AppCase):
    def signal(self, app, colleague, number, kind, text):
        """As a colleague's app does: again and again, since each holds for a moment alone."""
        def is_seen():
            colleague.post('/v1/signals', {'conversation_id': number, 'kind': kind})
            return app.tree.first(contains=text)
        wait_until(is_seen, repr(text), 30, 0.5)

    def test_who_else_is_here(self):
        colleague = self.owner.invite('Noor')
        app = self.start()
        number = self.escalate()
        app.open_conversation(CUSTOMER)
        self.service.wait_request('POST', '/v1/signals', 204)
        self.signal(app, colleague, number, 'viewing', 'Noor is viewing')
        colleague.command(number, 'claim')
        self.signal(app, colleague, number, 'typing', 'Noor is typing…')
        colleague.post('/v1/conversations/%s/messages' % number, {'kind': 'reply', 'text': 'Good morning'})
        self.signal(app, colleague, number, 'viewing', 'Noor is viewing')

    def test_a_stale_reply_is_held_back(self):
        app = self.start()
        number = self.escalate()
        app.open_conversation(CUSTOMER)
        app.press('Take Over')
        self.service.wait_request('POST', '/v1/conversations/%s/claim' % number)
        app.write('Send it back, please.')
        app.button('Send')
        said = self.agent.say('case', 'customer', 'Never mind, I found it!')
        app.find(contains='Never mind, I found it!')
        app.press('Send')
        app.find(contains='Not sent yet: %s wrote meanwhile' % CUSTOMER)
        self.assertEqual(said.status, 201, said)
        self.assertNotIn('Send it back, please.', [m['text'] for m in self.owner.messages(number)])
        app.press('Keep Editing')
        app.tree.wait_gone('Keep Editing', 'button')
        app.press('Send')
        app.field('Message').wait_text('')
        self.service.wait_request('POST', '/v1/conversations/%s/messages' % number, 201)


class NotificationsCase(AppCase):
    def test_taken_over_from_the_notification(self):
        app = self.start()
        number = self.escalate(priority='urgent')
        shown = self.notifications.wait(CUSTOMER + ' needs a person')
        self.assertIn('5500419278', shown['body'])
        self.assertEqual(shown['hints'].get('urgency'), 2)
        self.assertEqual(set(shown['actions'].values()) & {'Take Over', 'Open'}, {'Take Over', 'Open'})
        self.notifications.press(shown, 'Take Over')
        self.service.wait_request('POST', '/v1/conversations/%s/claim' % number)
        wait_until(lambda: app.field('Message').has_focus, 'the cursor in the composer')

    def test_withdrawn_when_a_colleague_takes_it(self):
        colleague = self.owner.invite('Noor')
        self.start()
        number = self.escalate()
        shown = self.notifications.wait(CUSTOMER + ' needs a person')
        colleague.command(number, 'claim')
        self.notifications.wait_withdrawn(shown['id'], 3)

    def test_it_is_said_as_well(self):
        from support.accessibility import Announcements
        self.start()
        announcements = Announcements()
        self.escalate()
        announcements.wait(CUSTOMER + ' needs a person', Announcements.ASSERTIVE)


class Trouble(AppCase):
    def test_a_wrong_password(self):
        app = self.start(sign_in=False)
        app.sign_in(self.address, self.owner.email, 'not the password')
        self.service.wait_request('POST', '/v1/auth/sign-in', 401)
        app.find(contains='do not match')
        app.find('Sign In', 'button', sensitive=True)
        app.fill('Password', self.owner.password)
        app.press('Sign In')
        app.find(contains='Nobody is waiting')

    def test_no_service_there(self):
        app = self.start(sign_in=False)
        app.sign_in('http://127.0.0.1:9', self.owner.email, self.owner.password)
        app.find(contains='No service is running at 127.0.0.1')
        app.find('Sign In', 'button', sensitive=True)

    def test_plain_http_is_for_this_computer_only(self):
        app = self.start(sign_in=False)
        app.sign_in('http://desk.example.com', self.owner.email, self.owner.password)
        app.find(contains='https')

    def test_an_account_is_made(self):
        app = self.start(sign_in=False)
        app.press('Create Account')
        for field, text in (('Service address', self.address), ('Business name', 'New Shop'), ('Your name', 'Ada'),
                            ('Email', 'ada-%s@example.com' % self.owner.id), ('Password', 'a good long one')):
            app.fill(field, text)
        app.press('Create Account')
        self.service.wait_request('POST', '/v1/auth/sign-up', 201)
        app.find(contains='agent')

    def test_a_key_opens_one_dialog(self):
        app = self.start()
        app.window.key('ctrl+comma')
        app.find('Change Password…')
        app.window.key('ctrl+comma')
        app.window.key('Escape')
        app.tree.wait_gone('Change Password…')

    def test_escape_goes_back(self):
        app = self.start(size=NARROW)
        self.escalate()
        app.open_conversation(CUSTOMER)
        app.press('Take Over')
        app.find('Release', 'button')
        app.window.key('Escape')
        app.find('More Views', 'button')
        app.tree.wait_gone('Release', 'button')

    def test_a_revoked_session(self):
        app = self.start()
        app.window.key('ctrl+comma')
        app.find('Change Password…')
        self.owner.put('/v1/me/password', {'old': self.owner.password, 'new': 'an even better one'})
        app.find('Sign In', 'button', seconds=15)
        app.find(contains='no longer')
        app.tree.wait_gone('Change Password…')

    def test_the_service_goes_and_comes_back(self):
        app = self.start()
        number = self.escalate()
        app.open_conversation(CUSTOMER)
        app.press('Take Over')
        self.service.wait_request('POST', '/v1/conversations/%s/claim' % number)
        self.service.stop()
        app.find(contains='Offline', seconds=20)
        app.write('Sent later')
        app.press('Send')
        app.find(contains='Sent later')
        self.service.start()
        app.find(contains='Connected', seconds=40)
        self.service.wait_request('POST', '/v1/conversations/%s/messages' % number, 201, seconds=30)
        self.assertIn('Sent later', [m['text'] for m in self.agent.read('case')['messages']])

    def test_signed_in_after_a_restart(self):
        app = self.start()
        app.close()
        before = self.count_sign_ins()
        self.start(sign_in=False).find(contains='Nobody is waiting')
        self.assertEqual(self.count_sign_ins(), before)

    def count_sign_ins(self):
        return sum(request.path == '/v1/auth/sign-in' for request in self.service.requests())


if __name__ == '__main__':
    with Desktop(keyring='unlocked') as AppCase.desktop:
        STATUS = tap.main()
    sys.exit(STATUS)
