# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Handover developers
"""Acknowledged messages per second at 1, 8 and 64 connections, each with a conversation of its own.

The yardstick writes the same rows into a copy of the same database, in transactions as large as the service's group
commit made them, without a service around it.
"""

import json
import os
import sqlite3
import struct
import sys

from frame import Shop, Table, address_of, figures, on_disk, program, quantile, write_request

from support.interface import Agent
from support.service import Service

DATABASE = 'handoverd.db'
TURNS = 3
SECONDS = '1.5'
TEXT = 'My parcel has not come, and the page that should tell where it is only says that it is on its way. ' \
       'It was to be here on Monday, and I need it before the weekend. Number $NUMBER$, please help me with it.'


def copy(database, target):
    """A snapshot of a database in use."""
    with sqlite3.connect('file:%s?mode=ro' % database, uri=True) as source, sqlite3.connect(target) as sink:
        source.backup(sink)
    return target


def commits(database):
    """How many commits there were: a counter in the head of the index that connections share."""
    with open(database + '-shm', 'rb') as file:
        return struct.unpack('8xI', file.read(12))[0]


def measure_once(service, shop, connections, request):
    """Messages per second, ours and bare; and what our figure hides."""
    database = os.path.join(service.data, DATABASE)
    before = copy(database, os.path.join(service.directory, 'before'))
    counted = commits(database)
    answered, seconds, p50, p99, refused = figures(
        [program('load-requests'), address_of(shop.address), str(connections), SECONDS, request])
    if refused:
        raise AssertionError('%d messages were refused' % refused)
    batch = answered / (commits(database) - counted)
    after = copy(database, os.path.join(service.directory, 'after'))
    written, bare = figures([program('bare-sqlite'), before, after, str(batch)])
    for file in os.listdir(service.directory):
        if file.startswith(('before', 'after')):
            os.remove(os.path.join(service.directory, file))
    return answered / seconds, written / bare, p50, p99, batch


def measure(table, service, shop, connections):
    agent = Agent(shop.address, shop.key)
    turns = []
    for turn in range(TURNS):
        names = 'bench-%d-%d-' % (connections, turn)
        for number in range(connections):
            if agent.say('%s%08d' % (names, number), 'customer', 'Hello').status != 201:
                raise AssertionError('no conversation')
        body = json.dumps({'author': 'customer', 'text': TEXT}).encode()
        request = write_request(os.path.join(service.directory, 'message'), 'POST',
                                '/agent/v1/conversations/%s$CLIENT$/messages' % names, shop.key, body,
                                'Idempotency-Key: bench-$NUMBER$\r\n')
        turns.append(measure_once(service, shop, connections, request))
    ours, bare, p50, p99, batch = (quantile(values, 0.5) for values in zip(*turns))
    print('# %d connections: p50 %.2f ms, p99 %.2f ms, %.1f messages a commit' % (connections, p50, p99, batch))
    table.line('messages/s, %d connections' % connections, ours, bare, 0.6, at_least=True, unit='/s')


def main():
    table = Table('acknowledged messages')
    with on_disk() as folder, Service(folder) as service:
        shop = Shop(service)
        for connections in (1, 8, 64):
            measure(table, service, shop, connections)
    table.end()


if __name__ == '__main__':
    sys.exit(main())
