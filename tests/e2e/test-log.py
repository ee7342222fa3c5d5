#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Handover developers
"""The one log: nothing is lost, nothing doubles, over retries, dropped streams and crashes."""

import http.client
import re
import socket
import sys
import threading
import time
import urllib.parse
import uuid

from support import tap
from support.cases import ServiceCase
from support.interface import Agent
from support.logfile import LogFile
from support.waiting import wait_until


class Streams(ServiceCase):
    def numbers(self, stream, last):
        """All numbers of a stream up to the last one."""
        found = []
        while not found or found[-1] < last:
            found.append(stream.next().number)
        return found

    def test_resume_from_the_last_number(self):
        owner, agent = self.new_business()
        for n in range(5):
            agent.say('c', 'customer', 'line %d' % n)
        last = self.last_number(owner)
        with owner.stream('/v1/events', after=0) as stream:
            whole = self.numbers(stream, last)
        self.assertEqual(whole, list(range(whole[0], last + 1)))
        with owner.stream('/v1/events', last_event_id=whole[2]) as stream:
            self.assertEqual(self.numbers(stream, last), whole[3:])
            agent.say('c', 'customer', 'later')
            later = stream.next('message.created', lambda d: d['message']['text'] == 'later')
            self.assertGreater(later.number, last)

    def last_number(self, owner):
        return owner.request('GET', '/v1/conversations?view=all').sequence

    def test_lists_and_stream_join_without_a_gap(self):
        owner, agent = self.new_business()
        stop = threading.Event()

        def chatter():
            n = 0
            while not stop.is_set():
                agent.say('busy', 'customer', 'line %d' % n)
                n += 1
        talker = threading.Thread(target=chatter)
        agent.say('busy', 'customer', 'first')
        talker.start()
        try:
            answer = owner.request('GET', '/v1/conversations?view=all')
            with owner.stream('/v1/events', after=answer.sequence) as stream:
                numbers = [stream.next().number for _ in range(40)]
        finally:
            stop.set()
            talker.join()
        self.assertEqual(numbers, list(range(answer.sequence + 1, answer.sequence + 41)))

    def test_a_stream_beats_and_ends_with_the_session(self):
        owner, _ = self.new_business()
        with owner.stream('/v1/events') as stream:
            owner.post('/v1/auth/sign-out')
            stream.wait_end(3)

    def test_an_agent_sees_its_own_conversations_only(self):
        owner, agent = self.new_business()
        other = Agent(self.address, owner.new_agent('Other bot')[1])
        with other.stream('/agent/v1/events') as stream:
            agent.say('mine', 'customer', 'not for the other')
            other.say('theirs', 'customer', 'for the other')
            stream.next('message.created', lambda d: d['message']['text'] == 'for the other')
            self.assertNotIn('not for the other', str([event.data for event in stream.seen]))


