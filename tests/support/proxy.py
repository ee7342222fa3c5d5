# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Handover developers
"""A reverse proxy that checks every answer on its way through.

Tests put it between the service and whoever talks to it, the app included; its address stays the same when
the service restarts on another port.
"""

import contextlib
import http.client
import http.server
import re
import socket
import threading
import urllib.parse

HOP_BY_HOP = {'connection', 'keep-alive', 'transfer-encoding', 'te', 'trailer', 'upgrade', 'host',
              'proxy-connection', 'content-length'}


class CheckingProxy(http.server.ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def __init__(self, checker):
        super().__init__(('127.0.0.1', 0), Passage)
        self.checker = checker
        self.target = None
        self.streaming = threading.Event()
        self.streaming.set()
        self.holds = []
        self.address = 'http://127.0.0.1:%d' % self.server_port
        threading.Thread(target=self.serve_forever, args=[0.02], daemon=True).start()

    def handle_error(self, request, client_address):
        """A side that hung up is no news here: the other side is told by closing."""

    @contextlib.contextmanager
    def held_streams(self):
        """Meanwhile no event gets through; everything else does."""
        self.streaming.clear()
        try:
            yield
        finally:
            self.streaming.set()

    @contextlib.contextmanager
    def held(self, pattern):
        """Meanwhile no answer to a path in which the pattern is found gets through. They follow at the end, unless
        the hold that is given was told to hang up instead."""
        hold = Hold(pattern)
        self.holds.append(hold)
        try:
            yield hold
        finally:
            self.holds.remove(hold)
            hold.over.set()

    def wait_while_held(self, path):
        for hold in [hold for hold in self.holds if hold.pattern.search(path)]:
            hold.wait()

    def close(self):
        self.streaming.set()
        for hold in self.holds:
            hold.over.set()
        self.shutdown()
        self.server_close()


class Hold:
    """Answers that do not get through for now."""

    def __init__(self, pattern):
        self.pattern = re.compile(pattern)
        self.caught = threading.Event()
        self.over = threading.Event()
        self.is_cut = False

    def hang_up(self):
        """From now on who asks, or asked, gets no answer but the end of the connection."""
        self.is_cut = True
        self.over.set()

    def wait(self):
        self.caught.set()
        self.over.wait()
        if self.is_cut:
            raise ConnectionAbortedError('cut by the test')


class Passage(http.server.BaseHTTPRequestHandler):
    protocol_version = 'HTTP/1.1'
    disable_nagle_algorithm = True

    def log_message(self, *_):
        """The service keeps the log that counts."""

    def _pass(self):
        body = self._body()
        parts = urllib.parse.urlsplit(self.server.target or '')
        upstream = http.client.HTTPConnection(parts.hostname or '127.0.0.1', parts.port or 9, timeout=60)
        try:
            answer = self._ask(upstream, body)
            if answer.headers.get_content_type() == 'text/event-stream':
                self._pass_stream(upstream, answer)
            else:
                self._pass_answer(answer)
        except (OSError, http.client.HTTPException):
            self.close_connection = True
        finally:
            upstream.close()

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = do_OPTIONS = do_HEAD = _pass

    def _body(self):
        if 'chunked' in self.headers.get('Transfer-Encoding', ''):
            chunks = []
            while size := int(self.rfile.readline().split(b';')[0], 16):
                chunks.append(self.rfile.read(size))
                self.rfile.readline()
            self.rfile.readline()
            return b''.join(chunks)
        length = self.headers.get('Content-Length')
        return self.rfile.read(int(length)) if length is not None else None

    def _ask(self, upstream, body):
        headers = {name: value for name, value in self.headers.items() if name.lower() not in HOP_BY_HOP}
        if body is not None:
            headers['Content-Length'] = str(len(body))
        try:
            upstream.request(self.command, self.path, body, headers)
        except (BrokenPipeError, ConnectionResetError):
            # A body over the limit may be answered before it was taken in full.
            pass
        self.upstream_socket = upstream.sock
        return upstream.getresponse()

    def _send_head(self, answer):
        self.send_response_only(answer.status, answer.reason)
        for name, value in answer.getheaders():
            if name.lower() not in HOP_BY_HOP:
                self.send_header(name, value)

    def _pass_answer(self, answer):
        raw = answer.read()
        if self.command != 'HEAD':
            self.server.checker.check(self.command, self.path, answer.status, answer.getheader('Content-Type'), raw)
        self.server.wait_while_held(self.path)
        self._send_head(answer)
        if answer.status not in (204, 304):
            self.send_header('Content-Length', str(len(raw)))
        if answer.getheader('Connection', '').lower() == 'close':
            self.send_header('Connection', 'close')
            self.close_connection = True
        self.end_headers()
        self.wfile.write(raw)

    def _pass_stream(self, upstream, answer):
        self.close_connection = True
        self.server.checker.check(self.command, self.path, answer.status, answer.getheader('Content-Type'), b'')
        self._send_head(answer)
        self.send_header('Connection', 'close')
        self.end_headers()
        threading.Thread(target=self._watch_client, daemon=True).start()
        rest = b''
        while chunk := answer.read1(65536):
            self.server.streaming.wait()
            self.wfile.write(chunk)
            rest = self._check_lines(rest + chunk)

    def _check_lines(self, data):
        """The data lines that are complete; returns what is not yet."""
        *lines, rest = data.split(b'\n')
        for line in lines:
            if line.startswith(b'data:'):
                self.server.checker.check_event(line[5:].decode())
        return rest

    def _watch_client(self):
        """Hangs up on the service as soon as the client has left the stream."""
        try:
            while self.connection.recv(1024):
                pass
        except OSError:
            pass
        try:
            self.upstream_socket.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass
