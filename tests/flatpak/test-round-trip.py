#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Handover developers
"""The main job from a customer's chat to the installed Flatpak and back: Telegram is the stand-in, the rest is real."""

import pathlib
import sys

from support import tap
from support.pictures import png
from support.portals import PortalDesktop
from support.sandboxcase import ID, SandboxCase
from support.telegram.cases import TelegramCase

NAME = 'Ana López'


class RoundTrip(TelegramCase, SandboxCase):
    def setUp(self):
        super().setUp()
        self.shop = self.new_shop(with_agent=True)
        self.owner, self.agent = self.shop.owner, self.shop.agent
        self.ana = self.shop.bot.customer(*NAME.split())
        self.name = self.shop.external_id(self.ana)

    def answer(self, text, **more):
        """The agent's."""
        said = self.agent.say(self.name, 'agent', text, **more)
        self.assertEqual(said.status, 201, said)
        self.shop.bot.wait_sent(text, self.ana)

    def hear(self, events, text):
        """As the agent does."""
        self.ana.writes(text)
        return events.next('message.created', lambda data: data['message']['text'] == text, seconds=20)

    def take_over_from_alert(self):
        alert = self.notifications.wait(NAME, seconds=20)
        self.assertEqual(alert['app'], ID)
        self.assertIn('The parcel is lost', alert['body'])
        self.assertEqual(set(alert['actions'].values()) - {''}, {'Take Over', 'Open'})
        self.notifications.press(alert, 'Take Over')
        self.service.wait_request('POST', '/v1/conversations/%s/claim' % self.shop.find('Where is my parcel?')['id'])
        self.notifications.wait_withdrawn(alert['id'])

    def attach_photo(self, app, path):
        """One that the operator chose from all that the sandbox does not see, after another thought."""
        self.desktop.answer(FileChooser='refuse')
        app.press('Attach Files')
        self.assertTrue(self.desktop.wait_asked('FileChooser')['multiple'])
        self.desktop.answer(FileChooser=[path.as_uri()])
        app.press('Attach Files')

    def paste_photo(self, app, path):
        self.copy('image/png', path)
        app.window.click(app.find('Message'))
        app.window.key('ctrl+v')

    def send_photo(self, app, picture):
        """Returns what it is called then."""
        path = pathlib.Path(self.desktop.path('home', 'the label.png'))
        path.write_bytes(picture)
        if self.desktop.has_documents:
            self.attach_photo(app, path)
        else:
            self.paste_photo(app, path)
        name = path.name if self.desktop.has_documents else 'Picture.png'
        app.find('Remove ' + name)
        app.press('Send')
        app.tree.wait_gone('Remove ' + name)
        return name

    def test_the_main_job(self):
        app = self.start()
        with self.agent.stream('/agent/v1/events') as events:
            self.hear(events, 'Where is my parcel?')
            self.answer('I look it up.')
            called = self.agent.escalate(self.name, 'The parcel is lost', 'knowledge_gap')
            self.assertEqual(called.status, 201, called)
            self.take_over_from_alert()
            app.find('Message', sensitive=True)
            refused = self.agent.say(self.name, 'agent', 'One more thing.')
            self.assertEqual((refused.status, refused.code), (409, 'conversation_frozen'))

            picture = png(64, 48)
            name = self.send_photo(app, picture)
            app.reply('Print it and send the parcel back.')
            self.shop.bot.wait_sent('Print it and send the parcel back.', self.ana)

            app.press('Hand Back to AI…')
            app.fill('Brief', 'Be kind')
            app.press('Hand Back')
            events.next('control.changed', lambda data: data['conversation']['control'] == 'agent')
            self.hear(events, 'Thank you!')
            turn = self.agent.read(self.name)
            self.assertEqual((turn['brief'], turn['may_reply']), ('Be kind', True))
            self.answer('You are welcome.', epoch=turn['epoch'])

        self.assertEqual([(sent.method, sent.text) for sent in self.shop.bot.sent if sent.chat == self.ana.id], [
            ('sendMessage', 'I look it up.'), ('sendMessage', called.body['transition_message']), ('sendPhoto', ''),
            ('sendMessage', 'Print it and send the parcel back.'), ('sendMessage', 'You are welcome.')])
        photo = next(sent.upload for sent in self.shop.bot.sent if sent.upload)
        self.assertEqual((photo.name, photo.kind), (name, 'image/png'))
        if self.desktop.has_documents:
            self.assertEqual(photo.data, picture)


if __name__ == '__main__':
    with PortalDesktop(keyring='unlocked') as SandboxCase.desktop:
        STATUS = tap.main()
    sys.exit(STATUS)
