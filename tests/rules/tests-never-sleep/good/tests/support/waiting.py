# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Handover developers

import time


def wait_until(condition):
    while not condition():
        time.sleep(0.01)
