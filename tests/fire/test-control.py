#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Handover developers
"""Many agents, operators and customers at once against a real service: only the holder of control ever speaks.

HANDOVER_FIRE_OPERATIONS says how many calls to make (--long: a million), HANDOVER_FIRE_SEED which; the seed of
every round is printed, and given back it makes the same players with the same dice."""

import os
import random
import sys
import tempfile
import time
import unittest

from support import tap
from support.interface import Operator as Person
from support.service import Service

from fire import players
from fire.judge import Log
from fire.verdict import Verdict
from fire.wire import Loop, Stream
from fire.world import World

ROUND = 4000
SHORT, LONG = 24_000, 1_000_000
SETTINGS = """[passwords]
passes=1
memory-mebibytes=8
[sign-in]
attempts-per-account=10000
attempts-per-address=100000
refill-seconds=1
"""


def wanted():
    return int(os.environ.get('HANDOVER_FIRE_OPERATIONS') or (LONG if os.environ.get('HANDOVER_LONG') else SHORT))


class Round:
    """A new business, its people and bots, some thousand calls, and the verdict."""

    def __init__(self, service, seed, calls):
        self.failures = []
        self.seed = seed
        self.address = service.direct
        self.loop = Loop(self.address)
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


class Control(unittest.TestCase):
    def setUp(self):
        settings = tempfile.NamedTemporaryFile('w', suffix='.ini')
        settings.write(SETTINGS)
        settings.flush()
        self.addCleanup(settings.close)
        self.service = Service(arguments=['--config', settings.name])
        self.addCleanup(self.service.close)
        self.service.start()

    def test_only_the_holder_of_control_speaks(self):
        total, number, begun = wanted(), 0, time.monotonic()
        seed = int(os.environ.get('HANDOVER_FIRE_SEED') or random.SystemRandom().randrange(1 << 32))
        while total > 0:
            calls = min(total, ROUND)
            total -= calls
            self.round(seed + number, calls)
            number += 1
        print('# %.0f s in all' % (time.monotonic() - begun))

    def round(self, seed, calls):
        print('# HANDOVER_FIRE_SEED=%d HANDOVER_FIRE_OPERATIONS=%d' % (seed, calls), flush=True)
        begun = time.monotonic()
        played = Round(self.service, seed, calls)
        log = played.judge()
        print('# %d calls, %d conversations, %d events, %d resumed streams, %.1f s; %s' % (
            calls, len(log.cases), log.last, played.resumed, time.monotonic() - begun,
            ', '.join('%s %d' % pair for pair in sorted(played.counts.items()))), flush=True)
        if played.failures:
            self.fail('seed %d: %d failures\n%s' % (seed, len(played.failures), '\n'.join(played.failures[:8])))
        for verb in ('say 201', 'say conversation_frozen', 'say stale_epoch', 'say epoch_required', 'claim 200',
                     'claim already_claimed', 'escalate 201', 'escalate 200', 'reply 201', 'resume 200', 'unanswered'):
            if calls >= ROUND and not played.counts[verb]:
                self.fail('nobody came to “%s”: the dice test nothing' % verb)


if __name__ == '__main__':
    sys.exit(tap.main())
