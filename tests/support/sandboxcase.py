# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Handover developers
"""Test cases around the installed Flatpak; `desktop` of the class is a PortalDesktop."""

import shutil

from support.appcase import AppCase
from support.portals import PortalNotifications

ID = 'dev.handover.Handover'


class SandboxCase(AppCase):
    def setUp(self):
        super().setUp()
        self.notifications = PortalNotifications(self.desktop)
        self.desktop.answer()
        # The next test finds nothing of this one.
        self.addCleanup(shutil.rmtree, self.folder(), ignore_errors=True)

    def app_class(self):
        # Accessibility looks for its bus when it is first loaded.
        from support.sandbox import SandboxedApp
        return SandboxedApp

    def start(self, **options):
        return super().start(watched=False, **options)

    def folder(self, *names):
        """Of the app's own data."""
        return self.desktop.path('home', '.var', 'app', ID, *names)
