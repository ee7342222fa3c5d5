# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Handover developers
"""The app as its users have it: installed from the Flatpak, in its sandbox. build-aux/flatpak prepares both."""

import os
import subprocess

from support.accessibility import application
from support.app import App

ID = 'dev.handover.Handover'


class SandboxedApp(App):
    def launch(self, name, arguments):
        # Those of the desktop are kept elsewhere than an app's in its sandbox.
        environment = {name: value for name, value in os.environ.items() if name != 'GSETTINGS_BACKEND'}
        return self.desktop.processes.start(name, ['flatpak', 'run', ID, *arguments], env=environment)

    def find_tree(self):
        # What can be seen from outside is the proxy of its bus, not the app's own process.
        # A sandbox takes its time to begin where much else runs.
        return application(name=ID, seconds=60)

    def close(self):
        """At once, as a power cut would; what is to be kept must have been kept before."""
        if self.child.poll() is None:
            subprocess.run(['flatpak', 'kill', ID], check=True)
            self.child.wait(10)

    def quit(self):
        """As its menu does."""
        subprocess.run(['gapplication', 'action', ID, 'quit'], check=True)
        self.child.wait(10)
