# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Handover developers
"""How long a frame keeps the main loop while a long transcript is scrolled: ours, and a bare GtkListView."""

import sys

from frame import Table, figures, program, quantile

from support import build
from support.desktop import Desktop

TURNS = 2
FRAMES = '150'
FRAME = 16.7


def measure(which, count):
    times = figures([program('transcript-frames'), which, str(count), FRAMES], env=build.app_environment())
    print('# %s, %d messages: p50 %.1f, p95 %.1f, p99 %.1f, longest %.1f ms; processor p50 %.1f, p99 %.1f, longest between '
          'frames %.1f ms' % (which, count, *times))
    return times


def main():
    table = Table('transcript frames')
    with Desktop(keyring=None, notifications=False):
        for count in (10000, 100000):
            turns = [(measure('ours', count), measure('bare', count)) for _ in range(TURNS)]
            for position, name, judged in ((0, 'p50', False), (1, 'p95', False), (2, 'p99', True), (4, 'processor, p50', False),
                                           (5, 'processor, p99', True), (6, 'processor, between', False)):
                ours, bare = (quantile([turn[side][position] for turn in turns], 0.5) for side in (0, 1))
                what = '%d messages: frame, %s' % (count, name)
                if judged:
                    table.absolute(what, ours, bare, FRAME, 'ms')
                else:
                    table.line(what, ours, bare, unit='ms')
    table.end()


if __name__ == '__main__':
    sys.exit(main())
