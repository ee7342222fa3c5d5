# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Handover developers
"""A bad network between the app and the service: what it does to the nth connection follows from the seed alone."""

import asyncio
import collections
import random
import socket
import struct
import threading
import time
import urllib.parse

KINDS = ('refuse', 'late', 'overtaken', 'delay', 'slow', 'cut', 'half-open')

# Of a hundred connections, how many meet what. The rest pass untouched.
STORM = {'refuse': 6, 'late': 10, 'overtaken': 10, 'delay': 12, 'slow': 12, 'cut': 22, 'half-open': 3}
CALM = {}

STREAM = b'GET /v1/events'


class Passage:
    """One connection through the proxy, and what is to befall it."""

    def __init__(self, proxy, number, reader, writer):
        self.proxy = proxy
        self.dice = random.Random('%s/%d' % (proxy.seed, number))
        self.reader = reader
        self.writer = writer
        self.upstream = None
        self.silent = False
        self.is_stream = False
        self.answered = 0
        self.kind = self._draw()
        # An answer's head has some 300 bytes: cut before, inside and after it.
        self.limit = self.dice.choice([0, self.dice.randrange(1, 300), self.dice.randrange(300, 3000)])

    def _draw(self):
        point, kind = self.dice.uniform(0, 100), None
        for name in KINDS:
            point -= self.proxy.weather.get(name, 0)
            if point < 0:
                kind = name
                break
        return kind if self.proxy.spend(kind) else None

    async def run(self):
        try:
            await self._run()
        except (OSError, asyncio.IncompleteReadError):
            pass
        finally:
            self.abort()

    async def _run(self):
        if self.proxy.silence or self.kind == 'refuse':
            self._count('half-open' if self.proxy.silence else 'refuse')
            if self.proxy.silence:
                await self._swallow()
            return
        first = await self.reader.read(65536)
        self.is_stream = first.startswith(STREAM)
        if self.is_stream:
            self.limit *= 10
        if self.kind == 'late':
            self._count()
            await asyncio.sleep(self.dice.uniform(0.1, 1.5))
        elif self.kind == 'overtaken':
            await self._let_others_pass()
        parts = urllib.parse.urlsplit(self.proxy.target)
        answers, self.upstream = await asyncio.open_connection(parts.hostname, parts.port)
        self.upstream.write(first)
        passing = [asyncio.create_task(self._pass_questions()), asyncio.create_task(self._pass_answers(answers))]
        try:
            await asyncio.wait(passing, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in passing:
                task.cancel()
            await asyncio.gather(*passing, return_exceptions=True)

    def _count(self, kind=None):
        self.proxy.counts[kind or self.kind] += 1

    async def _let_others_pass(self):
        """Held until a connection that came later has been answered, or for a second."""
        self._count()
        later = self.proxy.answered_connections
        later.clear()
        try:
            await asyncio.wait_for(later.wait(), 1)
        except asyncio.TimeoutError:
            pass

    async def _swallow(self):
        """Takes what comes, and says nothing."""
        while await self.reader.read(65536):
            pass

    async def _pass_questions(self):
        while chunk := await self.reader.read(65536):
            if not self.silent:
                self.upstream.write(chunk)
                await self.upstream.drain()

    async def _pass_answers(self, answers):
        while chunk := await answers.read(65536):
            if self.silent:
                continue
            if self.kind in ('cut', 'half-open') and self.answered + len(chunk) > self.limit:
                await self._write(chunk[:self.limit - self.answered])
                self.strike(self.kind)
                if self.kind == 'cut':
                    return
                continue
            await self._write_badly(chunk)
            self.proxy.answered_connections.set()

    async def _write_badly(self, chunk):
        if self.kind == 'delay':
            if self.answered == 0:
                self._count()
            await asyncio.sleep(self.dice.uniform(0.02, 0.4))
        if self.kind != 'slow' or self.answered > 2000:
            await self._write(chunk)
            return
        if self.answered == 0:
            self._count()
        while chunk:
            size = self.dice.randrange(1, 120)
            await self._write(chunk[:size])
            chunk = chunk[size:]
            await asyncio.sleep(0.01)

    async def _write(self, chunk):
        self.writer.write(chunk)
        await self.writer.drain()
        if self.is_stream and self.answered == 0 and chunk:
            self.proxy.stream_is_back()
        self.answered += len(chunk)

    def strike(self, kind):
        """From now on this connection is cut, or says nothing more."""
        self._count(kind)
        if self.is_stream and not self.silent:
            self.proxy.stream_is_lost()
        self.silent = True
        if kind == 'cut':
            self.abort()

    def abort(self):
        """Leaves both sides as a pulled plug does: no farewell."""
        for writer in (self.writer, self.upstream):
            if writer is None:
                continue
            raw = writer.get_extra_info('socket')
            if raw is not None and raw.fileno() >= 0:
                raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack('ii', 1, 0))
            writer.transport.abort()


