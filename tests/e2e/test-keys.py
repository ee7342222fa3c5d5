#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Handover developers
"""Every key does what the list of keys says."""

import os
import sys

from support import build, tap
from support.appcase import CUSTOMER, AppCase
from support.desktop import Desktop
from support.waiting import wait_until

# What the list of keys must tell, each with what it does.
LISTED = {
    'Shift+Ctrl+T': 'Take over', 'Ctrl+Return': 'Send', 'Shift+Ctrl+N': 'Write a note',
    'Ctrl+R': 'Reply to the message that has the focus',
    '/': 'Insert a template, on an empty line', 'Shift+Ctrl+A': 'Hand back to the AI',
    'Shift+Ctrl+W': 'Close the conversation', 'F9': 'Show or hide the details',
    'Alt+Up': 'Previous conversation', 'Alt+Down': 'Next conversation', 'Ctrl+J': 'The customer who waits longest',
    'Ctrl+F': 'Search', 'Ctrl+1': 'Waiting', 'Ctrl+2': 'Mine', 'Ctrl+3': 'Team', 'Ctrl+4': 'With AI',
    'Ctrl+5': 'Closed', 'Ctrl+,': 'Preferences', 'Ctrl+?': 'Keyboard shortcuts', 'F1': 'Help'}

MORE_THAN_A_PAGE = 60

HANDLER = '''[Desktop Entry]
Type=Application
Name=Help for tests
NoDisplay=true
Exec=/bin/sh -c 'echo "$1" >> "%s"' sh %%u
MimeType=x-scheme-handler/help;
'''


