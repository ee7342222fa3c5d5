#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Handover developers
"""The app is killed while replies are written, queued and sent: each is sent once, or still there to be sent."""

import collections
import os
import random
import sys
import threading

from gi.repository import GLib

from support import tap
from support.appcase import CUSTOMER, AppCase
from support.desktop import Desktop
from support.faults import FaultProxy
from support.waiting import Timeout

LONG = bool(os.environ.get('HANDOVER_LONG'))
KILLS = 50 if LONG else 5

# Slow enough that a kill finds calls under way.
WEATHER = {'delay': 50, 'late': 20, 'cut': 15}


class Kills(AppCase):
    def setUp(self):
        super().setUp()
        self.seed = int(os.environ.get('HANDOVER_FIRE_SEED') or random.SystemRandom().randrange(1 << 32))
        print('# HANDOVER_FIRE_SEED=%d' % self.seed, flush=True)
        self.dice = random.Random('%d/kills' % self.seed)
        self.network = FaultProxy(self.service.direct, self.seed)
        self.addCleanup(self.network.close)
        self.count = 0
        self.stored = set()
        self.met = collections.Counter()

    def test_killed_at_random_moments(self):
        number = self.escalate()
        self.owner.command(number, 'claim')
        hand = self.sign_in(number)
        for kill in range(KILLS):
            offline = kill % 2 == 1
            if offline:
                self.network.unplug()
                hand.until(lambda: hand.app.tree.first('Offline', 'status bar'), 'being offline')
            self.write_until_killed(hand, number)
            hand = self.start_again(number, offline)
            self.judge(hand, number)
        print('# %d kills, %d texts; they found %s; %s' % (
            KILLS, self.count, dict(self.met), self.network.report()))
        self.assertTrue(self.met['sent'] + self.met['in the draft'], 'no kill met anything')

    def sign_in(self, number):
        from fire.hand import Hand
        app = self.start(address=self.network.address)
        hand = Hand(app, self.owner)
        hand.open(number, CUSTOMER)
        self.network.weather = WEATHER
        return hand

    def write_until_killed(self, hand, number):
        """Types and sends one text after the other; the kill comes when it comes."""
        child = hand.app.child
        timer = threading.Timer(self.dice.uniform(0.05, 2), child.kill)
        timer.start()
        try:
            while child.poll() is None:
                self.write_one(hand, number)
        except (GLib.Error, Timeout, AssertionError):
            if child.poll() is None and timer.finished.is_set():
                child.wait(10)
            if child.poll() is None:
                raise
        finally:
            timer.join()
        child.wait(10)

    def write_one(self, hand, number):
        self.count += 1
        token = '⟨%d⟩' % self.count
        field = hand.until(lambda: self.is_dead(hand) or hand.composer(), 'the composer')
        if self.is_dead(hand):
            return
        before = field.text
        field.set_text((before + '\n\n' if before else '') + token)
        # A crash may take the last key that was pressed; what has been stored it may not.
        hand.until(lambda: token in hand.mirror.drafts().get(number, '') or self.is_dead(hand), 'the draft to be stored')
        if token in hand.mirror.drafts().get(number, ''):
            self.stored.add(self.count)
        hand.press('Send')
        # A button that is activated takes a moment to be pressed.
        hand.until(lambda: self.is_dead(hand) or token not in (field.text or token), 'the reply to be on its way')

    def is_dead(self, hand):
        return hand.app.child.poll() is not None

    def start_again(self, number, offline):
        from fire.hand import Hand
        app = self.start(sign_in=False, address=self.network.address)
        hand = Hand(app, self.owner)
        app.find(contains='Offline' if offline else 'Connected', role='status bar', seconds=30)
        hand.open(number, CUSTOMER)
        if offline:
            self.look_offline(hand, number)
            self.network.plug()
        hand.until(hand.is_connected, 'a connection')
        hand.until(lambda: not hand.mirror.waiting(), 'everything to be sent')
        return hand

    def look_offline(self, hand, number):
        """What waited and what was being written are there, on screen, before there is a connection."""
        waiting = [text for _, text in hand.mirror.unsent()]
        self.met['queued'] += len(waiting)
        for text in waiting[-2:]:
            hand.app.find(contains=text.split('\n')[-1])
        hand.until(lambda: hand.composer().text == hand.mirror.drafts().get(number, ''), 'the draft')

    def judge(self, hand, number):
        texts = '\n'.join(m['text'] for m in self.agent.read('case')['messages'] if m['author'] == 'operator')
        draft = hand.mirror.drafts().get(number, '')
        self.assertEqual(hand.composer().text, draft)
        for n in range(1, self.count + 1):
            found = texts.count('⟨%d⟩' % n), draft.count('⟨%d⟩' % n)
            if sum(found) > 1 or (sum(found) == 0 and n in self.stored):
                self.fail('seed %d: text %d is %d times in the log and %d times in the draft'
                          % ((self.seed, n) + found))
        self.met['sent'] = texts.count('⟨')
        self.met['in the draft'] += draft.count('⟨')


if __name__ == '__main__':
    with Desktop(keyring='unlocked') as AppCase.desktop:
        STATUS = tap.main()
    sys.exit(STATUS)
