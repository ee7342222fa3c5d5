# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Handover developers
"""Agents, operators and customers who act as their dice say, repeat themselves and break off."""

import collections
import random
import urllib.parse

from support.interface import Refused

from fire.wire import ABANDON, CUT, Line, PLAIN, SLOW
from fire.world import Call, Try

TRANSITION = 'One moment please, a person will come.'


class Player:
    """Two lines to the service, so that what is sent second may well arrive first."""

    def __init__(self, world, name, token, seed):
        self.world = world
        self.name = name
        self.token = token
        self.dice = random.Random(seed)
        self.lines = [Line(world.loop), Line(world.loop)]
        self.past = collections.deque(maxlen=30)
        self.resting = False

    def busy(self):
        return any(line.callback for line in self.lines)

    def start(self):
        for line in self.lines:
            self.next(line)

    def next(self, line):
        world = self.world
        if world.made >= world.wanted:
            return
        if self.resting:
            world.loop.later(0.01, lambda: self.next(line))
            return
        world.made += 1
        if self.past and self.dice.random() < 0.12:
            call = self.dice.choice(self.past)
        else:
            call = self.choose()
        self.send(line, call)

    def call(self, verb, room, method, path, body=None, text=None, about=None):
        world = self.world
        number = len(world.calls)
        key = '%s-%d' % (self.name, number) if method == 'POST' and self.dice.random() < 0.7 else None
        call = Call(number, verb, self, room, method, path, body, key, text, about)
        world.calls.append(call)
        if key:
            self.past.append(call)
        return call

    def manner(self):
        chance = self.dice.random()
        if chance < 0.04:
            return SLOW
        if chance < 0.08:
            return ABANDON
        return CUT if chance < 0.10 else PLAIN

    def send(self, line, call):
        room = call.room
        attempt = Try(self.manner(), room.epoch if room else 0, room.version if room else 0, self.world.sequence)
        call.tries.append(attempt)

        def answered(answer):
            attempt.answer = answer
            if answer.status == 401:
                self.resting = True
            elif answer.status:
                self.world.learn(room, answer)
                self.answered(call, answer)
            # Not from within the answer of the last one, or the stack would grow with every call.
            self.world.loop.later(0, lambda: self.next(line))
        line.send(call.method, call.path, call.body, self.token, call.key, attempt.manner, answered)

    def answered(self, call, answer):
        pass

    def text(self, word):
        return '%s #%d#' % (word, len(self.world.calls))


class Agent(Player):
    """A bot and its customers: both come in through the same door."""

    def __init__(self, world, name, token, seed):
        super().__init__(world, name, token, seed)
        self.known = {}

    def choose(self):
        rooms = self.world.busy_rooms(self)
        if not rooms or self.dice.random() < 0.006:
            rooms = [self.world.new_room(self)]
        room = self.dice.choice(rooms)
        verbs = [self.say] * 8 + [self.customer] * 5 + [self.escalate] * 4 + [self.read] * 3 + \
            [self.tool, self.close, self.status, self.echo]
        return self.dice.choice(verbs)(room)

    def path(self, room, rest=''):
        return '/agent/v1/conversations/%s%s' % (urllib.parse.quote(room.name), rest)

    def epoch(self, room):
        """The one of its turn: mostly the newest that it heard of, sometimes an old one, sometimes none."""
        known = self.known.get(room, room.epoch)
        chance = self.dice.random()
        if chance < 0.7 and known:
            return {'epoch': known}
        return {'epoch': max(1, known - 1)} if chance < 0.85 else {}

    def say(self, room):
        text = self.text('bot')
        return self.call('say', room, 'POST', self.path(room, '/messages'),
                         {'author': 'agent', 'text': text, **self.epoch(room)}, text)

    def customer(self, room):
        text = self.text('customer')
        return self.call('customer', room, 'POST', self.path(room, '/messages'), {'author': 'customer', 'text': text}, text)

    def tool(self, room):
        text = self.text('tool')
        return self.call('tool', room, 'POST', self.path(room, '/messages'),
                         {'author': 'tool', 'text': text, 'tool': {'name': 'look'}}, text)

    def echo(self, room):
        return self.call('echo', room, 'POST', self.path(room, '/messages'), {'author': 'agent', 'text': TRANSITION,
                                                                             **self.epoch(room)})

    def escalate(self, room):
        body = {'conversation': {'external_id': room.name}, 'summary': self.text('summary'), 'trigger': 'other'}
        if self.dice.random() < 0.3:
            name = 'entry-%d' % self.dice.randrange(40)
            body['transcript'] = [{'id': name, 'author': 'customer', 'text': 'told as ' + name}]
        return self.call('escalate', room, 'POST', '/agent/v1/escalations', body)

    def read(self, room):
        return self.call('look', room, 'GET', self.path(room))

    def close(self, room):
        return self.call('end', room, 'POST', self.path(room, '/close'), self.epoch(room))

    def status(self, room):
        if not self.world.replies:
            return self.read(room)
        room, message = self.dice.choice(self.world.replies)
        if room.agent is not self:
            return self.read(room) if room.agent is self else self.customer(self.world.new_room(self))
        state = self.dice.choice(['delivered', 'read', 'failed'])
        return self.call('status', room, 'POST', '/agent/v1/messages/%s/status' % message, {'state': state})

    def answered(self, call, answer):
        if isinstance(answer.body, dict) and 'epoch' in answer.body:
            self.known[call.room] = answer.body['epoch']


