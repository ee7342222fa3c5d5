#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Handover developers
"""Without eyes or without a pointer: the keys lead everywhere, what comes is said, and the main job needs neither.

That every control says what it is, the walk to everything sees in test-words.py.
"""

import sys

from support import tap
from support.appcase import CUSTOMER, AppCase
from support.desktop import Desktop
from support.waiting import wait_until


class Focus:
    """Where the keys go, as it is told to who cannot see."""

    def __init__(self):
        from support.accessibility import Atspi, Node
        self.nodes = []
        self.listener = Atspi.EventListener.new(
            lambda event: event.detail1 and self.nodes.append(Node(event.source)))
        self.listener.register('object:state-changed:focused')

    def after(self, app, key):
        """What has the focus after a key; None when the key moved nothing."""
        from support.accessibility import turn_main_context
        count = len(self.nodes)
        app.window.key(key)

        def look():
            turn_main_context()
            return len(self.nodes) > count
        try:
            wait_until(look, 'the focus to move', 3, 0.02)
        except AssertionError:
            return None
        return self.nodes[-1]


class ByTab(AppCase):
    def round(self, app, least):
        """All that Tab leads to, once around."""
        from support.names import SCROLLED
        focus, seen = Focus(), []
        while len(seen) < 60:
            node = focus.after(app, 'Tab')
            self.assertIsNotNone(node, 'Tab leads nowhere after %r' % seen[-1:])
            self.assertTrue(node.name or node.text is not None or node.role in SCROLLED, node)
            step = (node.role, node.name, node.extents)
            if seen and step[:2] == seen[0][:2]:
                # Where it was met first, the page may still have been on its way.
                seen[0] = step
                break
            seen.append(step)
        self.assertGreaterEqual(len(seen), least, seen)
        return seen

    def assert_reading_order(self, seen):
        """Down, or to the right: never back up within what lies in one column, but for the first after the last."""
        back = []
        start = seen.index(min(seen, key=lambda step: (step[2][1], step[2][0])))
        seen = seen[start:] + seen[:start]
        for before, after in zip(seen, seen[1:]):
            (left, top, width, _), (x, y, _, height) = before[2], after[2]
            if y + height <= top - 8 and x < left + width:
                back.append('%r, then %r' % (before, after))
        self.assertFalse(back, '\n'.join(back))

    def test_on_the_sign_in_page(self):
        app = self.start(sign_in=False)
        app.press('Create Account')
        app.find('A New Desk')
        seen = self.round(app, 8)
        self.assert_reading_order(seen)

    def test_in_preferences(self):
        app = self.start()
        app.window.key('ctrl+comma')
        app.find('Change Password…')
        self.assert_reading_order(self.round(app, 8))

    def test_in_a_conversation(self):
        number = self.escalate()
        app = self.start()
        self.take_over(app, number)
        names = [name for _, name, _ in self.round(app, 10)]
        # Around once, from the buttons in the head on.
        start = names.index('Hand Back to AI…')
        names = names[start:] + names[:start]
        for first, then in (('Hand Back to AI…', 'Release'), ('Release', 'Message'), ('Message', 'Reply'), ('Reply', 'Note'),
                            ('Note', 'Copy Order Number')):
            self.assertLess(names.index(first), names.index(then), names)


class Announced(AppCase):
    def test_what_comes_into_a_conversation(self):
        from support.accessibility import Announcements
        self.escalate()
        app = self.start()
        app.open_conversation(CUSTOMER)
        app.find(contains='I need a person, please.')
        announcements = Announcements()
        self.agent.say('case', 'customer', 'Are you there?')
        announcements.wait_part('Are you there?')


