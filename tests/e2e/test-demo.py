#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Handover developers
"""The demo on a display: signed in, with live traffic, and nothing left behind."""

import os
import signal
import subprocess
import sys
import tempfile
import unittest

from support import tap
from support.build import SOURCE, application_id
from support.desktop import Desktop

DEMO = os.path.join(SOURCE, 'tests', 'demo', 'demo.py')


class OnADisplay(unittest.TestCase):
    desktop = None

    def keyring_items(self):
        found = subprocess.run(['secret-tool', 'search', '--all', 'xdg:schema', 'dev.handover.Handover.Session'],
                               capture_output=True, text=True, check=False)
        return found.stdout + found.stderr

    def test_it_opens_signed_in_and_leaves_nothing(self):
        from support.accessibility import application
        with tempfile.TemporaryDirectory() as folder:
            demo = subprocess.Popen([sys.executable, DEMO], env={**os.environ, 'TMPDIR': folder},
                                    stdout=subprocess.PIPE, text=True)
            self.addCleanup(demo.kill)
            self.assertIn('signed in as Kim', demo.stdout.readline())
            self.assertIn('kim@demo.example', self.keyring_items())
            app = application(name=application_id())
            app.find(contains='Waiting')
            row = app.find(role='list item', contains='waiting', seconds=60)
            app.window().click(row)
            app.find('Take Over', 'button')
            app.find(contains='Scripted customer and bot (demo)')
            demo.send_signal(signal.SIGTERM)
            self.assertEqual(demo.wait(20), 143)
            demo.stdout.close()
            self.assertEqual(os.listdir(folder), [])
            self.assertEqual(self.keyring_items().strip(), '')


if __name__ == '__main__':
    with Desktop(keyring='unlocked') as OnADisplay.desktop:
        STATUS = tap.main()
    sys.exit(STATUS)
