# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Handover developers
"""Whether a program's main loop ever waited; see watchdog.c."""

import os
import re
import subprocess

from support import build

FRAME = re.compile(r'\((\S+)\+(0x[0-9a-f]+)\)$')


class Watchdog:
    """What a watched program records in a file of its own."""

    def __init__(self, record):
        self.record = record

    def environment(self, rows=False):
        """For the watched program; rows: it may read single rows by their key."""
        if build.is_sanitized():
            return {}
        library = os.path.join(build.build_folder(), 'tests', 'support', 'libwatchdog.so')
        # What a test preloads stays.
        preloaded = ' '.join(filter(None, [library, os.environ.get('LD_PRELOAD')]))
        return {'LD_PRELOAD': preloaded,
                'HANDOVER_WATCHDOG': self.record, **({'HANDOVER_WATCHDOG_ROWS': '1'} if rows else {})}

    def assert_never_waited(self):
        if not os.path.exists(self.record):
            return
        with open(self.record, encoding='utf-8') as file:
            found = file.read()
        os.unlink(self.record)
        raise AssertionError('\n'.join(readable(line) for line in found.splitlines()[:60]))


def readable(line):
    """A frame of one of our programs with its function and place in the source."""
    frame = FRAME.search(line)
    if frame is None or not frame[1].startswith(build.build_folder()):
        return line
    found = subprocess.run(['addr2line', '-f', '-s', '-e', frame[1], frame[2]], capture_output=True, text=True,
                           check=False).stdout.split('\n')
    return '  %s %s' % (found[0], found[1]) if len(found) > 1 else line
