#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Handover developers
"""Milliseconds from the acknowledged escalation to Notify on the session bus.

One real app on a private desktop, alone and beside 200 other event streams; escalations come one at a time. The
yardstick is a bare Notify call to the same recorder, which nothing can undercut.
"""

import selectors
import socket
import sys
import threading
import time
import urllib.parse

from frame import Shop, Table, on_disk, quantile

import gi
gi.require_version('Gio', '2.0')
from gi.repository import Gio, GLib  # noqa: E402

from support.desktop import Desktop  # noqa: E402
from support.interface import Agent  # noqa: E402
from support.notifications import Notifications  # noqa: E402
from support.service import Service  # noqa: E402
from support.waiting import wait_until  # noqa: E402

STREAMS = 200
ROUNDS = 60
AIM = 100


class Streams:
    """Event streams that are read and thrown away by one thread."""

    def __init__(self, address, token, count):
        parts = urllib.parse.urlsplit(address)
        self.selector = selectors.DefaultSelector()
        request = ('GET /v1/events HTTP/1.1\r\nHost: %s\r\nAuthorization: Bearer %s\r\n\r\n'
                   % (parts.netloc, token)).encode()
        for _ in range(count):
            connection = socket.create_connection((parts.hostname, parts.port))
            connection.sendall(request)
            if b' 200 ' not in connection.recv(4096).split(b'\r\n')[0]:
                raise AssertionError('a stream was refused')
            connection.setblocking(False)
            self.selector.register(connection, selectors.EVENT_READ)
        threading.Thread(target=self._drain, daemon=True).start()

    def _drain(self):
        while True:
            for key, _ in self.selector.select():
                if not key.fileobj.recv(65536):
                    self.selector.unregister(key.fileobj)

    def open(self):
        return len(self.selector.get_map())


def measure_bare(rounds):
    bus = Gio.bus_get_sync(Gio.BusType.SESSION)
    times = []
    for number in range(rounds):
        body = GLib.Variant('(susssasa{sv}i)', ('bench', 0, '', 'Bare %d' % number, '', [], {}, -1))
        start = time.monotonic()
        bus.call_sync('org.freedesktop.Notifications', '/org/freedesktop/Notifications', 'org.freedesktop.Notifications',
                      'Notify', body, None, Gio.DBusCallFlags.NONE, -1, None)
        times.append((time.monotonic() - start) * 1000)
    return times


def measure(agent, notifications, prefix, rounds):
    """Each escalation waits for its own alert before the next: the load is bounded by what it measures."""
    times = []
    for number in range(rounds):
        customer = '%s %d' % (prefix, number)
        answer = agent.escalate(customer, 'Needs a person.', customer={'name': customer})
        acknowledged = time.time()
        if answer.status != 201:
            raise AssertionError(answer)
        title = customer + ' needs a person'
        wait_until(lambda: any(n['summary'] == title for n in notifications.entries('notify')), title)
        shown = next(n for n in notifications.entries('notify') if n['summary'] == title)
        times.append((shown['time'] - acknowledged) * 1000)
    return times


def report(table, what, times, bare):
    table.line(what + ', p50', quantile(times, 0.5), quantile(bare, 0.5), unit='ms')
    table.absolute(what + ', p99', quantile(times, 0.99), quantile(bare, 0.99), AIM, 'ms')


def main():
    table = Table('alerts')
    with Desktop(keyring='unlocked') as desktop, on_disk() as folder, Service(folder) as service:
        # The accessibility bus is looked for once, on loading.
        from support.app import App
        shop = Shop(service)
        agent = Agent(service.direct, shop.key)
        notifications = Notifications(desktop)
        app = App(desktop, service.direct)
        app.sign_in(service.direct, shop.owner.email, shop.owner.password)
        app.find(contains='Nobody is waiting')
        bare = measure_bare(ROUNDS)
        report(table, 'escalation to Notify, 1 stream', measure(agent, notifications, 'Alone', ROUNDS), bare)
        streams = Streams(service.direct, shop.owner.token, STREAMS)
        report(table, 'escalation to Notify, %d streams' % (STREAMS + 1),
               measure(agent, notifications, 'Among', ROUNDS), bare)
        if streams.open() != STREAMS:
            raise AssertionError('only %d of %d streams lasted' % (streams.open(), STREAMS))
        app.close()
    table.end()


if __name__ == '__main__':
    main()
