# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Handover developers
"""A desktop that is asked for files, and whether an app may run in the background."""

import json
import os
import subprocess

from support.processes import end
from support.waiting import wait_until


class BackgroundPortal:
    """On the desktop's bus until it is closed; `answer` is changed at any time."""

    def __init__(self, desktop, answer='refuse'):
        self.folder = desktop.path('portal')
        os.makedirs(self.folder, exist_ok=True)
        self.log = os.path.join(self.folder, 'asked.jsonl')
        with open(self.log, 'w', encoding='utf-8'):
            pass
        self.set_answer(answer)
        program = os.path.join(os.path.dirname(os.path.abspath(__file__)), 'background-portal')
        self.child = desktop.processes.start('portal', ['/usr/bin/python3', program, self.folder])
        subprocess.run(['gdbus', 'wait', '--session', '--timeout', '20', 'org.freedesktop.portal.Desktop'], check=True)

    def close(self):
        end(self.child)

    def set_answer(self, answer):
        """allow, refuse or cancel"""
        with open(os.path.join(self.folder, 'answer'), 'w', encoding='utf-8') as file:
            file.write(answer)

    def set_file(self, path):
        """What the person chooses in a file chooser."""
        with open(os.path.join(self.folder, 'file'), 'w', encoding='utf-8') as file:
            file.write('file://' + path)

    def asked(self):
        with open(self.log, encoding='utf-8') as file:
            return [json.loads(line) for line in file if line.endswith('\n')]

    def wait_asked(self, count=1, seconds=10):
        """Waits until it was asked that often; returns the last question."""
        return wait_until(lambda: len(self.asked()) >= count, 'question %d to the desktop' % count,
                          seconds) and self.asked()[-1]
