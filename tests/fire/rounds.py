# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Handover developers
"""A round: a new business, its people and bots, some thousand calls at once, and the verdict."""

import os
import random
import tempfile
import time
import unittest
import urllib.parse

from support.interface import Client, Operator as Person
from support.service import Service

from fire import players
from fire.judge import Log
from fire.verdict import Verdict
from fire.wire import Loop, Stream
from fire.world import World

LONG = bool(os.environ.get('HANDOVER_LONG'))
SETTINGS = """[passwords]
passes=1
memory-mebibytes=8
[sign-in]
attempts-per-account=10000
attempts-per-address=100000
refill-seconds=1
"""


class Round:
    """A new business, its people and bots, some thousand calls, and the verdict."""

    def __init__(self, service, seed, calls):
        self.failures = []
        self.seed = seed
        self.address = service.direct
        self.service = service
        self.loop = Loop(self.address, service.checker)
        self.world = World(self.loop, random.Random(seed), self.failures)
        self.world.wanted = calls
        self.owner = Person.sign_up(self.address, 'Round %d' % seed, 'Owner')
        self.owner.patch('/v1/business', {'transition_message': players.TRANSITION})
        people = [self.owner] + [self.owner.invite(name) for name in ('Ann', 'Bob', 'Cleo', 'Dan')]
        bots = [self.owner.new_agent('Bot %d' % n) for n in range(3)]
        world = self.world
        world.operators = [(players.Operator if n else players.Owner)(world, person, '%d/p%d' % (seed, n))
                           for n, person in enumerate(people)]
        world.operators[0].agents = [record['id'] for record, _ in bots]
        self.players = world.operators + [players.Agent(world, 'bot%d' % n, key, '%d/b%d' % (seed, n))
                                          for n, (_, key) in enumerate(bots)]
        for player in self.players:
            if not hasattr(player, 'id'):
                player.id = None
        dice = random.Random('%d/streams' % seed)
        self.streams = [Stream(self.loop, self.owner.token, lambda: False),
                        Stream(self.loop, self.owner.token, lambda: dice.random() < 0.02)]

    def restart(self):
        """As after a power cut: new process, new address, and nobody tells the clients anything else."""
        self.service.kill()
        self.service.start()
        self.address = self.service.direct
        parts = urllib.parse.urlsplit(self.address)
        self.loop.target = (parts.hostname, parts.port)
        for operator in self.world.operators:
            operator.client.address = self.address

    def is_done(self):
        return self.world.made >= self.world.wanted and not any(player.busy() for player in self.players)

    def play(self):
        for player in self.players:
            player.start()
        if not self.loop.run(self.is_done, 120 + self.world.wanted / 20):
            self.failures.append('the round came to no end; %d of %d calls' % (self.world.made, self.world.wanted))
        last = self.owner.request('GET', '/v1/me').sequence
        if not self.loop.run(lambda: all(stream.last >= last for stream in self.streams), 30):
            self.failures.append('streams at %s, not at %d' % ([stream.last for stream in self.streams], last))
        fresh = Stream(self.loop, self.owner.token, lambda: False)
        self.loop.run(lambda: fresh.last >= last, 60)
        for stream in [fresh] + self.streams:
            stream.stop()
        for player in self.players:
            for line in player.lines:
                line.close()
        return fresh.events, last

    def judge(self):
        events, last = self.play()
        for _, _, data in events:
            self.service.checker.check_event_shape(data)
        log = Log(events, self.world.fail)
        if log.last < last:
            self.world.fail('the log ends at %d, not at %d' % (log.last, last))
        for stream in self.streams:
            if stream.events != events[:len(stream.events)] or len(stream.events) < last:
                self.world.fail('a stream differs from the log', len(stream.events), last)
        for case in log.cases.values():
            if self.owner.get('/v1/conversations/' + case.now['id']) != case.now:
                self.world.fail('the last word of the log is not what is stored', case.now)
        self.counts = Verdict(self.world, log, self.world.fail).counts
        self.resumed = self.streams[1].resumed
        return log


class FireCase(unittest.TestCase):
    """A service whose passwords are cheap, and rounds of which every seed is told."""

    settings = ''

    def setUp(self):
        settings = tempfile.NamedTemporaryFile('w', suffix='.ini')
        settings.write(SETTINGS + self.settings)
        settings.flush()
        self.addCleanup(settings.close)
        self.service = Service(arguments=['--config', settings.name], watched=True)
        self.addCleanup(self.service.close)
        self.service.start()
        Client.checker = self.service.checker
        self.addCleanup(setattr, Client, 'checker', None)

    def tearDown(self):
        self.service.assert_documented()
        self.service.watchdog.assert_never_waited()

    def first_seed(self):
        return int(os.environ.get('HANDOVER_FIRE_SEED') or random.SystemRandom().randrange(1 << 32))

    def judge(self, played):
        """Prints what came of a round, and fails if anything did that may not."""
        begun = time.monotonic()
        print('# HANDOVER_FIRE_SEED=%d, %d calls' % (played.seed, played.world.wanted), flush=True)
        log = played.judge()
        print('# %d conversations, %d events, %d resumed streams, %.1f s; %s' % (
            len(log.cases), log.last, played.resumed, time.monotonic() - begun,
            ', '.join('%s %d' % pair for pair in sorted(played.counts.items()))), flush=True)
        if played.failures:
            self.fail('seed %d: %d failures\n%s' % (played.seed, len(played.failures), '\n'.join(played.failures[:8])))
        return log
