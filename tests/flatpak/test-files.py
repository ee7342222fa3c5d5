#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Handover developers
"""Files in and out of the sandbox, which sees none but its own and those that the user chose."""

import pathlib
import sys

from support import tap
from support.drag import Drag
from support.portals import PortalDesktop
from support.sandboxcase import SandboxCase
from support.waiting import wait_until

RECEIPT = b'%PDF-1.4\n' + b'x' * 5000


class Files(SandboxCase):
    def file(self, name, content):
        """In the user's home, where no sandbox looks."""
        path = pathlib.Path(self.desktop.path('home', name))
        path.write_bytes(content)
        return path

    def replies(self, number):
        return [message for message in self.owner.messages(number)
                if message['author'] == 'operator' and message['kind'] == 'message']

    def test_chosen_dropped_and_sent(self):
        number = self.escalate()
        app = self.start()
        self.take_over(app, number)
        files = [self.file(name, name.encode() * 100) for name in ('price list.txt', 'Größen.txt', 'dropped.txt')]
        self.desktop.answer(FileChooser=[path.as_uri() for path in files[:2]])
        app.press('Attach Files')
        app.find('Remove price list.txt')
        app.find('Remove Größen.txt')
        # What another app drags here comes by way of the document portal as well.
        with Drag(self.desktop, files[2:]) as drag:
            drag.over(app.window, app.find('Message'))
            drag.drop()
        app.find('Remove dropped.txt')
        app.press('Send')
        wait_until(lambda: self.replies(number), 'the reply')
        attachments = self.replies(number)[0]['attachments']
        self.assertEqual([attachment['name'] for attachment in attachments], [path.name for path in files])
        for attachment, path in zip(attachments, files):
            self.assertEqual(self.owner.request('GET', '/v1/attachments/' + attachment['id']).raw, path.read_bytes())

    def test_saved_and_opened(self):
        from support.accessibility import Toasts
        self.desktop.set_browsers('example.Viewer')
        number = self.escalate()
        self.agent.say('case', 'customer', 'The receipt.', attachments=[self.agent.upload('receipt.pdf', RECEIPT)['id']])
        app = self.start()
        self.take_over(app, number)
        toasts = Toasts()
        path = pathlib.Path(self.desktop.path('home', 'kept.pdf'))

        # The user closes the chooser: nothing comes of it.
        self.desktop.answer(FileChooser='refuse')
        asked = len(self.desktop.asked('FileChooser'))
        app.press('Save receipt.pdf')
        self.assertEqual(self.desktop.wait_asked('FileChooser', asked + 1)['name'], 'receipt.pdf')
        self.desktop.answer(FileChooser=[path.as_uri()])
        app.press('Save receipt.pdf')
        toasts.wait('Saved')
        self.assertEqual(path.read_bytes(), RECEIPT)
        self.assertEqual(toasts.said, [])

        # Another app, outside of the sandbox, finds it where it is told to look.
        app.press('Open receipt.pdf')
        opened = self.desktop.wait_opened(self.folder())
        self.assertEqual(pathlib.Path(opened).read_bytes(), RECEIPT)

        self.desktop.set_browsers('example.Viewer', 'example.Editor')
        self.desktop.answer(AppChooser='fail')
        app.press('Open receipt.pdf')
        toasts.wait('No app opens this file. Save it instead.')


if __name__ == '__main__':
    with PortalDesktop(keyring='unlocked') as SandboxCase.desktop:
        if not SandboxCase.desktop.has_documents:
            print('ok 1 - Files # SKIP files for the Flatpak: nobody here may mount the file system of their portal')
            sys.exit(0)
        STATUS = tap.main()
    sys.exit(STATUS)
