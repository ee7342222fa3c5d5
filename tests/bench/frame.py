# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Handover developers
"""What the benchmarks share: the table they print, and the generators and yardsticks beside them.

A line of the table says what was measured, our figure, the yardstick's in the same run, the ratio, the aim, and
whether it was met. Nothing is asserted: a benchmark fails only when it could not measure.
"""

import os
import resource
import subprocess
import sys
import tempfile
import urllib.parse

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

from support import build  # noqa: E402
from support.interface import Operator  # noqa: E402

COLUMNS = '%-46s %16s %16s %7s  %-12s %s'


def program(name):
    return os.path.join(build.build_folder(), 'tests', 'bench', name)


def on_disk():
    """A folder where writing something for good costs what it costs: a temporary one may be in memory."""
    return tempfile.TemporaryDirectory(prefix='bench-', dir=build.build_folder())


def figures(command, **options):
    """The numbers on the line that a program prints."""
    done = subprocess.run(command, stdout=subprocess.PIPE, check=True, text=True, timeout=60, **options)
    return [float(word) for word in done.stdout.split()]


def quantile(values, share):
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


def private_memory(*processes):
    """Bytes that belong to these processes alone."""
    total = 0
    for process in processes:
        with open('/proc/%d/smaps_rollup' % process, encoding='ascii') as file:
            total += sum(int(line.split()[1]) * 1024 for line in file if line.startswith('Private_'))
    return total


def allow_many_files():
    """A connection is a file, for the generator and for the server."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


def address_of(url):
    return urllib.parse.urlsplit(url).netloc


def write_request(path, method, target, token=None, body=b'', headers=''):
    """A request as it goes over the wire, in a file."""
    head = '%s %s HTTP/1.1\r\nHost: bench\r\n%s' % (method, target, headers)
    if token:
        head += 'Authorization: Bearer %s\r\n' % token
    if body:
        head += 'Content-Type: application/json\r\nContent-Length: %d\r\n' % len(body)
    with open(path, 'wb') as file:
        file.write(head.encode() + b'\r\n' + body)
    return path


class Table:
    """Lines as TAP: each is a case, measured or not; `#` keeps the table readable in the log."""

    def __init__(self, name):
        self.name = name
        self.number = 0
        print('# ' + COLUMNS % (name, 'ours', 'yardstick', 'ratio', 'aim', 'met'), flush=True)

    def line(self, what, ours, yardstick, aim=None, at_least=False, unit='', ratio=None):
        """aim: what the ratio may be at most, or at least; None when there is none."""
        if ratio is None:
            ratio = ours / yardstick
        met = aim is None or (ratio >= aim if at_least else ratio <= aim)
        self.show(what, '%.6g %s' % (float('%.3g' % ours), unit), '%.6g %s' % (float('%.3g' % yardstick), unit),
                  '%.2f' % ratio, '' if aim is None else '%s %g' % ('≥' if at_least else '≤', aim), met, aim is not None)

    def absolute(self, what, ours, yardstick, aim, unit):
        """An aim that does not depend on the yardstick."""
        self.show(what, '%.3g %s' % (ours, unit), '%.3g %s' % (yardstick, unit) if yardstick is not None else '–',
                  '%.2f' % (ours / yardstick) if yardstick else '–', '≤ %g %s' % (aim, unit), ours <= aim, True)

    def alone(self, what, ours, unit):
        """A figure that nothing compares to."""
        self.show(what, '%.3g %s' % (ours, unit), '–', '–', '', True, False)

    def show(self, what, ours, yardstick, ratio, aim, met, judged):
        self.number += 1
        print('# ' + COLUMNS % (what, ours, yardstick, ratio, aim, ('yes' if met else 'no') if judged else ''))
        print('ok %d - %s' % (self.number, what), flush=True)

    def skip(self, what, why):
        self.number += 1
        print('ok %d - %s # SKIP %s' % (self.number, what, why), flush=True)

    def end(self):
        print('# the machine\'s load: %.1f' % os.getloadavg()[0])
        print('1..%d' % self.number, flush=True)


class Shop:
    """A business with an agent, on a running service."""

    def __init__(self, service):
        self.address = service.direct
        self.owner = Operator.sign_up(service.direct, 'Bench')
        _, self.key = self.owner.new_agent()
