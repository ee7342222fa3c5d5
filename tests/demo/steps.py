# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Handover developers
"""Steps that are printed with their time as they are done."""

import contextlib
import time


class Steps:
    def __init__(self):
        self.started = time.monotonic()
        self.done = 0

    @contextlib.contextmanager
    def step(self, what):
        """Prints the step when it is through; a failure passes on after it was named."""
        begin = time.monotonic()
        try:
            yield
        except BaseException as error:
            self._print('FAILED', what, begin)
            print('        %s' % error, flush=True)
            raise
        self.done += 1
        self._print('ok', what, begin)

    def _print(self, word, what, begin):
        now = time.monotonic()
        print('%7.2f s  %-6s %s (%.2f s)' % (now - self.started, word, what, now - begin), flush=True)
