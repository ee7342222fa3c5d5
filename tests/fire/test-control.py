#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Handover developers
"""Many agents, operators and customers at once against a real service: only the holder of control ever speaks.

HANDOVER_FIRE_OPERATIONS says how many calls to make (HANDOVER_LONG: a million), HANDOVER_FIRE_SEED which: the seed
of every round is printed, and given back it makes the same players with the same dice."""

import os
import sys
import time

from support import tap

from fire.rounds import FireCase, LONG, Round

CALLS = 4000
TRIED = ('say 201', 'say conversation_frozen', 'say stale_epoch', 'say epoch_required', 'claim 200', 'reply 201',
         'claim already_claimed', 'escalate 201', 'escalate 200', 'resume 200', 'unanswered')


class Control(FireCase):
    def test_only_the_holder_of_control_speaks(self):
        left = int(os.environ.get('HANDOVER_FIRE_OPERATIONS') or (1_000_000 if LONG else 24_000))
        seed, begun = self.first_seed(), time.monotonic()
        while left > 0:
            played = Round(self.service, seed, min(left, CALLS))
            self.judge(played)
            for verb in TRIED:
                if left >= CALLS and not played.counts[verb]:
                    self.fail('nobody came to “%s”: the dice test nothing' % verb)
            left -= CALLS
            seed += 1
        print('# %.0f s in all' % (time.monotonic() - begun))


if __name__ == '__main__':
    sys.exit(tap.main())
