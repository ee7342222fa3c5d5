# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Handover developers
"""What all players of a round share: the conversations, what was acknowledged of them, and every call made."""

import collections


class Call:
    """One thing that somebody wants done, however often it is sent."""

    __slots__ = ('number', 'verb', 'player', 'room', 'method', 'path', 'body', 'key', 'text', 'tries', 'about')

    def __init__(self, number, verb, player, room, method, path, body, key, text, about):
        self.number = number
        self.verb = verb
        self.player = player
        self.room = room
        self.method = method
        self.path = path
        self.body = body
        self.key = key
        self.text = text
        self.about = about
        self.tries = []

    def __repr__(self):
        return 'call %d: %s by %s in %s, %s %s %s key %s' % (
            self.number, self.verb, self.player.name, self.room.name if self.room else '-', self.method, self.path,
            self.body, self.key)


class Try:
    """One sending of a call: what was known to be true before, and the answer."""

    __slots__ = ('manner', 'epoch', 'version', 'sequence', 'answer')

    def __init__(self, manner, epoch, version, sequence):
        self.manner = manner
        self.epoch = epoch
        self.version = version
        self.sequence = sequence
        self.answer = None


class Room:
    """A conversation as all players together know it."""

    def __init__(self, name, agent):
        self.name = name
        self.agent = agent
        self.id = None
        self.epoch = 0
        self.version = 0
        self.control = 'agent'
        self.holder = None
        self.escalation = None

    def learn(self, epoch, control, holder, version=0):
        """An answer said so: from now on nothing older may be answered to a request begun later."""
        self.version = max(self.version, version)
        if epoch > self.epoch or (epoch == self.epoch and holder):
            self.epoch, self.control, self.holder = epoch, control, holder


class World:
    def __init__(self, loop, dice, failures):
        self.loop = loop
        self.dice = dice
        self.failures = failures
        self.calls = []
        self.rooms = []
        self.by_id = {}
        self.sequence = 0
        self.replies = collections.deque(maxlen=50)
        self.inactive = set()
        self.operators = []
        self.made = 0
        # Refusals that anybody may meet in this round; they must change nothing.
        self.patience = set()

    def fail(self, what, *about):
        self.failures.append(what + ''.join('\n    %r' % item for item in about))

    def new_room(self, agent):
        room = Room('room %d' % len(self.rooms), agent)
        self.rooms.append(room)
        return room

    def busy_rooms(self, agent=None):
        """The newest few: races need company."""
        return [room for room in self.rooms[-10:] if agent is None or room.agent is agent]

    def learn(self, room, answer):
        body = answer.body
        start = answer.headers.find(b'handover-sequence:')
        if start >= 0:
            self.sequence = max(self.sequence, int(answer.headers[start + 18:].split(b'\r\n', 1)[0]))
        if not isinstance(body, dict):
            return
        found = [item for item in body.get('items', ()) if 'control' in item] if 'items' in body else [body]
        for item in found:
            self.learn_one(room if item is body else None, item)

    def learn_one(self, room, item):
        number = item.get('conversation_id') or (item.get('id') if 'control' in item else None)
        room = self.by_id.get(number, room)
        if room is None or 'epoch' not in item or 'control' not in item:
            return
        if room.id is None and number:
            room.id = number
            self.by_id[number] = room
        if room.id is not None and number not in (None, room.id):
            self.fail('an answer about another conversation', room.id, item)
        room.escalation = item.get('escalation_id') or (item.get('escalation') or {}).get('id') or room.escalation
        room.learn(item['epoch'], item['control'], (item.get('holder') or {}).get('id'), item.get('version', 0))
