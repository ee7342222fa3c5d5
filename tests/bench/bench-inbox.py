# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Handover developers
"""From the start of the app to an inbox of 10,000 conversations that can be used, and the memory it has then.

The yardstick is a bare window with a list of as many rows. Both count as there when the first row is, as a screen
reader sees it. How long the very first start takes, which loads everything from the service, is told beside it.
"""

import json
import os
import sys
import time

from frame import Shop, Table, address_of, figures, program, quantile, write_request

from support import build
from support.desktop import Desktop
from support.processes import end
from support.service import Service

COUNT = 10000
TURNS = 3


def fill(service, shop):
    """Conversations that all wait for a person."""
    body = json.dumps({'conversation': {'external_id': 'bench-$NUMBER$', 'customer': {'name': 'Customer $NUMBER$'}},
                       'trigger': 'policy', 'summary': 'Asks for number $NUMBER$.'}).encode()
    request = write_request(os.path.join(service.directory, 'escalate'), 'POST', '/agent/v1/escalations', shop.key, body)
    refused = figures([program('load-requests'), address_of(shop.address), '16', '50', request, str(COUNT)])[4]
    if refused:
        raise AssertionError('%d escalations were refused' % refused)


def proportional_memory(process):
    with open('/proc/%d/smaps_rollup' % process, encoding='ascii') as file:
        return next(int(line.split()[1]) for line in file if line.startswith('Pss:')) / 1024


def start(desktop, name, command):
    """(process, seconds until the first row is there, memory in MB)"""
    from support.accessibility import application
    began = time.monotonic()
    child = desktop.processes.start(name, command, env=build.app_environment())
    application(process_id=child.pid, seconds=30).find(contains='Customer 000', role='list item', seconds=30)
    return child, time.monotonic() - began, proportional_memory(child.pid)


def first_time(desktop, service, shop):
    """Signs in, waits for the whole inbox, and quits."""
    from support.app import App
    app = App(desktop, service.direct)
    app.sign_in(service.direct, shop.owner.email, shop.owner.password)
    began = time.monotonic()
    app.find(contains='Customer 000', role='list item', seconds=60)
    print('# signed in and loaded for the first time in %.2f s' % (time.monotonic() - began), flush=True)
    app.close()


def measure(table, desktop):
    turns = []
    for _ in range(TURNS):
        app, *ours = start(desktop, 'app', [build.app_program()])
        end(app)
        window, *bare = start(desktop, 'bare', [program('bare-window'), str(COUNT)])
        end(window)
        turns.append((ours, bare))
    for position, what, unit in ((0, 'start to first row', 's'), (1, 'memory then', 'MB')):
        ours, bare = (quantile([turn[side][position] for turn in turns], 0.5) for side in (0, 1))
        table.line('10,000 conversations: ' + what, ours, bare, 1.5, unit=unit)


def main():
    table = Table('inbox')
    with Desktop(keyring='unlocked') as desktop, Service() as service:
        shop = Shop(service)
        fill(service, shop)
        first_time(desktop, service, shop)
        measure(table, desktop)
    table.end()


if __name__ == '__main__':
    sys.exit(main())
