# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Handover developers
"""Files dragged from another app's window, with the real pointer."""

import itertools
import os
import subprocess
import threading

from support.waiting import wait_until

PROGRAM = os.path.join(os.path.dirname(os.path.abspath(__file__)), 'drag-source')


def pointer(*arguments):
    return subprocess.run(['xdotool', *map(str, arguments)], check=True, capture_output=True, text=True).stdout


class Drag:
    """One drag, from the window that offers the files: over() somewhere, then drop()."""

    def __init__(self, desktop, paths):
        self.words = []
        self.steps = itertools.cycle((0, 1))
        self.child = desktop.processes.start('drag-source', [PROGRAM, *paths], stdout=subprocess.PIPE, text=True)
        threading.Thread(target=self._read, daemon=True).start()

    def __enter__(self):
        self._wait('ready')
        window = pointer('search', '--sync', '--onlyvisible', '--name', '^drag-source$').split()[0]
        pointer('windowmove', '--sync', window, 0, 0)
        pointer('mousemove', '--window', window, 40, 20, 'mousedown', 1)
        self.place = 40, 20
        self._wait('begun')
        return self

    def __exit__(self, *_):
        pointer('mouseup', 1)
        self.child.terminate()
        self.child.wait()

    def _read(self):
        with self.child.stdout:
            for line in self.child.stdout:
                self.words.append(line.strip())

    def stir(self):
        """A hand is never still, and only what moves is told about."""
        pointer('mousemove', self.place[0] + 12 * next(self.steps), self.place[1])

    def _wait(self, word):
        def look():
            if self.words[-1:] == [word]:
                return True
            if self.words:
                self.stir()
            return False
        wait_until(look, 'the drag to be %r' % word)

    def over(self, window, node):
        """To the middle of something in an app's window."""
        window_x, window_y, _, _ = window.geometry
        x, y, width, height = window.rest(node)
        self.place = window_x + x + width // 2, window_y + y + height // 2
        self.stir()

    @property
    def is_welcome(self):
        return self.words[-1] == 'copy'

    def drop(self):
        self._wait('copy')
        pointer('mouseup', 1)
        wait_until(lambda: self.words[-1] in ('dropped', 'cancelled'), 'the end of the drag')
        if self.words[-1] != 'dropped':
            raise AssertionError('what was dropped was not taken: %r' % self.words)
