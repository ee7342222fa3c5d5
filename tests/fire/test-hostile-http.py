#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Handover developers
"""Raw bytes that no client would send: a clear answer or a closed connection, and everybody else is served."""

import contextlib
import json
import re
import socket
import sys
import urllib.parse

from support import build, tap
from support.interface import Agent, Client, Operator
from support.waiting import wait_until

from fire.rounds import FireCase

HEAD, BODY = 1, 2
MIB = 1024 * 1024
MEMORY = 64 * 1024  # kilobytes; two bodies of the largest size and what reading them takes
PLACES, OF_ONE = 40, 25


class Raw:
    """What came back on one connection: answers as (status, headers, body), and whether it was closed."""

    def __init__(self, data, closed):
        self.closed = closed
        self.answers = []
        while data:
            head, separator, data = data.partition(b'\r\n\r\n')
            assert separator, 'half an answer: %r' % head
            first, *lines = head.decode().split('\r\n')
            headers = {name.lower(): value for name, value in (line.split(': ', 1) for line in lines)}
            status = int(re.fullmatch(r'HTTP/1\.[01] (\d{3}) .*', first)[1])
            length = int(headers.get('content-length', 0))
            assert len(data) >= length, 'half a body'
            self.answers.append((status, headers, data[:length]))
            data = data[length:]

    def __repr__(self):
        return '%s, closed: %s' % ([(status, body[:200]) for status, _, body in self.answers], self.closed)


