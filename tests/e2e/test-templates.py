#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Handover developers
"""Templates: made, changed, used and deleted, by those who may."""

import sys

from support import tap
from support.appcase import AppCase
from support.desktop import Desktop
from support.waiting import wait_until

GREETING = {'name': 'Greeting', 'shortcut': 'hi', 'scope': 'business',
            'text': 'Hello {first_name}, about {order_number}: {operator} of {business}.'}
FILLED = 'Hello Marisol, about 5500419278: Kim of Demo Shop.'


class Templates(AppCase):
    def names(self):
        return {template['name']: template for template in self.owner.get('/v1/templates')['items']}

    def open_dialog(self, app):
        app.window.click(app.find('Templates'))
        app.press('Edit Templates…')
        # The popover has rows of the same names.
        app.tree.wait_gone('Edit Templates…')
        app.find('New Template')

    def open_template(self, app, name):
        app.window.click(app.find(name, 'list item'))
        app.field('Name').wait_text(name)

    def test_made_changed_and_deleted(self):
        app = self.start()
        self.take_over(app, self.escalate())
        self.open_dialog(app)
        app.press('New Template')
        self.assertFalse(app.find('Save', 'button').is_sensitive)
        app.fill('Name', 'Label')
        app.fill('Text', 'The label is on its way.')
        app.press('Save')
        made = wait_until(lambda: self.names().get('Label'), 'the template')
        self.assertEqual((made['scope'], made['text']), ('personal', 'The label is on its way.'))

        self.open_template(app, 'Label')
        app.window.click(app.find('Shared'))
        app.fill('Name', 'Return label')
        app.press('Save')
        changed = wait_until(lambda: self.names().get('Return label'), 'the new name')
        self.assertEqual((changed['scope'], changed['id']), ('business', made['id']))

        self.open_template(app, 'Return label')
        app.press('Delete Template')
        wait_until(lambda: not self.names(), 'no template')
        app.find('No Templates Yet')

    def test_used_by_button_and_by_slash(self):
        self.owner.post('/v1/templates', GREETING)
        app = self.start()
        message = self.take_over(app, self.escalate())
        app.window.click(app.find('Templates'))
        app.find('Find a template')
        app.window.key('Return')
        app.field('Message').wait_text(FILLED)
        app.press('Send')
        app.field('Message').wait_text('')

        app.window.click(message)
        app.window.type('/hi')
        app.find('Greeting')
        app.window.key('Return')
        app.field('Message').wait_text(FILLED)

    def test_an_operator_keeps_personal_ones_only(self):
        shared = self.owner.post('/v1/templates', GREETING)
        noor = self.owner.invite('Noor')
        self.assert_refused(noor.request('POST', '/v1/templates', GREETING), 403, 'forbidden')
        for method, body in (('PATCH', {'text': 'Mine now.'}), ('DELETE', None)):
            self.assert_refused(noor.request(method, '/v1/templates/' + shared['id'], body), 403, 'forbidden')
        own = noor.post('/v1/templates', {'name': 'Bye', 'text': 'Bye.', 'scope': 'personal'})
        self.assert_refused(noor.request('PATCH', '/v1/templates/' + own['id'], {'scope': 'business'}), 403, 'forbidden')

        app = self.start(operator=noor)
        self.take_over(app, self.escalate())
        self.open_dialog(app)
        # This one does not open, or the next would not be there to be clicked.
        app.window.click(app.find('Greeting', 'list item'))
        self.open_template(app, 'Bye')
        self.assertFalse(app.find('Shared').is_sensitive)
        app.window.key('Escape')
        app.tree.wait_gone('Delete Template')


if __name__ == '__main__':
    with Desktop(keyring='unlocked') as AppCase.desktop:
        STATUS = tap.main()
    sys.exit(STATUS)
