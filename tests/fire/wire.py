# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Handover developers
"""Many connections to one service from one thread, and every way to behave badly on them."""

import heapq
import json
import select
import socket
import time
import urllib.parse

PLAIN, SLOW, ABANDON, CUT = 'plain', 'slow', 'abandon', 'cut'


class Answer:
    """What came back; status 0 when the connection was lost first."""

    __slots__ = ('status', 'headers', 'body')

    def __init__(self, status, headers, body):
        self.status = status
        self.headers = headers
        self.body = body

    @property
    def code(self):
        return self.body.get('code') if self.status >= 400 and self.body else None

    def __repr__(self):
        return '<%d %s>' % (self.status, json.dumps(self.body)[:400])


LOST = Answer(0, b'', None)


class Loop:
    """Waits for sockets and times."""

    def __init__(self, address, checker):
        self.checker = checker
        parts = urllib.parse.urlsplit(address)
        self.target = (parts.hostname, parts.port)
        self.poll = select.epoll()
        self.owners = {}
        self.timers = []
        self.count = 0

    def watch(self, owner, sock):
        self.owners[sock.fileno()] = owner
        self.poll.register(sock.fileno(), select.EPOLLIN)

    def forget(self, sock):
        self.owners.pop(sock.fileno(), None)
        self.poll.unregister(sock.fileno())

    def later(self, seconds, call):
        self.count += 1
        heapq.heappush(self.timers, (time.monotonic() + seconds, self.count, call))

    def run(self, is_done, seconds):
        """Returns whether is_done() came true in time."""
        deadline = time.monotonic() + seconds
        while not is_done():
            now = time.monotonic()
            if now > deadline:
                return False
            while self.timers and self.timers[0][0] <= now:
                heapq.heappop(self.timers)[2]()
            wait = min(0.25, max(0, self.timers[0][0] - time.monotonic())) if self.timers else 0.25
            for descriptor, _ in self.poll.poll(wait):
                owner = self.owners.get(descriptor)
                if owner is not None:
                    owner.readable()
        return True


def connect(target):
    sock = socket.create_connection(target, timeout=20)
    sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return sock


class Line:
    """One connection, one request at a time. Whatever happens, the callback is called once."""

    def __init__(self, loop):
        self.loop = loop
        self.sock = None
        self.buffer = b''
        self.callback = None
        self.asked = None

    def send(self, method, path, body, token, key, manner, callback):
        data = json.dumps(body).encode() if body is not None else b''
        head = '%s %s HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer %s\r\n' % (method, path, token)
        if key:
            head += 'Idempotency-Key: %s\r\n' % key
        if data:
            head += 'Content-Type: application/json\r\nContent-Length: %d\r\n' % len(data)
        whole = head.encode() + b'\r\n' + data
        self.callback = callback
        self.asked = method, path
        try:
            if self.sock is None:
                self.sock = connect(self.loop.target)
                self.loop.watch(self, self.sock)
            if manner == PLAIN:
                self.sock.sendall(whole)
                return
            # All but the last byte: the request is complete only when the rest comes.
            cut = len(whole) - 1 if manner == CUT else len(whole) // 2
            if manner == ABANDON:
                self.sock.sendall(whole)
                self.loop.later(0.0005 * (len(whole) % 7), self.give_up)
                return
            self.sock.sendall(whole[:cut])
            begun = self.sock
            self.loop.later(0.005, self.give_up if manner == CUT else lambda: self.finish(begun, whole[cut:]))
        except OSError:
            self.give_up()

    def finish(self, begun, rest):
        try:
            if self.sock is begun:
                self.sock.sendall(rest)
        except OSError:
            self.give_up()

    def give_up(self):
        self.close()
        if self.callback is not None:
            self.end(LOST)

    def close(self):
        if self.sock is not None:
            self.loop.forget(self.sock)
            self.sock.close()
        self.sock = None
        self.buffer = b''

    def end(self, answer):
        callback, self.callback = self.callback, None
        callback(answer)

    def readable(self):
        try:
            data = self.sock.recv(262144)
        except OSError:
            data = b''
        if not data:
            self.give_up()
            return
        self.buffer += data
        head, separator, rest = self.buffer.partition(b'\r\n\r\n')
        if not separator:
            return
        lower = head.lower()
        start = lower.find(b'content-length:')
        length = int(lower[start + 15:].split(b'\r\n', 1)[0]) if start >= 0 else 0
        if len(rest) < length:
            return
        assert len(rest) == length and self.callback is not None, 'an answer nobody asked for: %r' % self.buffer[:300]
        self.buffer = b''
        if b'\r\nconnection: close' in lower:
            self.close()
        answer = Answer(int(head[9:12]), lower, json.loads(rest) if length else None)
        kind = lower.partition(b'\r\ncontent-type: ')[2].split(b'\r\n')[0].decode() or None
        self.loop.checker.check_shape(*self.asked, answer.status, kind, answer.body)
        self.end(answer)


class Stream:
    """An event stream that loses its connection now and then and resumes from its last number."""

    def __init__(self, loop, token, chance):
        self.loop = loop
        self.token = token
        self.chance = chance
        self.last = 0
        self.events = []
        self.resumed = -1
        self.sock = None
        self.start()

    def start(self):
        self.resumed += 1
        self.begun = False
        self.buffer = b''
        self.sock = connect(self.loop.target)
        self.loop.watch(self, self.sock)
        self.sock.sendall(('GET /v1/events?after=0 HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer %s\r\n'
                           'Last-Event-ID: %d\r\n\r\n' % (self.token, self.last)).encode())

    def stop(self):
        if self.sock is not None:
            self.loop.forget(self.sock)
            self.sock.close()
        self.sock = None

    def restart(self):
        self.stop()
        self.start()

    def readable(self):
        try:
            data = self.sock.recv(262144)
        except OSError:
            data = b''
        if not data:
            self.restart()
            return
        self.buffer += data
        if not self.begun:
            head, separator, rest = self.buffer.partition(b'\r\n\r\n')
            if not separator:
                return
            assert head.startswith(b'HTTP/1.1 200') and b'chunked' not in head.lower(), head
            self.begun, self.buffer = True, rest
        *whole, self.buffer = self.buffer.split(b'\n\n')
        for text in whole:
            self.take(text)
        if self.chance():
            self.restart()

    def take(self, text):
        fields = dict(line.split(b': ', 1) for line in text.split(b'\n') if b': ' in line and not line.startswith(b':'))
        if b'id' in fields:
            self.last = int(fields[b'id'])
            self.events.append((self.last, fields[b'event'].decode(), fields[b'data']))
