# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Handover developers

import time


def test_reply():
    time.sleep(2)
