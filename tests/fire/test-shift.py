#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Handover developers
"""Two operators in two apps, each behind a bad network of its own: nothing is lost, doubled or late."""

import datetime
import os
import random
import sys
import time

from support import tap
from support.appcase import AppCase
from support.desktop import Desktop
from support.faults import STORM, FaultProxy
from support.seat import Seat

LONG = bool(os.environ.get('HANDOVER_LONG'))
MESSAGES = 300 if LONG else 60

# In the short run one dead peer for each app: it takes ten seconds to find out.
BUDGET = {} if LONG else {'half-open': 1}
LATEST = 45


class Nights(AppCase):
    def start_hand(self, person, network, **options):
        from fire.hand import Hand
        return Hand(self.start(operator=person, address=network.address, **options), person)

    def test_a_shift_of_two(self):
        from fire.shift import Shift
        seed = int(os.environ.get('HANDOVER_FIRE_SEED') or random.SystemRandom().randrange(1 << 32))
        print('# HANDOVER_FIRE_SEED=%d' % seed, flush=True)
        noor = self.owner.invite('Noor')
        seat = self.enterContext(Seat(self.desktop))
        networks = [FaultProxy(self.service.direct, '%d/%s' % (seed, name), budget=BUDGET) for name in ('Kim', 'Noor')]
        for network in networks:
            self.addCleanup(network.close)
        hands = [self.start_hand(self.owner, networks[0]),
                 self.start_hand(noor, networks[1], desktop=seat, name='colleague')]

        shift = Shift(self.owner, self.agent, hands, networks, seed, MESSAGES)
        for network in networks:
            network.weather = STORM
            network.reset()
        begun = time.monotonic()
        shift.play()
        played = time.monotonic() - begun
        for network in networks:
            network.clear_up()
        settled = shift.settle(90)

        failures = []
        found = shift.judge(failures.append)
        late = self.lateness(hands, found)
        print('# %d messages in %d conversations, %.1f s, settled in %.1f s; the latest reply took %.1f s'
              % (shift.said, len(shift.cases), played, settled, late))
        for network in networks:
            print('# ' + network.report())
        for hand in hands:
            if not hand.app.tree.first('Connected, 0 gaps', 'status bar'):
                failures.append('%s sees %r' % (hand.person.name, hand.app.tree.first(role='status bar').text))
        if late > LATEST:
            failures.append('a reply took %.1f s' % late)
        self.assertFalse(failures, 'seed %d: %d failures\n%s' % (seed, len(failures), '\n'.join(failures[:8])))
        self.assertTrue(all(sum(network.counts.values()) > 5 for network in networks), 'the network was too good')

    def lateness(self, hands, found):
        """The longest that a text was under way, in seconds."""
        longest = 0
        for hand in hands:
            for number, sent in hand.sent_at.items():
                for _, message in found.get(number, ()):
                    arrived = datetime.datetime.fromisoformat(message['at']).timestamp()
                    longest = max(longest, arrived - sent)
        return longest


if __name__ == '__main__':
    with Desktop(keyring='unlocked', size='1280x800') as AppCase.desktop:
        STATUS = tap.main()
    sys.exit(STATUS)
