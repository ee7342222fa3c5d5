# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Handover developers
"""The test's hand on the recorded notifications: read what was shown, press a button."""

import json
import subprocess

from support.waiting import wait_until


class Notifications:
    def __init__(self, desktop):
        self.log = desktop.notification_log

    def entries(self, kind=None):
        with open(self.log, encoding='utf-8') as file:
            lines = [json.loads(line) for line in file if line.endswith('\n')]
        return [line for line in lines if kind is None or line['kind'] == kind]

    def shown(self):
        """What is on screen now, oldest first, the last text of each."""
        open_now = {}
        for entry in self.entries():
            if entry['kind'] == 'notify':
                open_now[entry['id']] = entry
            else:
                open_now.pop(entry['id'], None)
        return list(open_now.values())

    def wait(self, text, seconds=10):
        """The first notification on screen whose title or body holds the text."""
        def find():
            return next((n for n in self.shown() if text in n['summary'] or text in n['body']), None)
        return wait_until(find, 'a notification with %r' % text, seconds)

    def wait_withdrawn(self, number, seconds=10):
        wait_until(lambda: any(e['id'] == number for e in self.entries('withdrawn')),
                   'notification %s to be withdrawn' % number, seconds)

    def press(self, notification, label):
        """Emits ActionInvoked for the button that carries this label ('' for the body itself)."""
        actions = notification['actions']
        action = next((a for a, name in actions.items() if name == label), 'default' if not label else None)
        if action is None:
            raise AssertionError('the notification has no button %r, only %r' % (label, actions))
        subprocess.run(['gdbus', 'call', '--session', '--dest', 'org.freedesktop.Notifications',
                        '--object-path', '/org/freedesktop/Notifications', '--method',
                        'dev.handover.Recorder.Invoke', str(notification['id']), action],
                       check=True, stdout=subprocess.DEVNULL)