class Retries(ServiceCase):
    def test_the_same_message_is_stored_once(self):
        owner, agent = self.new_business()
        number = agent.escalate('c', 'Help', 'other').body['conversation_id']
        owner.command(number, 'claim')
        path, key = '/v1/conversations/%s/messages' % number, uuid.uuid4().hex
        first = owner.post(path, {'kind': 'reply', 'text': 'Once'}, key=key)
        second = owner.post(path, {'kind': 'reply', 'text': 'Once'}, key=key)
        self.assertEqual(first, second)
        other = owner.request('POST', path, {'kind': 'reply', 'text': 'Twice'}, headers={'Idempotency-Key': key})
        self.assert_refused(other, 409, 'idempotency_mismatch')
        self.assertEqual([m['text'] for m in owner.messages(number) if m['author'] == 'operator'], ['Once'])
        long = owner.request('POST', path, {'kind': 'reply', 'text': 'x'}, headers={'Idempotency-Key': 'k' * 129})
        self.assertIn(long.status, (400, 422), long)

    def test_a_secret_is_never_repeated(self):
        owner, agent = self.new_business()
        path, key = '/v1/agents/%s/keys' % agent.record['id'], uuid.uuid4().hex
        owner.post(path, {}, key=key)
        again = owner.request('POST', path, {}, headers={'Idempotency-Key': key})
        self.assert_refused(again, 409, 'already_done')

    def test_the_same_call_from_many_sides(self):
        owner, agent = self.new_business()
        key, answers = uuid.uuid4().hex, []

        def post():
            answers.append(agent.request('POST', '/agent/v1/conversations/c/messages',
                                         {'author': 'customer', 'text': 'Once'}, headers={'Idempotency-Key': key}))
        threads = [threading.Thread(target=post) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual({answer.status for answer in answers}, {201})
        self.assertEqual(len({answer.body['message_id'] for answer in answers}), 1)

    def test_one_claim_wins(self):
        owner, agent = self.new_business()
        people = [owner] + [owner.invite('Person%d' % n) for n in range(4)]
        number = agent.escalate('c', 'Help', 'other').body['conversation_id']
        answers = []

        def claim(person):
            answers.append(person.request('POST', '/v1/conversations/%s/claim' % number, {}))
        threads = [threading.Thread(target=claim, args=[person]) for person in people]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(sorted(answer.status for answer in answers), [200, 409, 409, 409, 409])
        self.assertEqual(owner.get('/v1/conversations/' + number)['epoch'], 3)


class Restarts(ServiceCase):
    def test_everything_is_kept(self):
        owner, agent = self.new_business()
        number = agent.escalate('kept', 'Help', 'other', metadata={'order_number': '7'}).body['conversation_id']
        owner.command(number, 'claim')
        owner.post('/v1/conversations/%s/messages' % number, {'kind': 'reply', 'text': 'Kept'})
        before = (owner.get('/v1/conversations/' + number), owner.messages(number))
        last = owner.request('GET', '/v1/me').sequence
        with owner.stream('/v1/events') as stream:
            self.assertEqual(self.service.stop(), 0)
            stream.wait_end()
        self.service.start()
        self.assertEqual((owner.get('/v1/conversations/' + number), owner.messages(number)), before)
        self.assert_refused(agent.say('kept', 'agent', 'Now?', epoch=3), 409, 'conversation_frozen')
        with owner.stream('/v1/events', last_event_id=last) as stream:
            self.assertEqual(stream.next('message.refused').number, last + 1)

    def test_what_was_acknowledged_survives_a_crash(self):
        owner, agent = self.new_business()
        accepted = []

        def talk():
            n = 0
            try:
                while True:
                    if agent.say('crash', 'customer', 'line %d' % n).status != 201:
                        return
                    accepted.append('line %d' % n)
                    n += 1
            except (OSError, http.client.HTTPException):
                return  # half an answer acknowledges nothing
        talker = threading.Thread(target=talk)
        talker.start()
        while len(accepted) < 50 and talker.is_alive():
            owner.get('/v1/me')
        self.service.kill()
        talker.join()
        self.assertGreaterEqual(len(accepted), 50)
        self.service.start()
        number = owner.conversations('agent')[0]['id']
        stored, cursor = [], None
        while True:
            page = owner.get('/v1/conversations/%s/messages' % number, before=cursor, limit=100)
            stored += [m['text'] for m in page['items']]
            cursor = page['next_cursor']
            if cursor is None:
                break
        self.assertEqual(list(reversed(stored))[:len(accepted)], accepted)
        self.assertLessEqual(len(stored), len(accepted) + 1)


class Window(ServiceCase):
    """The log is kept for 30 days; who was away for longer loads the lists and goes on."""

    def restart_later(self, old, days, others=()):
        """Restarts the service on older logs, given by a conversation, and waits until the first one is cut to a line."""
        log = LogFile(self.service)
        self.assertEqual(self.service.stop(), 0)
        log.age(old, days)
        for conversation, age in others:
            log.age(conversation, age)
        self.service.start()
        wait_until(lambda: len(log.numbers(old)) == 1, 'the log to be cut', 30)
        return log

    def test_a_lagging_stream_ends_before_a_gap(self):
        owner, agent = self.new_business()
        number = agent.escalate('lag', 'Help', 'other').body['conversation_id']
        # What a reader that stops leaves on its way is less than this log: a system keeps some 4 MB for a connection.
        for n in range(640):
            self.assertEqual(agent.say('lag', 'customer', '%d %s' % (n, 'x' * 16000)).status, 201)
        last = owner.request('GET', '/v1/me').sequence

        parts = urllib.parse.urlsplit(self.service.direct)
        with socket.socket() as reader:
            reader.settimeout(20)
            reader.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            reader.connect((parts.hostname, parts.port))
            reader.sendall(('GET /v1/events?after=0 HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer %s\r\n\r\n'
                            % owner.token).encode())
            text = reader.recv(1024)
            LogFile(self.service).cut(number, last - 1)
            until = time.monotonic() + 60
            while piece := reader.recv(65536):
                text += piece
                self.assertLess(time.monotonic(), until, 'the stream goes on')
        told = [int(n) for n in re.findall(rb'(?<=\nid: )\d+', text)]
        self.assertEqual(told, list(range(1, len(told) + 1)))
        self.assertTrue(0 < len(told) < last - 1, told)

        # It comes back to be told that it must load the lists.
        self.assert_refused(owner.request('GET', '/v1/events?after=%d' % told[-1]), 410, 'cursor_expired')
        with owner.stream('/v1/events', after=last) as stream:
            agent.say('lag', 'customer', 'later')
            stream.next('message.created', lambda d: d['message']['text'] == 'later')

    def test_too_old_a_number_is_told_the_oldest(self):
        owner, agent = self.new_business()
        number = agent.escalate('old', 'Help', 'other').body['conversation_id']
        for n in range(1200):
            self.assertEqual(agent.say('old', 'customer', 'line %d' % n).status, 201)
        last = owner.request('GET', '/v1/me').sequence
        # The newest line stays, whatever its age.
        self.assertEqual(self.restart_later(number, 31).numbers(number), [last])

        refused = self.assert_refused(owner.request('GET', '/v1/events?after=1'), 410, 'cursor_expired')
        self.assertIn(' %d.' % last, refused.body['detail'])
        refused = owner.request('GET', '/agent/v1/events', headers={'Last-Event-ID': '1'})
        self.assertEqual(refused.status, 401, refused)
        self.assert_refused(agent.request('GET', '/agent/v1/events', headers={'Last-Event-ID': '1'}), 410,
                            'cursor_expired')

        # The lists are all there, and their number leads on without a gap.
        lists = owner.request('GET', '/v1/conversations?view=all')
        self.assertEqual(lists.sequence, last)
        self.assertEqual([item['id'] for item in lists.body['items']], [number])
        self.assertEqual(owner.messages(number)[0]['text'], 'line 1199')
        with owner.stream('/v1/events', last_event_id=lists.sequence) as stream:
            agent.say('old', 'customer', 'later')
            later = stream.next('message.created', lambda d: d['message']['text'] == 'later')
            self.assertEqual(stream.seen[0].number, last + 1)
            self.assertGreater(later.number, last)
        with owner.stream('/v1/events', after=0) as stream:
            self.assertEqual(stream.next().number, last)

    def test_what_is_young_enough_stays(self):
        agent = self.new_business()[1]
        old = agent.escalate('old', 'Help', 'other').body['conversation_id']
        owner, agent = self.new_business()
        young = agent.escalate('young', 'Help', 'other').body['conversation_id']
        # So few businesses and lines are looked at in one transaction: the young log has been, when the old one is cut.
        kept = self.restart_later(old, 31, [(young, 29)]).numbers(young)
        self.assertEqual(kept, list(range(1, kept[-1] + 1)))
        self.assertEqual(kept[-1], owner.request('GET', '/v1/me').sequence)
        with owner.stream('/v1/events', after=1) as stream:
            self.assertEqual(stream.next().number, 2)


if __name__ == '__main__':
    sys.exit(tap.main())