class FaultProxy:
    """Listens on `address` and passes connections to the target, as the weather lets it."""

    def __init__(self, target, seed=0, weather=None, budget=None):
        self.target = target
        self.seed = seed
        self.weather = CALM if weather is None else weather
        self.budget = dict(budget or {})
        self.counts = collections.Counter()
        self.recoveries = []
        self.silence = False
        self.passages = set()
        self.lost_at = None
        self.number = 0
        self.server = None
        self.port = 0
        self.loop = asyncio.new_event_loop()
        self.answered_connections = asyncio.Event()
        self.thread = threading.Thread(target=self._serve, daemon=True)
        self.thread.start()
        self.plug()
        self.address = 'http://127.0.0.1:%d' % self.port

    def _serve(self):
        asyncio.set_event_loop(self.loop)
        self.loop.run_forever()
        for task in asyncio.all_tasks(self.loop):
            task.cancel()
        self.loop.run_until_complete(asyncio.sleep(0))
        self.loop.close()

    def _do(self, coroutine):
        return asyncio.run_coroutine_threadsafe(coroutine, self.loop).result(10)

    async def _accept(self, reader, writer):
        self.number += 1
        passage = Passage(self, self.number, reader, writer)
        self.passages.add(passage)
        try:
            await passage.run()
        finally:
            self.passages.discard(passage)

    def spend(self, kind):
        """Whether this may happen once more."""
        if kind not in self.budget:
            return True
        self.budget[kind] -= 1
        return self.budget[kind] >= 0

    def stream_is_lost(self):
        self.lost_at = self.lost_at or time.monotonic()

    def stream_is_back(self):
        if self.lost_at is not None:
            self.recoveries.append(time.monotonic() - self.lost_at)
            self.lost_at = None

    def longest_recovery(self):
        """Seconds from the end of an event stream to the first byte of the next, at most."""
        return max(self.recoveries, default=0)

    def plug(self):
        """Listens, at the same address as before."""
        async def listen():
            self.server = await asyncio.start_server(self._accept, '127.0.0.1', self.port)
            self.port = self.server.sockets[0].getsockname()[1]
        self._do(listen())

    def unplug(self):
        """Connections are cut, and new ones refused, until plug()."""
        async def leave():
            self.server.close()
            self._strike_all('cut')
        self._do(leave())

    def _strike_all(self, kind):
        for passage in list(self.passages):
            passage.strike(kind)

    def reset(self):
        """What is connected now is cut; new connections fare as the weather is."""
        async def strike():
            self._strike_all('cut')
        self._do(strike())

    def fall_silent(self, forever=True):
        """Every peer is dead without a word. With forever=False new connections work: only the old ones are dead."""
        async def strike():
            self.silence = forever
            self._strike_all('half-open')
        self._do(strike())

    def speak(self):
        """New connections work again; those of before stay dead."""
        self.silence = False

    def clear_up(self):
        """No more faults, for the connections there are and those to come."""
        self.weather = CALM
        self.speak()

    def close(self):
        if self.server is not None:
            self.unplug()
            self.server = None
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join(10)

    def report(self):
        """One line for a test's output."""
        return 'seed %s: %d connections, %s; longest recovery %.2f s of %d' % (
            self.seed, self.number, ', '.join('%s %d' % pair for pair in sorted(self.counts.items())) or 'no faults',
            self.longest_recovery(), len(self.recoveries))
