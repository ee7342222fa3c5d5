#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Handover developers
"""The service is killed under load, its disk fills up, its files become unwritable: what was acknowledged stays."""

import os
import random
import resource
import subprocess
import sys

from support import build, tap
from support.interface import Agent, Operator
from support.preload import preloaded

from fire.rounds import FireCase, LONG, Round

CALLS = 4000
KILLS = 500 if LONG else 20


class Kills(FireCase):
    def test_killed_at_random_moments(self):
        kills, seed = 0, self.first_seed()
        while kills < KILLS:
            kills += self.round(seed)
            seed += 1
        print('# killed %d times' % kills)

    def round(self, seed):
        played = Round(self.service, seed, CALLS)
        dice = random.Random('%d/kills' % seed)
        kills = []

        def strike():
            if not played.is_done():
                kills.append(played.world.made)
                played.restart()
                played.loop.later(dice.uniform(0.02, 0.4), strike)
        played.loop.later(dice.uniform(0.02, 0.4), strike)
        self.judge(played)
        return len(kills)


class Storage(FireCase):
    def limit(self, size):
        """No file of the service may grow past that; what the shell calls ulimit -f."""
        _, hard = resource.prlimit(self.service.child.pid, resource.RLIMIT_FSIZE)
        resource.prlimit(self.service.child.pid, resource.RLIMIT_FSIZE, (size, hard))

    def test_full_disk(self):
        owner = Operator.sign_up(self.service.direct)
        agent = Agent(self.service.direct, owner.new_agent()[1])
        number = agent.escalate('c', 'Help', 'other').body['conversation_id']
        owner.command(number, 'claim')
        before = owner.request('GET', '/v1/me').sequence
        kept = []
        for size in (0, 200_000, 0):
            self.limit(size)
            refused, n = 0, 0
            while refused < 20:
                n += 1
                text = '%d at %d %s' % (n, size, 'x' * 2000)
                answer = agent.request('POST', '/agent/v1/conversations/c/messages', {'author': 'customer', 'text': text},
                                       headers={'Idempotency-Key': '%d-%d-%d' % (size, len(kept), n)})
                if answer.status == 201:
                    kept.append(text)
                    continue
                refused += 1
                self.assertEqual((answer.status, answer.code), (503, 'storage_failed'), answer)
                self.assertIn('full', answer.body['detail'])
                self.assertTrue(answer.headers.get('retry-after'))
                # Whoever reads notices nothing.
                self.assertEqual(owner.get('/v1/conversations/' + number)['control'], 'operator')
            self.assertEqual(agent.say('c', 'agent', 'Now?', epoch=1).status, 503)
            self.limit(resource.RLIM_INFINITY)
            answer = agent.say('c', 'customer', 'after %d' % size)
            self.assertEqual(answer.status, 201, answer)
            kept.append('after %d' % size)
        self.assert_kept(owner, number, kept)
        self.service.kill()
        self.service.start()
        owner.address = self.service.direct
        self.assert_kept(owner, number, kept)
        with owner.stream('/v1/events', after=before) as stream:
            last = owner.request('GET', '/v1/me').sequence
            self.assertEqual([stream.next().number for _ in range(last - before)], list(range(before + 1, last + 1)))

    def test_read_only_while_running(self):
        self.service.stop()
        with preloaded('read-only', self.service.start) as (read_only, _):
            owner = Operator.sign_up(self.service.direct)
            agent = Agent(self.service.direct, owner.new_agent()[1])
            number = agent.escalate('c', 'Help', 'other').body['conversation_id']
            owner.command(number, 'claim')
            before = owner.request('GET', '/v1/me').sequence
            with owner.stream('/v1/events', after=before) as stream:
                kept = self.refuse_and_recover(owner, agent, number, read_only)
                for n in range(before + 1, owner.request('GET', '/v1/me').sequence + 1):
                    self.assertEqual(stream.next().number, n, 'the stream told what was not stored')
            self.assert_kept(owner, number, kept)
            self.service.kill()
        self.service.start()
        owner.address = self.service.direct
        self.assert_kept(owner, number, kept)

    def refuse_and_recover(self, owner, agent, number, read_only):
        kept = []
        for turn in range(3):
            read_only(1)
            for n in range(10):
                answer = agent.request('POST', '/agent/v1/conversations/c/messages',
                                       {'author': 'customer', 'text': 'refused %d-%d' % (turn, n)})
                self.assertEqual((answer.status, answer.code), (503, 'storage_failed'), answer)
                self.assertTrue(answer.headers.get('retry-after') and answer.body['detail'])
                self.assertEqual(owner.get('/v1/conversations/' + number)['control'], 'operator')
            key = {'Idempotency-Key': 'again-%d' % turn}
            reply = {'kind': 'reply', 'text': 'in the end %d' % turn}
            path = '/v1/conversations/%s/messages' % number
            self.assertEqual(owner.request('POST', path, reply, headers=key).status, 503)
            self.assertEqual(owner.request('POST', '/v1/conversations/%s/release' % number, {}).status, 503)
            read_only(0)
            kept.append('kept %d' % turn)
            self.assertEqual(agent.say('c', 'customer', kept[-1]).status, 201)
            # Whoever tries again with the same key has said it once.
            said = [owner.request('POST', path, reply, headers=key) for _ in range(2)]
            self.assertEqual([answer.status for answer in said], [201, 201])
            self.assertEqual(said[0].body['id'], said[1].body['id'])
        return kept

    def test_read_only_under_load(self):
        self.service.stop()
        with preloaded('read-only', self.service.start) as (read_only, _):
            played = Round(self.service, self.first_seed(), 2000)
            dice = random.Random('%d/read-only' % played.seed)

            def begin():
                if not played.is_done():
                    read_only(1)
                    played.loop.later(dice.uniform(0.01, 0.05), end)

            def end():
                read_only(0)
                played.loop.later(dice.uniform(0.05, 0.2), begin)
            played.loop.later(0.1, begin)
            played.world.patience = {'storage_failed'}
            self.judge(played)
            self.assertTrue(sum(n for name, n in played.counts.items() if name.endswith('storage_failed')),
                            'nothing was ever refused')

    def assert_kept(self, owner, number, kept):
        stored, cursor = [], None
        while True:
            page = owner.get('/v1/conversations/%s/messages' % number, before=cursor, limit=100)
            stored += [m['text'] for m in page['items'] if m['author'] == 'customer']
            cursor = page['next_cursor']
            if cursor is None:
                break
        self.assertEqual(stored[::-1], kept)

    def test_full_disk_under_load(self):
        played = Round(self.service, self.first_seed(), 2000)
        dice = random.Random('%d/disk' % played.seed)
        filled = []

        def fill():
            if not played.is_done():
                filled.append(played.world.made)
                self.limit(dice.choice([0, 100_000, 1_000_000]))
                played.loop.later(dice.uniform(0.01, 0.05), clear)

        def clear():
            self.limit(resource.RLIM_INFINITY)
            played.loop.later(dice.uniform(0.05, 0.2), fill)
        played.loop.later(0.1, fill)
        played.world.patience = {'storage_failed'}
        self.judge(played)
        self.assertTrue(filled and sum(n for name, n in played.counts.items() if name.endswith('storage_failed')),
                        'the disk was never full')

    def test_unwritable_files(self):
        owner = Operator.sign_up(self.service.direct)
        self.service.stop()
        nobody = {'user': 65534, 'group': 65534, 'extra_groups': []} if os.geteuid() == 0 else {}
        for folder, _, names in os.walk(self.service.directory):
            for path in [folder] + [os.path.join(folder, name) for name in names]:
                os.chmod(path, 0o500 if path == folder else 0o400)
                if nobody:
                    os.chown(path, 65534, 65534)
        command = [build.service_program(), '--data-dir', self.service.data, '--listen', '127.0.0.1:0']
        try:
            ended = subprocess.run(command, capture_output=True, text=True, timeout=20, check=False, **nobody)
        except PermissionError as error:
            self.skipTest('cannot run as another user here: %s' % error)
        self.assertEqual(ended.returncode, 7, ended)
        self.assertIn(self.service.data, ended.stderr)
        self.assertIn('ermission', ended.stderr)
        for folder, _, names in os.walk(self.service.directory):
            for path in [folder] + [os.path.join(folder, name) for name in names]:
                os.chmod(path, 0o700 if path == folder else 0o600)
                if nobody:
                    os.chown(path, 0, 0)
        self.service.start()
        owner.address = self.service.direct
        self.assertEqual(owner.get('/v1/me')['id'], owner.id)


class Clock(FireCase):
    def test_the_clock_jumps(self):
        self.service.stop()
        with preloaded('clock-shift', self.service.start) as (shift, _):
            self.round(shift)

    def round(self, shift):
        played = Round(self.service, self.first_seed(), CALLS)
        dice = random.Random('%d/clock' % played.seed)
        jumps = []

        def jump():
            # Hours, not weeks: what is meant to lapse with time may do so.
            jumps.append(dice.randrange(-40_000, 40_000))
            shift(jumps[-1])
            if not played.is_done():
                played.loop.later(dice.uniform(0.01, 0.1), jump)
        played.loop.later(0.1, jump)
        log = self.judge(played)
        self.assertGreater(len(jumps), 3)
        times = [case.now['created_at'] for case in log.cases.values()]
        self.assertNotEqual(times, sorted(times), 'the service did not notice that its clock jumped')


if __name__ == '__main__':
    sys.exit(tap.main())