class Hostile(FireCase):
    settings = '[http]\nhead-seconds=%d\nbody-seconds=%d\nconnections=%d\nconnections-per-address=%d\n' % (
        HEAD, BODY, PLACES, OF_ONE)

    def setUp(self):
        super().setUp()
        self.owner = Operator.sign_up(self.service.direct)
        self.key = self.owner.new_agent()[1]
        self.agent = Agent(self.service.direct, self.key)
        parts = urllib.parse.urlsplit(self.service.direct)
        self.target = parts.hostname, parts.port
        self.before = self.memory()

    def memory(self):
        with open('/proc/%d/status' % self.service.child.pid, encoding='ascii') as file:
            return int(re.search(r'VmRSS:\s+(\d+) kB', file.read())[1])

    def connect(self, source='127.0.0.1'):
        sock = socket.create_connection(self.target, timeout=30, source_address=(source, 0))
        self.addCleanup(sock.close)
        return sock

    def send(self, data, half=False):
        """Sends bytes, waits for the end of the connection, and looks at what came."""
        sock, received = self.connect(), b''
        # A service that has heard enough closes; what is still sent then comes back as a reset.
        with contextlib.suppress(ConnectionError):
            sock.sendall(data)
        sock.settimeout(HEAD + BODY + 10)
        with contextlib.suppress(ConnectionResetError):
            while chunk := sock.recv(65536):
                received += chunk
                if half:
                    # Who is refused in the middle of a request may still be sending, and is listened to for a while. By
                    # now that while may be over.
                    with contextlib.suppress(OSError):
                        sock.shutdown(socket.SHUT_WR)
        sock.close()
        return Raw(re.sub(rb'^HTTP/1.1 100 Continue\r\n.*?\r\n\r\n', b'', received, flags=re.DOTALL), True)

    def request(self, method='POST', path='/agent/v1/conversations/c/messages', headers=(), body=b'', length=None):
        lines = ['%s %s HTTP/1.1' % (method, path), 'Host: h', 'Connection: close']
        if not any(line.startswith('Authorization') for line in headers):
            lines.append('Authorization: Bearer ' + (self.key if path.startswith(('/agent', '/mcp')) else self.owner.token))
        lines += headers
        if length is None and method in ('POST', 'PATCH', 'PUT'):
            length = len(body)
        if length is not None:
            lines.append('Content-Length: %s' % length)
        return '\r\n'.join(lines).encode('latin-1') + b'\r\n\r\n' + body

    def say(self, body, half=False, **more):
        return self.send(self.request(body=body, **more), half)

    def assert_clear(self, raw, statuses, code=None):
        """One answer, as our interface shapes refusals; none at all is clear only where `statuses` holds None."""
        if not raw.answers and None in statuses:
            return
        self.assertEqual(len(raw.answers), 1, raw)
        status, headers, body = raw.answers[0]
        self.assertIn(status, statuses, raw)
        if status >= 400:
            problem = json.loads(body)
            self.assertEqual(headers['content-type'], 'application/problem+json', raw)
            self.assertTrue(problem['code'] and len(problem['detail']) > 10, raw)
            self.assertEqual(self.service.checker._problems('/components/schemas/Problem', problem), '')
            if code:
                self.assertEqual(problem['code'], code, raw)

    def tearDown(self):
        """Whatever was sent, others are served, and what it took is given back."""
        self.assertEqual(self.owner.get('/v1/me')['id'], self.owner.id)
        self.assertIsNone(self.service.child.poll())
        if not build.is_sanitized():
            self.assertLess(self.memory() - self.before, MEMORY)
        super().tearDown()

    def test_first_lines(self):
        for data, statuses in [
                (b'\xff\xfe\x16\x03\x01hello\r\n\r\n', [400]), (b'GET\r\n\r\n', [400]), (b'GET /healthz\r\n\r\n', [400]),
                (b'GET /heal\0thz HTTP/1.1\r\nHost: h\r\n\r\n', [400]), (b'GET /healthz HTTP/9.9\r\nHost: h\r\n\r\n', [505]),
                (b'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', [505]), (b'\x16\x03\x01\x02\x00\x01\x00' + b'\1' * 509, [None, 400]),
                (b'\0' * 5000, [None, 400]), (b'\r\n' * 5000, [None, 400]), (b'GET /healthz HTTP/1.1\rHost: h\r\r', [None, 400])]:
            with self.subTest(data[:40]):
                self.assert_clear(self.send(data), statuses)

    def test_methods(self):
        for method in ('BREW', 'PATCH', 'DELETE', 'TRACE', 'get', 'G' * 1000):
            with self.subTest(method[:20]):
                self.assert_clear(self.send(self.request(method, '/healthz')), [405], 'method_not_allowed')
        self.assert_clear(self.send(self.request('OPTIONS', '*')), [404], 'not_found')
        self.assert_clear(self.send(b'CONNECT example.com:80 HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n'), [404])
        self.assert_clear(self.send(self.request('GET', '/healthz', ['Upgrade: h2c, websocket'])), [200])

    def test_header_limits(self):
        for name, lines, statuses in [
                ('long line', ['X: ' + 'a' * 60000], [200]), ('too long', ['X: ' + 'a' * MIB], [None]),
                ('many', ['X-%d: y' % n for n in range(2000)], [200]), ('too many', ['X-%d: y' % n for n in range(50000)], [None]),
                ('the same', ['X: y'] * 5000, [200]), ('folded', ['X: a', ' b'], [200]), ('no colon', ['nonsense'], [200]),
                ('space', ['X : y'], [200, 400]), ('nul', ['X: a\0b'], [400]), ('two hosts', ['Host: i'], [200, 400])]:
            with self.subTest(name):
                self.assert_clear(self.send(self.request('GET', '/healthz', lines)), statuses)
        self.assert_clear(self.send(b'GET /healthz HTTP/1.1\r\n\r\n'), [400])
        self.assert_clear(self.send(b'GET /healthz HTTP/1.1\r\nHost: h\r\nX: ' + b'a' * 30 * MIB), [None])
        self.assert_clear(self.send(self.request('GET', '/v1/me', ['Authorization: Bearer ' + 'a' * 50000])), [401])
        self.assert_clear(self.send(self.request('GET', '/v1/me', ['Authorization: \xff\xfe'])), [401])

    def test_long_and_odd_addresses(self):
        for path, statuses in [
                ('/' + 'a' * 60000, [404]), ('/' + 'a' * 200000, [None]), ('/v1/conversations/%ff%fe', [400]),
                ('/v1/conversations/\xff\xfe', [400]), ('/v1/conversations/a%00b', [400]), ('/v1/conversations/%zz', [400]),
                ('/v1/conversations/%', [400]), ('/v1/conversations?view=%ff', [400]), ('/v1/conversations?limit=1&limit=x', [422]),
                ('/v1/conversations?' + '&'.join('a%d=b' % n for n in range(5000)), [200]), ('//', [404]), ('/v1/%2e%2e/healthz', [200, 404]),
                ('/agent/v1/conversations/a%0Ab%1b', [422]), ('/agent/v1/conversations/' + 'x' * 201, [413]),
                ('/agent/v1/conversations/%E2%80%AEx', [404]), ('/v1/events?after=1e9', [400, 422]), ('/v1/events?after=-1', [400, 422])]:
            with self.subTest(path[:60]):
                self.assert_clear(self.send(self.request('GET', path)), statuses)

    def test_lengths_that_lie(self):
        body = b'{"author": "customer", "text": "x"}'
        for name, data, statuses in [
                ('both', self.request(headers=['Transfer-Encoding: chunked'], body=b'0\r\n\r\n'), [400]),
                ('two', self.request(headers=['Content-Length: 5'], body=body), [400]),
                ('negative', self.request(body=body, length=-2), [400]), ('word', self.request(body=body, length='two'), [400]),
                ('signed', self.request(body=body, length='+%d' % len(body)), [400]),
                ('endless', self.request(body=body, length='9' * 40), [400]),
                ('too long', self.request(body=body, length=len(body) + 1), [None]),
                ('too short', self.request(body=body, length=len(body) - 1), [400]),
                ('over the limit', self.request(body=body, length=4 * MIB + 1), [413]),
                ('of a GET', self.request('GET', '/healthz', length=4 * MIB + 1), [413])]:
            with self.subTest(name):
                self.assert_clear(self.send(data, half=None not in statuses), statuses)
        self.assertEqual(self.owner.conversations('all'), [])

    def test_chunks(self):
        head = self.request(headers=['Transfer-Encoding: chunked'], length=None, body=b'').replace(b'Content-Length: 0\r\n', b'')
        body = b'{"author": "customer", "text": "x"}'
        whole = b'%x\r\n%s\r\n' % (len(body), body)
        for name, data, statuses in [
                ('no number', b'zz\r\n' + body, [400, 422, None]), ('negative', b'-5\r\n' + body, [400, 422, None]),
                ('too large a number', b'f' * 40 + b'\r\n' + body, [400, 413, 422, None]),
                ('no line end', b'2\r\n{}0\r\n\r\n', [400, None]), ('no end', whole, [None]), ('half', whole[:-9], [None]),
                ('long extension', b'2;' + b'x' * 200000 + b'\r\n{}\r\n0\r\n\r\n', [400, 422, None]),
                ('over the limit', (b'100000\r\n' + b' ' * MIB + b'\r\n') * 5 + b'0\r\n\r\n', [413])]:
            with self.subTest(name):
                raw = self.send(head + data)
                # What follows a chunk that is none is no request either.
                raw.answers = raw.answers[:1]
                self.assert_clear(raw, statuses)
        self.assertEqual(self.owner.conversations('all'), [])
        tiny = b''.join(b'1\r\n%c\r\n' % c for c in body) + b'0\r\n\r\n'
        self.assert_clear(self.send(head + tiny), [201])
        self.assert_clear(self.send(head.replace(b'chunked', b'gzip') + tiny), [501])

    def test_expectations(self):
        body = b'{"author": "customer", "text": "x"}'
        self.assert_clear(self.say(body, headers=['Expect: 100-continue']), [201])
        self.assert_clear(self.say(body, headers=['Expect: miracles']), [417])
        self.assert_clear(self.say(body, headers=['Expect: 100-continue'], length=4 * MIB + 1, half=True), [413])

    def test_json(self):
        def text(inner):
            return b'{"author": "customer", "text": "%s"}' % inner
        deep = b'{"a":' * 10000 + b'1' + b'}' * 10000
        for name, body, statuses in [
                ('nul', text(b'a\0b'), [400]), ('escaped nul', text(b'a\\u0000b'), [400]), ('utf-8', text(b'\xff\xfe'), [400]),
                ('overlong', text(b'\xc0\xaf'), [400]), ('surrogate', text(b'\\ud800'), [400]), ('raw surrogate', text(b'\xed\xa0\x80'), [400]),
                ('control', text(b'a\x01\x1b[31m'), [400, 422]), ('escaped control', text(b'a\\u001b[31m'), [422]),
                ('arrays', b'[' * 10000 + b']' * 10000, [400]), ('objects', deep, [400]), ('open', b'[' * MIB, [400]),
                ('in a member', b'{"author": "customer", "text": "x", "more": %s}' % deep, [400]), ('two values', text(b'x') + b'{}', [400]),
                ('utf-16', text(b'x').decode().encode('utf-16'), [400]), ('NaN', b'{"author": "customer", "text": "x", "epoch": NaN}', [400]),
                ('infinite', b'{"author": "customer", "text": "x", "epoch": 1e999}', [400]), ('empty', b'', [422]), ('null', b'null', [400]),
                ('long number', b'{"author": "agent", "text": "x", "epoch": %s}' % (b'9' * 100000), [400, 409, 422]),
                ('members', b'{%s}' % b','.join(b'"m%d": 1' % n for n in range(200000)), [422]),
                ('large', text(b'x' * (4 * MIB)), [413]), ('long', text(b'x' * (16 * 1024 + 1)), [413, 422])]:
            with self.subTest(name):
                self.assert_clear(self.say(body), statuses)

    def test_the_last_of_two_members_counts(self):
        self.assert_clear(self.say(b'{"author": "customer", "author": "agent", "text": "one", "text": "two"}'), [201])
        number = self.owner.conversations('all')[0]['id']
        self.assertEqual([(m['author'], m['text']) for m in self.owner.messages(number)], [('agent', 'two')])

    def test_keys(self):
        body = b'{"author": "customer", "text": "x"}'
        for key, statuses in [('k' * 129, [400]), ('k' * 50000, [400]), ('', [400]), ('\xff\xfe', [400]), ('a\xfc', [400]), ('k' * 128, [201])]:
            with self.subTest(key[:20]):
                self.assert_clear(self.say(body, headers=['Idempotency-Key: ' + key]), statuses)
        for name in ('\xff\xfc', 'a' * 60000):
            sign_in = json.dumps({'email': self.owner.email, 'password': self.owner.password}).encode()
            self.assert_clear(self.send(self.request('POST', '/v1/auth/sign-in', ['User-Agent: ' + name], sign_in)), [200])
        self.assert_clear(self.send(self.request('GET', '/v1/events', ['Last-Event-ID: zz'])), [400])

    def test_mcp(self):
        def call(tool):
            return json.dumps({'jsonrpc': '2.0', 'id': 1, 'method': 'tools/call', 'params': tool}).encode()
        for name, data in [
                ('pin', self.request(path='/mcp', headers=['Handover-Conversation: a\x01b'], body=call({'name': 'get_control'}))),
                ('deep', self.request(path='/mcp', body=b'[' * 10000)), ('utf-8', self.request(path='/mcp', body=b'"\xff"')),
                ('version', self.request(path='/mcp', headers=['MCP-Protocol-Version: \xff'], body=call({})))]:
            with self.subTest(name):
                status, _, body = self.send(data).answers[0]
                self.assertEqual(status, 400, body)
                self.assertTrue(json.loads(body)['error']['message'])

    def test_many_requests_at_once(self):
        request = self.request('GET', '/v1/me').replace(b'Connection: close\r\n', b'')
        raw = self.send(request * 300 + self.request('GET', '/healthz'))
        self.assertEqual([status for status, _, _ in raw.answers], [200] * 301)
        raw = self.send(request * 5 + b'nonsense\r\n\r\n' + request * 5)
        self.assertEqual([status for status, _, _ in raw.answers], [200] * 5 + [400])

    def test_half_requests(self):
        """Every place where a request may break off; the writer never hears of any of them."""
        whole = self.request(body=b'{"author": "customer", "text": "x"}')
        for cut in list(range(0, len(whole), 7)) + [len(whole) - 1]:
            sock = self.connect()
            sock.sendall(whole[:cut])
            sock.close()
        for cut in (5, len(whole) - 1):
            sock = self.connect()
            sock.sendall(whole[:cut])
            sock.shutdown(socket.SHUT_WR)
            sock.settimeout(10)
            with contextlib.suppress(ConnectionResetError):
                while sock.recv(65536):
                    pass
        self.assertEqual(self.owner.conversations('all'), [])

    def first_answer(self, sock):
        sock.settimeout(20)
        data = b''
        with contextlib.suppress(ConnectionResetError):
            while not data.endswith(b'}') and (chunk := sock.recv(65536)):
                data += chunk
        return Raw(data, False)

    def assert_busy(self, sock, what):
        with contextlib.suppress(ConnectionError):
            sock.sendall(b'GET /healthz HTTP/1.1\r\nHost: h\r\n\r\n')
        raw = self.first_answer(sock)
        self.assert_clear(raw, [503], 'busy')
        self.assertIn(what, raw.answers[0][2].decode())
        self.assertTrue(raw.answers[0][1]['retry-after'])

    def is_served(self, source):
        with contextlib.closing(socket.create_connection(self.target, timeout=20, source_address=(source, 0))) as sock:
            sock.sendall(self.request('GET', '/healthz'))
            return self.first_answer(sock).answers[0][0] == 200

    def hold(self, source, count):
        """Connections that are open and in use: event streams, which last."""
        held = []
        for _ in range(count):
            sock = self.connect(source)
            sock.sendall(self.request('GET', '/v1/events'))
            self.assertTrue(sock.recv(65536).startswith(b'HTTP/1.1 200'))
            held.append(sock)
        return held

    def test_connections_of_one_address(self):
        held = self.hold('127.0.0.3', OF_ONE)
        self.assert_busy(self.connect('127.0.0.3'), 'your address')
        self.assertTrue(self.is_served('127.0.0.1'))
        held.pop().close()
        wait_until(lambda: self.is_served('127.0.0.3'), 'a place to become free')

    def test_connections_in_all(self):
        held = self.hold('127.0.0.3', OF_ONE) + self.hold('127.0.0.4', PLACES - OF_ONE)
        self.assert_busy(self.connect('127.0.0.5'), 'are open')
        # A crowd that says nothing is not even listened to; those of it that are wait no longer than anybody else.
        crowd = [self.connect('127.0.0.6') for _ in range(200)]
        for sock in crowd:
            sock.settimeout(HEAD + 20)
            with contextlib.suppress(ConnectionResetError):
                self.assertEqual(sock.recv(100), b'')
        for sock in held:
            sock.close()
        wait_until(lambda: self.is_served('127.0.0.5'), 'places to become free')


if __name__ == '__main__':
    sys.exit(tap.main())
