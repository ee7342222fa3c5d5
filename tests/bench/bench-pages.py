# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Handover developers
"""Pages of a conversation's messages per second. The yardstick is a bare handler that answers the same bytes."""

import os
import subprocess
import sys

from frame import Shop, Table, address_of, figures, on_disk, program, quantile, write_request

from support.interface import Agent
from support.processes import end
from support.service import Service

TURNS = 3
SECONDS = '1.5'
CONNECTIONS = '8'
LINES = ('My parcel has not come, and the page that should tell where it is only says that it is on its way.',
         'I am sorry to hear that. I see that it left our warehouse on Friday; let me ask the carrier where it is now.')


def make_conversation(shop):
    agent = Agent(shop.address, shop.key)
    for number in range(120):
        answer = agent.say('bench', ('customer', 'agent')[number % 2], '%d: %s' % (number, LINES[number % 2]))
        if answer.status != 201:
            raise AssertionError(answer)
    return shop.owner.conversations('all')[0]['id']


def rate(address, request):
    answered, seconds, p50, p99, refused = figures(
        [program('load-requests'), address, CONNECTIONS, SECONDS, request])
    if refused:
        raise AssertionError('%d requests were refused' % refused)
    print('# %s connections: p50 %.2f ms, p99 %.2f ms' % (CONNECTIONS, p50, p99))
    return answered / seconds


def take_turns(ours, bare, request):
    """Both rates, each the median of some turns, so that what else the machine does meets both."""
    turns = [(rate(ours, request), rate(bare, request)) for _ in range(TURNS)]
    return [quantile(values, 0.5) for values in zip(*turns)]


def main():
    table = Table('conversation pages')
    with on_disk() as folder, Service(folder) as service:
        shop = Shop(service)
        path = '/v1/conversations/%s/messages' % make_conversation(shop)
        page = shop.owner.request('GET', path)
        print('# %d messages, %d bytes a page' % (len(page.body['items']), len(page.raw)))
        request = write_request(os.path.join(service.directory, 'page'), 'GET', path, shop.owner.token)
        answer = os.path.join(service.directory, 'answer')
        with open(answer, 'wb') as file:
            file.write(page.raw)
        bare = subprocess.Popen([program('bare-soup'), answer], stdout=subprocess.PIPE, text=True)
        try:
            ours, yardstick = take_turns(address_of(shop.address), '127.0.0.1:%d' % int(bare.stdout.readline()), request)
        finally:
            end(bare)
            bare.stdout.close()
    table.line('pages/s, %s connections' % CONNECTIONS, ours, yardstick, 0.6, at_least=True, unit='/s')
    table.end()


if __name__ == '__main__':
    sys.exit(main())
