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