class Keys(AppCase):
    def chosen_view(self, app):
        return [node.name for node in app.tree.all(role='radio button') if node.is_checked
                and node.name in ('Waiting', 'Mine', 'Team', 'With AI', 'Closed')]

    def people(self, app):
        """Whose conversations are listed, from the top."""
        return [row.name.split(',')[0] for row in app.find('Conversations', 'list').all(role='list item')]

    def test_the_list_of_keys(self):
        app = self.start()
        app.window.key('ctrl+question')
        app.find('Keyboard Shortcuts')
        rows = {}
        for row in app.tree.all(role='list item', showing=False):
            labels = [node.name for _, node in row.walk() if node.role == 'label']
            rows.update({keys: row.name for keys in labels if keys != row.name})
        self.assertEqual({keys: rows.get(keys) for keys in LISTED}, LISTED)
        app.window.key('Escape')
        app.tree.wait_gone('Keyboard Shortcuts')

    def test_views(self):
        self.escalate('waits')
        mine = self.escalate('mine', 'Ida Mine')
        app = self.start()
        noor = self.owner.invite('Noor')
        noor.command(self.escalate('team', 'Tom Team'), 'claim')
        self.owner.command(mine, 'claim')
        self.agent.say('ai', 'customer', 'Hello.', customer={'name': 'Al Robot'})
        closed = self.escalate('closed', 'Cleo Closed')
        self.owner.command(closed, 'claim')
        self.owner.command(closed, 'resolve', outcome='close', resolution='solved')
        app.row(CUSTOMER)
        for key, view, people in (('5', 'Closed', ['Cleo Closed']), ('4', 'With AI', ['Al Robot']),
                                  ('3', 'Team', ['Tom Team']), ('2', 'Mine', ['Ida Mine', CUSTOMER]),
                                  ('1', 'Waiting', [CUSTOMER, 'Ida Mine'])):
            app.window.key('ctrl+' + key)
            wait_until(lambda view=view: self.chosen_view(app) == [view], 'the view ' + view)
            wait_until(lambda people=people: self.people(app) == people, '%s in %s' % (people, view))

    def test_search(self):
        self.escalate('one', 'Ida Found')
        self.escalate('two', 'Al Other')
        app = self.start()
        app.row('Al Other')
        app.window.key('ctrl+f')
        entry = app.field('Search Conversations')
        wait_until(lambda: entry.has_focus, 'the cursor in the search')
        app.window.type('found')
        wait_until(lambda: self.people(app) == ['Ida Found'], 'the one who was looked for')
        app.window.key('Escape')
        wait_until(lambda: self.people(app) == ['Ida Found', 'Al Other'], 'all again')

    def test_previous_and_next(self):
        for name in ('First', 'Second', 'Third'):
            self.escalate(name, name + ' Person')
        app = self.start()
        app.row('Third Person')
        for key, name in (('Down', 'First'), ('Down', 'Second'), ('Down', 'Third'), ('Up', 'Second'), ('Up', 'First')):
            app.window.key('alt+' + key)
            app.find(contains='Nobody is answering %s Person' % name)

    def test_a_note(self):
        number = self.escalate()
        app = self.start()
        app.open_conversation(CUSTOMER)
        app.button('Write a Note')
        app.window.key('ctrl+shift+n')
        message = app.field('Message')
        wait_until(lambda: message.has_focus, 'the cursor in the note')
        app.window.type('Called the shop.')
        message.wait_text('Called the shop.')
        app.button('Add Note')
        app.window.key('ctrl+Return')
        self.service.wait_request('POST', '/v1/conversations/%s/messages' % number, 201)
        self.assertIn(('note', 'Called the shop.'),
                      [(message['kind'], message['text']) for message in self.owner.messages(number)])
        app.find(contains='Called the shop.', role='article')
        self.assertEqual(self.control(number), 'waiting')

    def test_a_reply_to_one_message(self):
        number = self.escalate()
        self.owner.command(number, 'claim')
        first = self.owner.messages(number)[-1]
        for text in (*('Line %d' % count for count in range(MORE_THAN_A_PAGE)), 'Blue or red?', 'And when?'):
            self.agent.say('case', 'customer', text)
        app = self.start()
        app.open_conversation(CUSTOMER)
        message = app.field('Message')
        asked = app.find(contains='Blue or red?', role='article')

        def wait_answering():
            wait_until(lambda: message.has_focus, 'the cursor in the reply')
            app.button('In reply to %s: Blue or red?' % CUSTOMER)

        app.window.tab_to(app.find(contains='And when?', role='article'))
        app.window.key('Up')
        wait_until(lambda: asked.has_focus, 'the focus on the message above')
        app.window.key('ctrl+r')
        wait_answering()
        app.window.key('Escape')
        app.tree.wait_gone('Do Not Quote')
        app.window.click(asked, 3)
        app.find('Reply to This', 'menu item').activate()
        wait_answering()
        app.window.type('Red.')
        message.wait_text('Red.')
        app.window.key('ctrl+Return')
        sent = wait_until(lambda: next((m for m in self.owner.messages(number) if m['text'] == 'Red.'), None), 'the reply')
        self.assertEqual(sent['reply_to']['text'], 'Blue or red?')
        app.tree.wait_gone('Do Not Quote')
        app.find(contains='in reply to %s, “Blue or red?”: Red.' % CUSTOMER, role='article')
        app.press('In reply to %s: Blue or red?' % CUSTOMER)
        wait_until(lambda: asked.has_focus, 'the message that was answered')

        # One that is further up than what was loaded.
        self.agent.say('case', 'customer', 'As I said.', reply_to=first['id'])
        app.press('In reply to %s: %s' % (CUSTOMER, first['text']))
        wait_until(lambda: any(row.has_focus for row in app.tree.all(contains=first['text'], role='article')),
                   'the message far above')

    def test_details(self):
        self.escalate()
        app = self.start()
        app.open_conversation(CUSTOMER)
        app.find('Copy Order Number')
        app.window.key('F9')
        app.tree.wait_gone('Copy Order Number')
        app.window.key('F9')
        app.find('Copy Order Number')

    def test_help(self):
        asked = self.desktop.path('help-asked-for')
        folder = self.desktop.path('data', 'applications')
        os.makedirs(folder, exist_ok=True)
        with open(os.path.join(folder, 'help-for-tests.desktop'), 'w', encoding='utf-8') as file:
            file.write(HANDLER % asked)
        with open(os.path.join(folder, 'mimeapps.list'), 'w', encoding='utf-8') as file:
            file.write('[Default Applications]\nx-scheme-handler/help=help-for-tests.desktop\n')
        pages = []

        def help_is(page):
            app.window.key('F1')
            pages.append('help:handover/%s\n' % page)

            def read():
                with open(asked, encoding='utf-8') as file:
                    return list(file)
            wait_until(lambda: os.path.exists(asked) and len(read()) >= len(pages), 'help with ' + page)
            self.assertEqual(read(), pages)
            self.assertTrue(os.path.exists(os.path.join(build.SOURCE, 'help', 'C', page + '.page')), page)

        app = self.start(sign_in=False)
        app.find('Sign In', 'button')
        help_is('sign-in')
        app.sign_in(self.address, self.owner.email, self.owner.password)
        number = self.escalate()
        app.window.tab_to(app.row(CUSTOMER))
        help_is('desk')
        app.open_conversation(CUSTOMER)
        app.window.key('ctrl+shift+t')
        self.service.wait_request('POST', '/v1/conversations/%s/claim' % number)
        wait_until(lambda: app.field('Message').has_focus, 'the cursor in the composer')
        help_is('take-over')
        self.help_in_dialogs(app, help_is)

    def help_in_dialogs(self, app, help_is):
        for key, text, page in (('ctrl+shift+a', 'Brief', 'finish'),
                                ('ctrl+question', 'Keyboard Shortcuts', 'keyboard')):
            app.window.key(key)
            app.find(text)
            help_is(page)
            app.window.key('Escape')
            app.tree.wait_gone(text)
        app.window.key('ctrl+comma')
        app.find('Change Password…')
        help_is('notifications')
        for tab, text, page in (('Business', 'Save Message', 'transition-message'),
                                ('Team', 'Invite a Colleague…', 'team'), ('AI Agents', 'Connect an Agent', 'agents')):
            app.window.click(app.find(tab, 'page tab'))
            app.find(text)
            help_is(page)


if __name__ == '__main__':
    with Desktop(keyring='unlocked') as AppCase.desktop:
        STATUS = tap.main()
    sys.exit(STATUS)
