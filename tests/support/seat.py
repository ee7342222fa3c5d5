# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Handover developers
"""A second person's session on the private desktop: the same screen, but a bus, a home and notifications of its own.

The screen and the accessibility bus are shared, so that one test can drive both apps.
"""

import os
import subprocess
import tempfile

from support.desktop import Desktop, start_bus
from support.processes import Processes


class Seat:
    """Looks like a Desktop to App and Notifications. Without notifications, nobody there shows any."""

    def __init__(self, desktop, notifications=True):
        self.desktop = desktop
        self.has_notifications = notifications
        self.directory = tempfile.mkdtemp(prefix='hd-', dir=desktop.directory)
        self.notification_log = self.path('notifications.jsonl')
        self.environment = {}
        for name in ('home', 'runtime', 'data', 'cache', 'state', 'services', 'logs'):
            os.makedirs(self.path(name))
        os.chmod(self.path('runtime'), 0o700)
        self.processes = Processes(self.path('logs'))

    def __enter__(self):
        try:
            self._start()
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(self, *_):
        self.close()

    path = Desktop.path

    def close(self):
        self.processes.close()

    def _start(self):
        # The settings of GTK are the desktop's, those of the app are not.
        self.environment = {'DBUS_SESSION_BUS_ADDRESS': start_bus(self), 'HOME': self.path('home'),
                            'XDG_RUNTIME_DIR': self.path('runtime'), 'XDG_DATA_HOME': self.path('data'),
                            'XDG_CACHE_HOME': self.path('cache'), 'XDG_STATE_HOME': self.path('state'),
                            'GSETTINGS_BACKEND': 'memory'}
        if self.has_notifications:
            self._start_notifications()

    def _start_notifications(self):
        recorder = os.path.join(os.path.dirname(os.path.abspath(__file__)), 'notification-recorder')
        with open(self.notification_log, 'w', encoding='utf-8'):
            pass
        environment = {**os.environ, **self.environment}
        self.processes.start('notifications', ['/usr/bin/python3', recorder, self.notification_log], env=environment)
        subprocess.run(['gdbus', 'wait', '--session', '--timeout', '20', 'org.freedesktop.Notifications'], check=True,
                       env=environment)
