#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Handover developers
"""Clients that are slow on purpose are cut, cost little, and disturb nobody."""

import json
import os
import re
import select
import socket
import sys
import time
import urllib.parse

from support import build, tap
from support.interface import Agent, Operator
from support.waiting import wait_until

from fire.rounds import FireCase

HEAD, BODY = 1, 2
CROWD = 300


class SlowClients(FireCase):
    settings = '[http]\nhead-seconds=%d\nbody-seconds=%d\n[events]\nheartbeat-milliseconds=500\n' % (HEAD, BODY)

    def connect(self):
        parts = urllib.parse.urlsplit(self.service.direct)
        sock = socket.create_connection((parts.hostname, parts.port), timeout=20)
        self.addCleanup(sock.close)
        return sock

    def memory(self):
        with open('/proc/%d/status' % self.service.child.pid, encoding='ascii') as file:
            return int(re.search(r'VmRSS:\s+(\d+) kB', file.read())[1])

    def descriptors(self):
        return len(os.listdir('/proc/%d/fd' % self.service.child.pid))

    def settled(self):
        """How many there are when those of clients that left are closed."""
        seen = []

        def is_same():
            seen.append(self.descriptors())
            return len(seen) > 9 and len(set(seen[-9:])) == 1
        wait_until(is_same, 'descriptors to settle')
        return seen[-1]

    def drip(self, socks, text, done):
        """Sends a byte of `text` on every connection now and then; returns after how many seconds each was cut."""
        begun, cut, sent = time.monotonic(), {}, 0
        poll = select.poll()
        for sock in socks:
            poll.register(sock, select.POLLIN | select.POLLHUP)
        names = {sock.fileno(): sock for sock in socks}
        while len(cut) < len(socks):
            self.assertLess(time.monotonic() - begun, done, '%d of %d are still there' % (len(socks) - len(cut), len(socks)))
            for descriptor, _ in poll.poll(150):
                try:
                    data = names[descriptor].recv(65536)
                except OSError:
                    data = b''
                self.assertFalse(data.startswith(b'HTTP/1.1 2'), data)
                if not data:
                    poll.unregister(descriptor)
                    cut[descriptor] = time.monotonic() - begun
            for sock in socks:
                if sock.fileno() not in cut:
                    try:
                        sock.send(text[sent % len(text):][:1])
                    except OSError:
                        pass
            sent += 1
        return list(cut.values())

    def test_a_crowd_that_drips_its_heads(self):
        owner = Operator.sign_up(self.service.direct)
        before = self.memory()
        crowd = [self.connect() for _ in range(CROWD)]
        for sock in crowd:
            sock.sendall(b'POST /v1/agents HTTP/1.1\r\nHost: h\r\nX-Slow: ')
        begun = time.monotonic()
        self.assertEqual(owner.get('/v1/me')['id'], owner.id)
        self.assertLess(time.monotonic() - begun, 1)
        times = self.drip(crowd, b'slowly ', HEAD + 8)
        self.assertGreater(min(times), HEAD - 0.5)
        if not build.is_sanitized():
            self.assertLess(self.memory() - before, 64 * CROWD, 'kilobytes for connections that are gone')
        self.assertEqual(owner.get('/v1/me')['id'], owner.id)

    def test_bodies_that_never_end(self):
        owner = Operator.sign_up(self.service.direct)
        head = 'POST /v1/agents HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer %s\r\n' % owner.token
        crowd = [self.connect() for _ in range(40)]
        for n, sock in enumerate(crowd):
            length = 'Content-Length: 100000' if n % 2 else 'Transfer-Encoding: chunked'
            sock.sendall((head + length + '\r\n\r\n').encode() + (b'' if n % 2 else b'ffff\r\n') + b'{"name": "')
        times = self.drip(crowd, b'x', BODY + 8)
        self.assertGreater(min(times), BODY - 0.5)
        self.assertEqual(owner.get('/v1/agents')['items'], [])

    def test_idle_connections(self):
        owner = Operator.sign_up(self.service.direct)
        kept, silent = self.connect(), self.connect()
        request = ('GET /v1/me HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer %s\r\n\r\n' % owner.token).encode()
        for _ in range(3):
            kept.sendall(request)
            answer = b''
            while not answer.endswith(b'}'):
                answer += kept.recv(65536)
            self.assertTrue(answer.startswith(b'HTTP/1.1 200'))
        self.assertEqual((silent.recv(1), kept.recv(1)), (b'', b''))

    def test_answers_that_nobody_reads(self):
        owner = Operator.sign_up(self.service.direct)
        agent = Agent(self.service.direct, owner.new_agent()[1])
        for n in range(60):
            agent.say('long', 'customer', '%d %s' % (n, 'x' * 16000))
        number = owner.conversations('all')[0]['id']
        before = self.settled()
        sock = self.connect()
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        request = 'GET /v1/conversations/%s/messages?limit=60 HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer %s\r\n\r\n'
        sock.sendall((request % (number, owner.token)).encode() * 20)
        wait_until(lambda: self.descriptors() > before, 'the connection')
        wait_until(lambda: self.descriptors() <= before, 'an answer that nobody reads to be given up', BODY + 8)
        self.assertEqual(owner.get('/v1/me')['id'], owner.id)

    def test_streams_and_patient_clients_stay(self):
        owner = Operator.sign_up(self.service.direct)
        with owner.stream('/v1/events', after=0) as stream:
            stream.next()
            sock = self.connect()
            body = json.dumps({'name': 'Slow but honest', 'kind': 'custom'}).encode()
            head = 'POST /v1/agents HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer %s\r\nContent-Length: %d\r\n\r\n'
            sock.sendall((head % (owner.token, len(body))).encode() + body[:10])
            # Two heartbeats a second are the clock of this test.
            wait_until(lambda: stream.comments >= BODY, 'heartbeats', 20)
            sock.sendall(body[10:])
            self.assertTrue(sock.recv(65536).startswith(b'HTTP/1.1 201'))
            wait_until(lambda: stream.comments >= 2 * (HEAD + BODY + 1), 'more heartbeats', 20)
            owner.patch('/v1/me', {'name': 'Still there'})
            self.assertEqual(stream.next('operator.updated').data['operator']['name'], 'Still there')


if __name__ == '__main__':
    sys.exit(tap.main())
