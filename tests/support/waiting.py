# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Handover developers
"""Waiting on conditions, never on the clock alone."""

import time


class Timeout(AssertionError):
    """A condition that did not come true in time; says which one."""


def wait_until(condition, what, seconds=10, interval=0.02):
    """Returns the first true value of condition(); raises Timeout naming `what`."""
    deadline = time.monotonic() + seconds
    while True:
        value = condition()
        if value:
            return value
        if time.monotonic() > deadline:
            raise Timeout('waited %g s for %s' % (seconds, what))
        time.sleep(interval)


class Pace:
    """So many a second, one after the other, as a platform allows."""

    def __init__(self, per_second):
        self.interval = 1 / per_second
        self.due = 0

    def wait(self):
        """Until the next may go. One that was late makes up for it with the next."""
        time.sleep(max(0, self.due - time.monotonic()))  # the pace itself
        self.due = max(self.due, time.monotonic() - self.interval / 2) + self.interval