class MainJob(AppCase):
    def told(self):
        return [message['text'] for message in self.agent.read('case')['messages']]

    def check(self, number):
        self.service.wait_request('POST', '/v1/conversations/%s/claim' % number)
        wait_until(lambda: self.control(number) == 'agent', 'the AI to go on', 30)
        self.assertEqual(self.agent.read('case')['brief'], 'All agreed.')
        self.assertIn('A person here.', self.told())
        self.assertNotIn('Be kind.', self.told())
        self.assertIn(('note', 'Be kind.'), [(message['kind'], message['text'])
                                             for message in self.owner.messages(number)])

    def test_by_keyboard_alone(self):
        app = self.start(sign_in=False)
        app.find('Sign In', 'button')
        app.window.tab_to(app.field('Service address'))
        for text in (self.address, self.owner.email, self.owner.password):
            app.window.key('ctrl+a')
            app.window.type(text)
            if text != self.owner.password:
                self.tab_to_next_field(app)
        app.window.key('Return')
        app.find('Nobody is waiting', 'label', seconds=30)
        number = self.escalate()
        self.notifications.wait(CUSTOMER + ' needs a person')
        self.by_keys(app, number)
        self.check(number)

        # The service knows it before the window does, and the dialog has the keys until it is gone.
        app.tree.wait_gone('Brief')
        app.find('Take Over', 'button', sensitive=True)
        app.window.key('ctrl+shift+t')
        app.find('Release', 'button')
        app.window.key('ctrl+shift+w')
        button = app.find('Close Conversation', 'button')
        app.window.tab_to(button)
        app.window.key('space')
        wait_until(lambda: self.control(number) == 'closed', 'the end', 30)

    def tab_to_next_field(self, app):
        """Past what stands beside the text."""
        before = next(name for name in ('Service address', 'Email') if app.field(name).has_focus)
        app.window.tab_to(app.field({'Service address': 'Email', 'Email': 'Password'}[before]))

    def by_keys(self, app, number):
        app.row(CUSTOMER)
        app.window.key('ctrl+j')
        app.find('Take Over', 'button', sensitive=True)
        app.window.key('ctrl+shift+t')
        wait_until(lambda: app.field('Message').has_focus, 'the cursor in the composer', 30)
        app.window.type('A person here.')
        app.field('Message').wait_text('A person here.')
        app.window.key('ctrl+Return')
        app.field('Message').wait_text('')
        app.window.key('ctrl+shift+n')
        app.find('Add Note', 'button')
        app.window.type('Be kind.')
        app.field('Message').wait_text('Be kind.')
        app.window.key('ctrl+Return')
        app.field('Message').wait_text('')
        wait_until(lambda: 'A person here.' in self.told(), 'the reply', 30)
        app.window.key('ctrl+shift+a')
        brief = app.field('Brief')
        app.window.tab_to(brief)
        app.window.type('All agreed.')
        brief.wait_text('All agreed.')
        app.window.tab_to(app.find('Hand Back', 'button'))
        app.window.key('space')

    def test_by_actions_alone(self):
        """Neither pointer nor keys: what a program for the blind, or for voice, can do."""
        app = self.start(sign_in=False)
        app.sign_in(self.address, self.owner.email, self.owner.password)
        app.find('Nobody is waiting', 'label', seconds=30)
        number = self.escalate()
        shown_now = self.notifications.wait(CUSTOMER + ' needs a person')
        self.notifications.press(shown_now, 'Take Over')
        app.find('Message', sensitive=True, seconds=30)
        app.reply('A person here.')
        app.find('Note', 'toggle button', sensitive=True).activate()
        app.find('Add Note', 'button')
        app.write('Be kind.')
        app.press('Add Note')
        app.field('Message').wait_text('')
        wait_until(lambda: 'A person here.' in self.told(), 'the reply', 30)
        app.press('Hand Back to AI…')
        app.fill('Brief', 'All agreed.')
        app.press('Hand Back')
        self.check(number)

        # From the list this time, as it goes without the notification.
        app.find('More Views', 'toggle button').activate()
        app.find('With AI', 'menu item', sensitive=True).activate()
        app.row(CUSTOMER).activate()
        app.press('Take Over')
        app.press('Close Conversation…')
        app.find('Result')
        app.press('Close Conversation')
        wait_until(lambda: self.control(number) == 'closed', 'the end', 30)


if __name__ == '__main__':
    with Desktop(keyring='unlocked') as AppCase.desktop:
        STATUS = tap.main()
    sys.exit(STATUS)
