# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Handover developers
"""A shift: customers, a bot and two operators in two apps talk through a number of conversations. A seed decides."""

import random
import time

from fire.hand import TOKEN

WORDS = 'The parcel is on its way and should be there on Tuesday, with the return label inside of it.'.split()


class Case:
    """One customer's conversation: where it stands is asked of the service, never guessed."""

    def __init__(self, name, customer, number):
        self.name = name
        self.customer = customer
        self.id = number


class Shift:
    def __init__(self, owner, agent, hands, networks, seed, wanted):
        self.owner = owner
        self.agent = agent
        self.hands = hands
        self.networks = networks
        self.dice = random.Random('%s/shift' % seed)
        self.wanted = wanted
        self.said = 0
        self.cases = []
        self.authors = {}

    def words(self):
        return ' '.join(self.dice.choices(WORDS, k=self.dice.randrange(3, 15)))

    def state(self, case):
        return self.owner.get('/v1/conversations/' + case.id)

    def holder(self, case):
        number = (self.state(case).get('holder') or {}).get('id')
        return next((hand for hand in self.hands if hand.person.id == number), None)

    def play(self):
        """Until so much was said."""
        while self.said < self.wanted:
            if len(self.cases) < min(8, 2 + self.said // 12):
                self.new_case()
            if self.dice.random() < 0.1:
                self.strike(self.dice.choice(self.networks))
            case = self.dice.choice(self.cases)
            state = self.state(case)
            getattr(self, 'in_' + state['control'])(case, state)

    def strike(self, network):
        """What is connected breaks, mostly with a word, sometimes without."""
        if self.dice.random() < 0.2 and network.spend('half-open'):
            network.fall_silent(forever=False)
        else:
            network.reset()

    def new_case(self):
        name = 'case %d' % len(self.cases)
        customer = 'Customer %s' % chr(ord('A') + len(self.cases))
        self.agent.say(name, 'customer', 'I need a person.', customer={'name': customer})
        answer = self.agent.escalate(name, 'Asks for a person.', customer={'name': customer})
        self.said += 1
        self.cases.append(Case(name, customer, answer.body['conversation_id']))

    def customer_writes(self, case):
        answer = self.agent.say(case.name, 'customer', self.words())
        assert answer.status == 201, answer
        self.said += 1

    def in_agent(self, case, state):
        chance = self.dice.random()
        if chance < 0.4:
            self.customer_writes(case)
        elif chance < 0.7:
            self.agent.say(case.name, 'agent', self.words(), epoch=state['epoch'])
            self.said += 1
        else:
            self.agent.escalate(case.name, 'Asks again.')

    def in_waiting(self, case, state):
        chance = self.dice.random()
        if chance < 0.2:
            self.customer_writes(case)
        elif chance < 0.4:
            self.race(case)
        else:
            self.dice.choice(self.hands).take(case.id, case.customer, lambda: self.holder(case))

    def race(self, case):
        for hand in self.hands:
            hand.open(case.id, case.customer)
        for hand in self.dice.sample(self.hands, 2):
            hand.press('Take Over')
        for hand in self.hands:
            hand.take(case.id, case.customer, lambda: self.holder(case))

    def in_closed(self, case, state):
        self.customer_writes(case)

    def in_operator(self, case, state):
        hand = self.holder(case)
        chance = self.dice.random()
        if chance < 0.25:
            self.customer_writes(case)
        elif chance < 0.85:
            hand.open(case.id, case.customer)
            for _ in range(self.dice.randrange(1, 4)):
                self.write(hand, case, note=False)
            hand.read_screen()
        elif chance < 0.92:
            hand.open(case.id, case.customer)
            self.write(hand, case, note=True)
        else:
            hand.open(case.id, case.customer)
            self.leave(hand, case, state)

    def write(self, hand, case, note):
        number = len(self.authors)
        self.authors[number] = (hand, case, note)
        (hand.note if note else hand.write)(number, self.words())
        self.said += 1

    def leave(self, hand, case, state):
        """What still waits goes back to the draft, and so will not be sent: this person first waits until it is gone."""
        hand.until(lambda: case.id not in [number for number, _ in hand.mirror.unsent()], 'the replies to be sent')
        verbs = [('Release', None), ('Hand Back to AI…', 'Hand Back'), ('Close Conversation…', 'Close Conversation')]
        button, confirm = self.dice.choice(verbs)
        hand.leave(button, confirm, lambda: self.state(case)['epoch'] > state['epoch'])

    # --- The verdict ---

    def transcript(self, case):
        """What the service holds, oldest first."""
        found, cursor = [], None
        while True:
            page = self.owner.get('/v1/conversations/%s/messages' % case.id, limit=100, before=cursor)
            found += page['items']
            cursor = page['next_cursor']
            if cursor is None:
                return found[::-1]

    def settle(self, seconds):
        """Until both apps have said everything and know everything. Returns how long it took."""
        begun = time.monotonic()
        for hand in self.hands:
            hand.seconds = seconds
            hand.until(hand.is_connected, 'a connection')
            hand.until(lambda hand=hand: not hand.mirror.waiting(), 'everything to be sent')
        last = self.owner.request('GET', '/v1/me').sequence
        for hand in self.hands:
            hand.until(lambda hand=hand: hand.mirror.cursor() >= last, 'event %d' % last)
        return time.monotonic() - begun

    def judge(self, fail):
        """Reports what was lost, doubled, disordered or differs; returns how late the latest was."""
        found, latest = {}, 0
        for case in self.cases:
            messages = self.transcript(case)
            for message in messages:
                for number in map(int, TOKEN.findall(message['text'])):
                    found.setdefault(number, []).append((case, message))
            self.compare(case, messages, fail)
        for number, (hand, case, note) in self.authors.items():
            where = found.get(number, [])
            kept = '⟨%d⟩' % number in hand.mirror.drafts().get(case.id, '')
            if len(where) + kept != 1:
                fail('text %d is %d times in the log, and %s in the draft' % (number, len(where), kept))
            for other, message in where:
                if other is not case or message['operator']['id'] != hand.person.id \
                        or message['kind'] != ('note' if note else 'message'):
                    fail('text %d became %r' % (number, message))
        for hand in self.hands:
            for number in hand.seen_sent - set(found):
                fail('text %d was shown as sent, and is not in the log' % number)
        return found

    def compare(self, case, messages, fail):
        """Both apps hold the transcript that the service holds; each author's texts are in the order of their writing."""
        for hand in self.hands:
            kept = [message for message in hand.mirror.messages(case.id)]
            if [m['id'] for m in kept] != [m['id'] for m in messages]:
                here, there = [m['id'] for m in kept], [m['id'] for m in messages]
                fail('%s at %s: the app has %d messages, the service %d; missing %r, too many %r, position %s' % (
                    case.customer, hand.person.name, len(kept), len(messages),
                    [(n, m['kind'], m['text'][:40]) for n, m in enumerate(messages) if m['id'] not in here],
                    [m['text'] for m in kept if m['id'] not in there],
                    next((n for n, pair in enumerate(zip(here, there)) if pair[0] != pair[1]), None)))
            elif [(m['text'], m['version']) for m in kept] != [(m['text'], m['version']) for m in messages]:
                fail('%s at %s: a message differs' % (case.customer, hand.person.name))
            if hand.mirror.conversation(case.id)['version'] != self.state(case)['version']:
                fail('%s at %s is old' % (case.customer, hand.person.name))
            order = [int(number) for m in messages if (m.get('operator') or {}).get('id') == hand.person.id
                     for number in TOKEN.findall(m['text'])]
            if order != sorted(order):
                fail('%s wrote to %s in this order: %r' % (hand.person.name, case.customer, order))
