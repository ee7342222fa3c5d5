#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Handover developers
"""The demo: live on a display, or driven without one. Started by ./demo, which builds everything first."""

import argparse
import os
import signal
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.dirname(HERE)]


def main():
    parser = argparse.ArgumentParser(prog='demo', description=__doc__)
    parser.add_argument('--headless', action='store_true', help='drive the app on a virtual display')
    parser.add_argument('--pictures', default=os.path.join(os.getcwd(), 'screenshots'), metavar='DIR',
                        help='where the screenshots of a headless run go (screenshots)')
    options = parser.parse_args()
    # Whoever ends the demo gets everything cleared away.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    if options.headless or not (os.environ.get('WAYLAND_DISPLAY') or os.environ.get('DISPLAY')):
        import headless
        try:
            headless.run(os.path.abspath(options.pictures))
        except (AssertionError, OSError) as error:
            print('demo: %s' % error, file=sys.stderr)
            return 1
        return 0
    import live
    return live.run()


if __name__ == '__main__':
    sys.exit(main())
