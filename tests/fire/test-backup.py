#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Handover developers
"""A backup made under load is whole, and everything that was acknowledged before it is in it."""

import os
import shutil
import stat
import subprocess
import sys

from support import build, tap
from support.interface import Agent, Operator
from support.service import Service

from fire.judge import Log
from fire.rounds import FireCase, Round

CALLS = 3000


class Backup(FireCase):
    def run_command(self, *arguments, folder=None):
        return subprocess.run([build.service_program(), '--data-dir', folder or self.service.data, *arguments],
                              capture_output=True, text=True, timeout=60, check=False)

    def path(self, name):
        return os.path.join(self.service.directory, name)

    def test_backup_under_load_and_restore(self):
        played = Round(self.service, self.first_seed(), CALLS)
        running, backups = [], []

        def begin():
            if played.is_done():
                return
            file = self.path('backup-%d' % len(backups))
            backups.append((file, played.world.sequence))
            # What it says goes nowhere: this program's own output is read by whoever runs the tests.
            running.append(subprocess.Popen([build.service_program(), 'backup', '--data-dir', self.service.data, file],
                                            stdout=subprocess.DEVNULL))
            played.loop.later(0.3, begin)
        played.loop.later(0.2, begin)
        played.log_id = played.owner.request('GET', '/v1/me').headers['handover-log']
        log = self.judge(played)
        self.assertEqual([child.wait(60) for child in running], [0] * len(running))
        self.assertGreater(len(backups), 2)
        events = played.streams[0].events
        for file, acknowledged in backups[1:3]:
            self.assertEqual(stat.S_IMODE(os.stat(file).st_mode), 0o600)
            self.restored(played, file, acknowledged, events, log)
        self.assertEqual([name for name in os.listdir(self.service.directory) if 'partial' in name], [])

    def restored(self, played, file, acknowledged, events, log):
        folder = file + '-restored'
        ended = self.run_command('restore', file, folder=os.path.join(folder, 'data'))
        self.assertEqual((ended.returncode, ended.stderr), (0, ''))
        with Service(directory=folder, arguments=self.service.arguments) as service:
            owner = Operator.sign_in(service.direct, played.owner.email, played.owner.password)
            me = owner.request('GET', '/v1/me')
            last = me.sequence
            self.assertGreaterEqual(last, acknowledged)
            self.other_log(service, owner, me.headers['handover-log'], played.log_id, last)
            with owner.stream('/v1/events', after=0) as stream:
                told = [(e.number, e.kind) for e in (stream.next() for _ in range(last))]
            self.assertEqual(told, [event[:2] for event in events[:last]])
            failures = []
            whole = Log(events[:last], lambda *what: failures.append(what))
            self.assertEqual(failures, [])
            for case in whole.cases.values():
                self.assertEqual(owner.get('/v1/conversations/' + case.now['id']), case.now)
            # A client that knows more than the backup has to begin anew, not to wait for numbers it thinks it has.
            if last < log.last:
                with owner.stream('/v1/events', last_event_id=log.last) as stream:
                    self.assertEqual((stream.status, stream.refusal and stream.refusal.code), (410, 'cursor_expired'))
            agent = Agent(service.direct, owner.new_agent()[1])
            self.assertEqual(agent.say('new', 'customer', 'Hello').status, 201)

    def other_log(self, service, owner, log, before, last):
        """The log goes on with numbers that were given before, and says that it is another."""
        self.assertNotEqual(log, before)
        for path, status in (('?log=' + log, 200), ('?log=' + before, 410), ('?log=', 410), ('', 200)):
            with owner.stream('/v1/events' + path, last_event_id=last) as stream:
                self.assertEqual((stream.status, stream.refusal and stream.refusal.code),
                                 (status, 'cursor_expired' if status == 410 else None), path)
        service.stop()
        service.start()
        owner.address = service.direct
        self.assertEqual(owner.request('GET', '/v1/me').headers['handover-log'], log, 'a restart is no restore')

    def test_nothing_is_written_over(self):
        owner = Operator.sign_up(self.service.direct)
        file = self.path('once')
        self.assertEqual(self.run_command('backup', file).returncode, 0)
        kept = open(file, 'rb').read()
        again = self.run_command('backup', file)
        self.assertEqual(again.returncode, 1)
        self.assertIn(file, again.stderr)
        self.assertEqual(open(file, 'rb').read(), kept)
        busy = self.run_command('restore', file)
        self.assertEqual(busy.returncode, 3)
        self.assertIn('already', busy.stderr)
        self.service.kill()
        there = self.run_command('restore', file)
        self.assertEqual(there.returncode, 1)
        self.assertIn('handoverd.db', there.stderr)
        os.rename(os.path.join(self.service.data, 'handoverd.db'), self.path('away'))
        journal = self.run_command('restore', file)
        self.assertEqual(journal.returncode, 1, 'a journal of another database would be played into this one')
        os.rename(self.path('away'), os.path.join(self.service.data, 'handoverd.db'))
        self.service.start()
        owner.address = self.service.direct
        self.assertEqual(owner.get('/v1/me')['id'], owner.id)

    def test_one_takes_the_place_of_another(self):
        before = Operator.sign_up(self.service.direct, 'Before')
        file = self.path('before')
        self.assertEqual(self.run_command('backup', file).returncode, 0)
        after = Operator.sign_up(self.service.direct, 'After')
        self.assertEqual(self.run_command('restore', '--replace', file).returncode, 3)
        # What was committed last is then in the journal only.
        self.service.kill()
        torn = self.path('no-backup')
        with open(torn, 'w', encoding='utf-8') as text:
            text.write('Dear diary, ' * 1000)
        self.assertEqual(self.run_command('restore', '--replace', torn).returncode, 8)
        self.assert_known(after, before)

        self.service.kill()
        ended = self.run_command('restore', '--replace', file)
        self.assertEqual((ended.returncode, ended.stderr), (0, ''))
        kept = ended.stdout.strip().removeprefix('kept ')
        self.assertEqual(stat.S_IMODE(os.stat(kept).st_mode), 0o600)
        self.assert_known(before)
        after.address = self.service.direct
        self.assertEqual(after.request('GET', '/v1/me').status, 401)

        self.service.kill()
        self.assertEqual(self.run_command('restore', '--replace', kept).returncode, 0)
        self.assert_known(after, before)
        self.assertEqual(self.run_command('backup', '--replace', self.path('x')).returncode, 2)

    def assert_known(self, *operators):
        self.service.start()
        for operator in operators:
            operator.address = self.service.direct
            self.assertEqual(operator.get('/v1/me')['id'], operator.id)

    def test_what_is_no_backup(self):
        for name, text in (('empty', b''), ('text', b'Dear diary, ' * 1000)):
            with open(self.path(name), 'wb') as file:
                file.write(text)
            ended = self.run_command('restore', self.path(name), folder=self.path('new-' + name))
            self.assertEqual(ended.returncode, 8, name)
            self.assertIn(self.path(name), ended.stderr)
            self.assertFalse(os.path.exists(os.path.join(self.path('new-' + name), 'handoverd.db')))
        Operator.sign_up(self.service.direct)
        self.assertEqual(self.run_command('backup', self.path('whole')).returncode, 0)
        shutil.copy(self.path('whole'), self.path('torn'))
        os.truncate(self.path('torn'), os.path.getsize(self.path('whole')) // 2)
        ended = self.run_command('restore', self.path('torn'), folder=self.path('new-torn'))
        self.assertEqual(ended.returncode, 8, ended)
        self.assertEqual(os.listdir(self.path('new-torn')), ['handoverd.lock'])
        missing = self.run_command('backup', self.path('x'), folder=self.path('nowhere'))
        self.assertEqual(missing.returncode, 7, missing)
        self.assertEqual([self.run_command(*words).returncode for words in (['backup'], ['backup', 'a', 'b'], ['sing', 'a'])],
                         [2, 2, 2])


if __name__ == '__main__':
    sys.exit(tap.main())
