# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Handover developers
"""Child processes that are ended by their own id, in the reverse order of their start."""

import os
import signal
import subprocess


class Processes:
    """Children of one owner. Whatever is still running is ended by close()."""

    def __init__(self, log_directory):
        self.log_directory = log_directory
        self.children = []

    def start(self, name, command, **options):
        """Starts a child whose output goes to NAME.log unless redirected."""
        with open(os.path.join(self.log_directory, name + '.log'), 'ab') as log:
            options.setdefault('stdout', log)
            options.setdefault('stderr', log)
            options.setdefault('stdin', subprocess.DEVNULL)
            child = subprocess.Popen(command, **options)
        self.children.append(child)
        return child

    def close(self):
        while self.children:
            end(self.children.pop())


def end(child, seconds=10):
    """SIGTERM, and SIGKILL for what does not listen. Returns the exit status."""
    if child.poll() is None:
        child.send_signal(signal.SIGTERM)
        try:
            child.wait(seconds)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
    return child.returncode
