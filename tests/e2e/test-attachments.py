#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Handover developers
"""Files with messages, from the customer to the operator and back."""

import subprocess
import sys

from support import tap
from support.appcase import CUSTOMER, NARROW, WIDE, AppCase
from support.desktop import Desktop
from support.drag import Drag
from support.pictures import png
from support.waiting import wait_until


class Attachments(AppCase):
    def picture(self, name, size='640x480', colours='gradient:skyblue-navy'):
        path = self.desktop.path(name)
        subprocess.run(['convert', '-size', size, colours, path], check=True)
        return path

    def copy_file(self, path):
        addresses = self.desktop.path('addresses')
        with open(addresses, 'w', encoding='utf-8') as file:
            file.write('file://%s\r\n' % path)
        self.copy('text/uri-list', addresses)

    def paste(self, app):
        app.window.click(app.find('Message', sensitive=True))
        app.window.key('ctrl+v')

    def replies(self, number):
        return [message for message in self.owner.messages(number)
                if message['author'] == 'operator' and message['kind'] in ('message', 'note')]

    def open(self, size=WIDE):
        number = self.escalate('files')
        app = self.start(size)
        self.take_over(app, number)
        return app, number

    def received(self, number, attachment):
        answer = self.owner.request('GET', '/v1/attachments/' + attachment['id'])
        self.assertEqual(answer.status, 200, answer)
        return answer.raw

    def test_a_customers_picture_and_file(self):
        picture = self.agent.upload('torn sleeve.png', png(640, 480))
        receipt = self.agent.upload('receipt.pdf', b'%PDF-1.4\n' + b'x' * 5000)
        self.agent.say('files', 'customer', '', customer={'name': CUSTOMER}, attachments=[picture['id']])
        self.agent.say('files', 'customer', 'And the receipt.', attachments=[receipt['id']])
        for size in (WIDE, NARROW):
            app = self.start(size)
            app.window.key('ctrl+4')
            app.open_conversation(CUSTOMER)
            app.find(contains='receipt.pdf')
            app.find('Save receipt.pdf')
            app.window.click(app.find('Open torn sleeve.png', 'button'))
            app.find('Open in Another App', 'button')
            app.window.key('Escape')
            app.tree.wait_gone('Open in Another App', 'button')
            self.assertEqual(len([request for request in self.service.requests()
                                  if request.path == '/v1/attachments/' + receipt['id']]), 0)
            app.close()
            self.desktop.clear_keyring()

    def test_a_pasted_picture(self):
        app, number = self.open()
        self.copy('image/png', self.picture('screen.png', '320x200'))
        self.paste(app)
        app.find('Remove Picture.png')
        app.press('Send')
        wait_until(lambda: self.replies(number), 'the reply')
        message = self.replies(number)[0]
        self.assertEqual(message['text'], '')
        attachment = message['attachments'][0]
        self.assertEqual((attachment['type'], attachment['width'], attachment['height']), ('image/png', 320, 200))
        self.assertEqual(self.received(number, attachment)[:8], b'\x89PNG\r\n\x1a\n')
        app.tree.wait_gone('Remove Picture.png')
        app.find('Open Picture.png', 'button')

    def test_a_copied_file_with_words(self):
        app, number = self.open()
        path = self.desktop.path('price list.txt')
        with open(path, 'w', encoding='utf-8') as file:
            file.write('Rain jacket 129.90\n')
        self.copy_file(path.replace(' ', '%20'))
        self.paste(app)
        app.find('Remove price list.txt')
        app.write('The list you asked for')
        app.press('Send')
        wait_until(lambda: self.replies(number), 'the reply')
        message = self.replies(number)[0]
        self.assertEqual(message['text'], 'The list you asked for')
        self.assertEqual(message['attachments'][0]['name'], 'price list.txt')
        self.assertEqual(self.received(number, message['attachments'][0]), b'Rain jacket 129.90\n')

    def test_dropped_files(self):
        number = self.escalate('files')
        app = self.start()
        app.open_conversation(CUSTOMER)
        paths = [self.picture('left.png', '64x64'), self.desktop.path('sizes.txt')]
        with open(paths[1], 'w', encoding='utf-8') as file:
            file.write('S, M, L\n')
        with Drag(self.desktop, paths) as drag:
            drag.over(app.window, app.find('Messages', 'log'))
            # Who does not answer this customer has nothing to attach to.
            for _ in range(5):
                drag.stir()
                self.assertFalse(app.find('Messages', 'log') and drag.is_welcome)
            app.press('Take Over')
            drag.over(app.window, app.find('Message', sensitive=True))
            drag.drop()
        for name in ('left.png', 'sizes.txt'):
            app.find('Remove ' + name)
        self.assertEqual(app.field('Message').text, '')
        app.press('Send')
        wait_until(lambda: self.replies(number), 'the reply')
        names = [attachment['name'] for attachment in self.replies(number)[0]['attachments']]
        self.assertEqual(names, ['left.png', 'sizes.txt'])

    def test_taken_out_again(self):
        app, number = self.open(NARROW)
        self.copy_file(self.picture('wrong.png'))
        self.paste(app)
        app.window.click(app.find('Remove wrong.png'))
        app.tree.wait_gone('Remove wrong.png')
        app.reply('Only words')
        wait_until(lambda: self.replies(number), 'the reply')
        self.assertEqual(self.replies(number)[0]['attachments'], [])

    def test_too_large(self):
        app, number = self.open()
        path = self.desktop.path('film.mp4')
        with open(path, 'wb') as file:
            file.truncate(26 * 1024 * 1024)
        self.copy_file(path)
        self.paste(app)
        app.find(contains='film.mp4')
        app.find('Dismiss')
        self.assertIsNone(app.tree.first('Remove film.mp4'))
        self.assertEqual(self.replies(number), [])

    def test_the_draft_keeps_its_file(self):
        app, number = self.open()
        self.copy_file(self.picture('kept.png'))
        self.paste(app)
        app.find('Remove kept.png')
        app.close()
        app = self.start(sign_in=False)
        app.open_conversation(CUSTOMER)
        app.find('Remove kept.png')
        app.press('Send')
        wait_until(lambda: self.replies(number), 'the reply')
        self.assertEqual(self.replies(number)[0]['attachments'][0]['name'], 'kept.png')


if __name__ == '__main__':
    with Desktop(keyring='unlocked') as Attachments.desktop:
        STATUS = tap.main()
    sys.exit(STATUS)
