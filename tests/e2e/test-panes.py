#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Handover developers
"""What each pane says when it is empty, loading, failing or full."""

import re
import sys

from gi.repository import GLib

from support import tap
from support.appcase import CUSTOMER, SUMMARY, AppCase
from support.desktop import Desktop
from support.waiting import wait_until


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

    def test_inbox_loading(self):
        app = self.start(sign_in=False)
        with self.service.proxy.held('view=waiting') as hold:
            app.sign_in(self.address, self.owner.email, self.owner.password)
            self.caught(hold)
            app.find('Loading conversations', 'progress bar')
            app.find(contains='Connecting')
            self.assertIsNone(app.tree.first(contains='Nobody is waiting'))
        app.find('Nobody is waiting')
        app.tree.wait_gone('Loading conversations')

    def test_inbox_failing(self):
        self.start().close()
        self.service.stop()
        self.addCleanup(self.back)
        app = self.start(sign_in=False)
        app.find(contains='The service cannot be reached', seconds=30)
        app.press('Try Again')
        app.find(contains='The service cannot be reached', seconds=30)
        # By itself or because it is told to: which comes first is nobody's to say.
        self.service.start()
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
        self.talk(3)
        app = self.start()
        with self.service.proxy.held('/messages') as hold:
            app.open_conversation(CUSTOMER)
            self.caught(hold)
            app.find('Loading the conversation', 'progress bar')
            # Who is sure already need not wait for it.
            app.button('Take Over')
            self.assertIsNone(app.tree.first('No Messages Yet'))
        app.find('Line 1 of this talk')
        app.tree.wait_gone('Loading the conversation')

    def test_transcript_failing(self):
        self.talk(3)
        app = self.start()
        with self.service.proxy.held('/messages') as hold:
            app.open_conversation(CUSTOMER)
            self.caught(hold)
            hold.hang_up()
            app.find('The Messages Could Not Be Loaded')
            app.find('The connection to 127.0.0.1 was lost. Try again in a moment.')
        app.press('Try Again')
        app.find('Line 1 of this talk')
        app.tree.wait_gone('Try Again')

    def test_older_messages_failing(self):
        app, log = self.open_talk(300)
        app.window.tab_to(log)
        with self.service.proxy.held('before=') as hold:
            self.read_back(app, log, hold, 'Page_Up')
            app.find('Loading older messages')
            at = self.lines_in_view(log)
            hold.hang_up()
            app.find('The connection to 127.0.0.1 was lost. Try again in a moment.')
            app.tree.wait_gone('Loading older messages')
            self.assertEqual(self.lines_in_view(log), at)
            length = self.length(log)
        app.press('Try Again')
        self.wait_for_page(log, length)
        app.tree.wait_gone('Try Again')

        # Without a service too; what could not be loaded is tried once more as soon as there is one.
        with self.service.proxy.held('before=') as hold:
            self.read_back(app, log, hold, 'Page_Up')
            length = self.length(log)
            self.service.stop()
            self.addCleanup(self.back)
            hold.hang_up()
            app.find('Try Again', 'button')
            app.find(contains='Offline', seconds=30)
        self.service.start()
        app.find(contains='Connected', seconds=60)
        self.wait_for_page(log, length)
        app.tree.wait_gone('Try Again')

    def test_older_messages_do_not_move_what_is_read(self):
        app, log = self.open_talk(300)
        app.window.tab_to(log)
        seen, pages = set(), 0
        while 1 not in seen:
            pages += self.read_a_page(app, log, 'Page_Up', seen)
        self.assertEqual(seen, set(range(1, 301)))
        # With two messages about the escalation, sixty to a page, and the first page was there.
        self.assertEqual(pages, 5)

    def test_older_messages_do_not_move_what_the_wheel_shows(self):
        app, log = self.open_talk(100)
        self.assertTrue(self.read_a_page(app, log, None, set()))

    # --- Reading back ---

    def open_talk(self, count):
        self.talk(count)
        app = self.start()
        app.open_conversation(CUSTOMER)
        app.find('Line %d of this talk' % count)
        log = app.find('Messages', 'log')
        self.assertNotIn(1, self.lines_in_view(log))
        return app, log

    def read_a_page(self, app, log, key, seen):
        """Goes up until older messages come, or nothing does; says which. What is in view stays where it is."""
        with self.service.proxy.held('before=') as hold:
            seen |= self.read_back(app, log, hold, key)
            at, length = self.lines_in_view(log), self.length(log)
        if not hold.caught.is_set():
            return False
        self.wait_for_page(log, length)
        self.assertEqual(self.lines_in_view(log, at), at)
        # Once more when the scrolling is over and what was only estimated is put right.
        wait_until(lambda: self.scroll_bar(log).get_minimum_value() == 0, 'an end to the scrolling')
        self.assertEqual(self.lines_in_view(log, at), at)
        return True

    def caught(self, hold):
        wait_until(hold.caught.is_set, 'what is asked for')

    def scroll_bar(self, log):
        """The one beside the log."""
        # Accessibility looks for its bus when it is first loaded.
        from support.accessibility import Node
        scrolled = log.accessible
        while scrolled is not None:
            for node in Node(scrolled).children:
                if node.role == 'scroll bar':
                    return node.accessible.get_value_iface()
            scrolled = scrolled.get_parent()
        raise AssertionError('no scroll bar')

    def length(self, log):
        bar = self.scroll_bar(log)
        return bar.get_maximum_value() - bar.get_minimum_value()

    def wait_for_page(self, log, length):
        """Older messages are there and have their place; the last page may be a short one."""
        wait_until(lambda: self.length(log) > length + 50, 'older messages')

    def look(self, log):
        """(number, bottom) of each line that can be seen, from the top."""
        _, top, _, height = log.extents
        lines = []
        for node in log.children:
            _, y, _, row_height = node.extents
            found = re.search(r'Line (\d+) of this talk', node.name)
            if found and node.is_showing and y < top + height and y + row_height > top:
                lines.append((int(found[1]), y + row_height))
        return lines

    def lines_in_view(self, log, among=None):
        """{number: bottom} of the lines that can be seen; waits until they follow each other, none left out."""
        def look():
            # What changes while it is read tells nothing.
            try:
                lines = self.look(log)
                follow = all(b[0] == a[0] + 1 and b[1] > a[1] for a, b in zip(lines, lines[1:]))
                return lines if lines and follow and lines == self.look(log) else None
            except (GLib.Error, TypeError):
                return None
        lines = wait_until(look, 'lines in order')
        # The day above the first line leaves room for one more as soon as that is no longer the first.
        return {number: bottom for number, bottom in lines if among is None or number in among}

    def read_back(self, app, log, hold, key):
        """Goes up with a key, or with the wheel, until older messages are asked for or the first line is there;
        returns all numbers that came by."""
        seen = set()
        while True:
            at = self.lines_in_view(log)
            seen |= set(at)
            bar = self.scroll_bar(log)
            if hold.caught.is_set() or 1 in at:
                return seen
            if bar.get_current_value() - bar.get_minimum_value() < 1:
                self.caught(hold)
                return seen
            if key:
                app.window.key(key)
            else:
                app.window.click(log, button=4)
            wait_until(lambda at=at: self.lines_in_view(log) != at, 'a step upwards')

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

    def test_details_without_anything(self):
        self.agent.say('calm', 'customer', 'Hello there.')
        app = self.start()
        app.window.key('ctrl+4')
        app.window.click(app.row('Hello there.'))
        app.find(contains='The AI is answering')
        wait_until(lambda: [node.name for node in app.tree.all(role='heading')] == ['Customer'], 'nothing but who it is')
        self.assertEqual([node.name for node in app.tree.all(role='button') if node.name.startswith('Copy')], [])


if __name__ == '__main__':
    with Desktop(keyring='unlocked') as AppCase.desktop:
        STATUS = tap.main()
    sys.exit(STATUS)
