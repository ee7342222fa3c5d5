#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Handover developers
"""How fast what customers write on Telegram is durable, and how steadily the service answers at the platform's limit.

Both sides of the yardstick speak to the same stand-in. Coming in: a bare loop fetches the same updates and confirms
them, and then the same rows are written in transactions of a hundred, without a service around either. Going out: a
bare loop sends as many messages as the limit lets it, to as many chats.
"""

import http.client
import json
import os
import sqlite3
import sys
import tempfile
import time

from frame import Table, figures, on_disk, program

from support.service import Service
from support.telegram.cases import Shop
from support.telegram.server import Telegram
from support.waiting import Pace, wait_until

CUSTOMERS = 90
UPDATES = 3000
BATCH = 100
ROUNDS = 3
LIMIT = 30
TEXT = 'My parcel has not come, and the page that should tell where it is only says that it is on its way. ' \
       'It was to be here on Monday, and I need it before the weekend. Number %d, please help me with it.'


def copy(service, name):
    """A snapshot of the service's database in use."""
    target = os.path.join(service.directory, name)
    database = os.path.join(service.data, 'handoverd.db')
    with sqlite3.connect('file:%s?mode=ro' % database, uri=True) as source, sqlite3.connect(target) as sink:
        source.backup(sink)
    return target


class Line:
    """A bare connection to the stand-in."""

    def __init__(self, telegram, bot):
        self.connection = http.client.HTTPConnection('127.0.0.1', telegram.server_port)
        self.path = '/bot%s/' % bot.token

    def call(self, method, **parameters):
        self.connection.request('POST', self.path + method, json.dumps(parameters), {'Content-Type': 'application/json'})
        return json.loads(self.connection.getresponse().read())['result']


def write_updates(bot, chats):
    """What waits for the next who asks."""
    with bot.changed:
        for number in range(UPDATES):
            chats[number % len(chats)].writes(TEXT % number)


def fetch_all(telegram):
    """The seconds in which a loop fetches and confirms, and nothing else."""
    bot = telegram.add_bot()
    write_updates(bot, [bot.customer('Customer %d' % number) for number in range(CUSTOMERS)])
    line, offset = Line(telegram, bot), 0
    began = time.monotonic()
    while updates := line.call('getUpdates', offset=offset, limit=BATCH):
        offset = updates[-1]['update_id'] + 1
    return time.monotonic() - began


def come_in(service, telegram, shop, chats):
    """Updates a second until the last is confirmed; and the yardstick's."""
    before = copy(service, 'before')
    write_updates(shop.bot, chats)
    began = time.monotonic()
    last = shop.bot.next_update - 1
    wait_until(lambda: shop.bot.confirmed[-1:] == [last], 'all to be confirmed', 60, 0.002)
    seconds = time.monotonic() - began
    written, bare = figures([program('bare-sqlite'), before, copy(service, 'after'), str(BATCH)])
    if written != UPDATES:
        raise AssertionError('%d of %d messages are stored' % (written, UPDATES))
    return UPDATES / seconds, UPDATES / (bare + fetch_all(telegram))


def pace_of(times):
    """Messages a second, and the longest pause between two."""
    times = sorted(times)
    return (len(times) - 1) / (times[-1] - times[0]), max(b - a for a, b in zip(times, times[1:]))


def go_out(telegram, shop, chats):
    """Ours and the bare loop's (rate, longest pause)."""
    began = len(shop.bot.sent)
    for number in range(ROUNDS):
        for chat in chats:
            answer = shop.agent.say(shop.external_id(chat), 'agent', TEXT % number)
            if answer.status != 201:
                raise AssertionError('not taken: %r' % answer)
    wait_until(lambda: len(shop.bot.sent) == began + ROUNDS * len(chats), 'all to be sent', 60)
    ours = pace_of([sent.at for sent in shop.bot.sent[began:]])

    bot = telegram.add_bot()
    line = Line(telegram, bot)
    others = [bot.customer('Customer %d' % number) for number in range(CUSTOMERS)]
    pace = Pace(LIMIT)
    for number in range(ROUNDS * len(others)):
        pace.wait()
        line.call('sendMessage', chat_id=others[number % len(others)].id, text=TEXT % number)
    return ours, pace_of([sent.at for sent in bot.sent])


def main():
    table = Table('a bot on Telegram')
    with Telegram() as telegram, tempfile.NamedTemporaryFile('w', suffix='.conf') as config:
        config.write('[telegram]\naddress=%s\n' % telegram.address)
        config.flush()
        with on_disk() as folder, Service(folder, ['--config', config.name]) as service:
            service.address = service.direct
            shop = Shop(service, telegram, with_agent=True)
            chats = [shop.bot.customer('Customer %d' % number) for number in range(CUSTOMERS)]
            for chat in chats:
                chat.writes('Hello')
            wait_until(lambda: len(shop.bot.confirmed) == CUSTOMERS, 'the first words to be confirmed', 60)
            turns = sorted(come_in(service, telegram, shop, chats) for _ in range(3))
            table.line('updates made durable', *turns[1], 0.3, at_least=True, unit='/s')
            ours, bare = go_out(telegram, shop, chats)
            table.line('messages at the limit', ours[0], bare[0], 0.95, at_least=True, unit='/s')
            table.absolute('longest pause at the limit', ours[1] * 1000, bare[1] * 1000, 1100, 'ms')
            print('# told to slow down %d times' % shop.bot.floods)
    table.end()


if __name__ == '__main__':
    sys.exit(main())