class Operator(Player):
    def __init__(self, world, client, seed):
        super().__init__(world, client.name, client.token, seed)
        self.id = client.id
        self.client = client

    def choose(self):
        rooms = [room for room in self.world.busy_rooms() if room.id]
        if not rooms or self.dice.random() < 0.03:
            view = self.dice.choice(['waiting', 'mine', 'all'])
            return self.call('list', None, 'GET', '/v1/conversations?limit=20&view=' + view, about=view)
        mine = [room for room in rooms if room.holder == self.id]
        if mine and self.dice.random() < 0.7:
            room = self.dice.choice(mine)
            verbs = [self.reply] * 5 + [self.release, self.transfer, self.resume, self.resume, self.shut]
        else:
            room = self.dice.choice(rooms)
            verbs = [self.claim] * 6 + [self.reply, self.note, self.look, self.look, self.history, self.release,
                                        self.resume, self.presence, self.alert]
        return self.dice.choice(verbs)(room)

    def path(self, room, rest=''):
        return '/v1/conversations/%s%s' % (room.id, rest)

    def claim(self, room):
        return self.call('claim', room, 'POST', self.path(room, '/claim'), {})

    def release(self, room):
        return self.call('release', room, 'POST', self.path(room, '/release'), {})

    def transfer(self, room):
        target = self.dice.choice(self.world.operators)
        return self.call('transfer', room, 'POST', self.path(room, '/transfer'), {'operator_id': target.id})

    def resume(self, room):
        return self.call('resume', room, 'POST', self.path(room, '/resolve'), {'outcome': 'resume_agent', 'brief': 'go on'})

    def shut(self, room):
        return self.call('shut', room, 'POST', self.path(room, '/resolve'), {'outcome': 'close', 'resolution': 'solved'})

    def reply(self, room):
        text = self.text('person')
        chance = self.dice.random()
        epoch = {'epoch': max(1, room.epoch - (chance < 0.1))} if chance < 0.7 else {}
        return self.call('reply', room, 'POST', self.path(room, '/messages'), {'kind': 'reply', 'text': text, **epoch}, text)

    def note(self, room):
        text = self.text('note')
        return self.call('note', room, 'POST', self.path(room, '/messages'), {'kind': 'note', 'text': text}, text)

    def look(self, room):
        return self.call('look', room, 'GET', self.path(room))

    def history(self, room):
        return self.call('history', room, 'GET', self.path(room, '/messages?limit=20'))

    def alert(self, room):
        if room.escalation is None:
            return self.look(room)
        state = self.dice.choice(['shown', 'acted', 'read', 'missed'])
        return self.call('alert', room, 'POST', '/v1/alerts/' + room.escalation, {'state': state})

    def presence(self, room):
        presence = self.dice.choice(['away', 'available', 'available', 'available'])
        return self.call('presence', None, 'PUT', '/v1/me/presence', {'presence': presence})

    def answered(self, call, answer):
        if call.verb == 'reply' and answer.status == 201:
            self.world.replies.append((call.room, answer.body['id']))


class Owner(Operator):
    """Also takes colleagues and agents away in the middle of their work, and lets them come back."""

    agents = ()

    def choose(self):
        chance = self.dice.random()
        if chance < 0.01:
            return self.switch_agent()
        if chance < 0.018:
            return self.switch_operator()
        return super().choose()

    def switch_agent(self):
        enabled = self.dice.random() < 0.7
        return self.call('agent', None, 'PATCH', '/v1/agents/' + self.dice.choice(self.agents), {'enabled': enabled})

    def switch_operator(self):
        away = [other for other in self.world.operators if other.resting]
        if away:
            return self.call('return', None, 'PATCH', '/v1/team/' + away[0].id, {'active': True}, about=away[0])
        other = self.dice.choice([other for other in self.world.operators if other is not self])
        return self.call('dismiss', None, 'PATCH', '/v1/team/' + other.id, {'active': False}, about=other)

    def answered(self, call, answer):
        super().answered(call, answer)
        if call.verb == 'dismiss' and answer.status == 200:
            call.about.resting = True
        if call.verb == 'return' and answer.status == 200:
            self.welcome(call.about)

    def welcome(self, other):
        client = other.client
        try:
            other.token = type(client).sign_in(client.address, client.email, client.password).token
        except Refused:
            return  # an abandoned dismissal came in after all
        other.resting = False
