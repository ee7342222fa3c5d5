# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Handover developers
"""A private desktop with portals: the real xdg-desktop-portal, and a stand-in for what the desktop adds to it.

The Secret portal is the keyring's own, so without a keyring there is none.

Files come and go by names in the folder for what runs, which a sandbox always sees as /run/user/ID: only where
HANDOVER_RUNTIME_DIR says that this is the tests' own (build-aux/flatpak does), the names are true on both sides.
"""

import json
import os
import shutil
import subprocess

from support.desktop import Desktop
from support.notifications import Notifications
from support.processes import end
from support.waiting import wait_until

PROGRAM = os.path.join(os.path.dirname(os.path.abspath(__file__)), 'portal-backend')
BACKEND = 'org.freedesktop.impl.portal.desktop.handover'
OURS = ('Notification', 'AppChooser', 'FileChooser', 'Access', 'Background')

# Which backend serves which portal, and no other.
CHOICE = '''[preferred]
default=handover
org.freedesktop.impl.portal.Secret=gnome-keyring
'''

DESCRIPTION = '''[portal]
DBusName=%s
Interfaces=%s
UseIn=GNOME
'''

# Opens web pages, pages of help and one kind of file: writes down the address.
BROWSER = '''[Desktop Entry]
Type=Application
Name=%(name)s
Exec=sh -c 'echo "$0" >>%(file)s' %%u
MimeType=x-scheme-handler/http;x-scheme-handler/ghelp;application/pdf;
'''


class Portals:
    """What the user is asked and answers, in a folder; see portal-backend."""

    def start_backend(self, desktop, name, *options):
        self.portals = desktop.path('portals')
        os.makedirs(self.portals, exist_ok=True)
        self.answer()
        with open(os.path.join(self.portals, 'questions.jsonl'), 'w', encoding='utf-8'):
            pass
        child = desktop.processes.start('portal-backend', ['/usr/bin/python3', PROGRAM, *options, self.portals])
        desktop.wait_for_name(name)
        return child

    def answer(self, **answers):
        """What the user says from now on; what is not named is granted."""
        file = os.path.join(self.portals, 'answers.json')
        with open(file + '.new', 'w', encoding='utf-8') as new:
            json.dump(answers, new)
        os.replace(file + '.new', file)

    def asked(self, portal):
        """The questions to a portal so far, oldest first."""
        with open(os.path.join(self.portals, 'questions.jsonl'), encoding='utf-8') as file:
            questions = [json.loads(line) for line in file if line.endswith('\n')]
        return [question for question in questions if question['portal'] == portal]

    def wait_asked(self, portal, count=1, seconds=10):
        return wait_until(lambda: self.asked(portal)[count - 1:count], 'question %d to %s' % (count, portal), seconds)[0]


class FrontPortal(Portals):
    """On the bus of a desktop without portals until it is closed, for an app that is in no sandbox."""

    def __init__(self, desktop):
        self.child = self.start_backend(desktop, 'org.freedesktop.portal.Desktop', '--front')

    def close(self):
        end(self.child)


class PortalDesktop(Portals, Desktop):
    """With portals for apps in their sandboxes."""

    def __init__(self, **options):
        super().__init__(notifications=False, locale='C.UTF-8', **options)
        self.opened = self.path('opened')
        self.has_documents = False
        self.notification_log = self.path('portals/alerts.jsonl')

    def start(self):
        super().start()
        self._start_portals()

    def _set_environment(self):
        super()._set_environment()
        # With which other desktops keep what runs there from portals.
        for name in ('GTK_USE_PORTAL', 'GDK_DEBUG', 'ADW_DISABLE_PORTAL'):
            del os.environ[name]
        os.environ['XDG_RUNTIME_DIR'] = os.environ.get('HANDOVER_RUNTIME_DIR', os.environ['XDG_RUNTIME_DIR'])
        os.environ['XDG_DESKTOP_PORTAL_DIR'] = self.path('portals')
        os.environ['XDG_DATA_DIRS'] = os.path.join(os.environ['FLATPAK_USER_DIR'], 'exports/share') + ':/usr/share'

    def _start_portals(self):
        os.makedirs(self.path('portals'))
        self._write('portals/handover.portal',
                    DESCRIPTION % (BACKEND, ';'.join('org.freedesktop.impl.portal.' + name for name in OURS)))
        self._write('portals/gnome-keyring.portal',
                    DESCRIPTION % ('org.freedesktop.secrets', 'org.freedesktop.impl.portal.Secret'))
        self._write('portals/portals.conf', CHOICE)
        for name in ('portals/alerts.jsonl', 'opened'):
            self._write(name, '')

        self.start_backend(self, BACKEND)
        self.processes.start('permissions', ['/usr/libexec/xdg-permission-store'])
        self.wait_for_name('org.freedesktop.impl.portal.PermissionStore')
        if 'HANDOVER_RUNTIME_DIR' in os.environ:
            self._start_documents()
        self.processes.start('portal', ['/usr/libexec/xdg-desktop-portal', '--verbose'])
        self.wait_for_name('org.freedesktop.portal.Desktop')

    def _start_documents(self):
        """It ends without a file system of its own, which not everybody may make."""
        documents = self.processes.start('documents', ['/usr/libexec/xdg-document-portal'])
        folder = os.path.join(os.environ['XDG_RUNTIME_DIR'], 'doc')
        wait_until(lambda: os.path.ismount(folder) or documents.poll() is not None, 'the folder of documents')
        self.has_documents = documents.poll() is None

    def _write(self, name, text):
        with open(self.path(name), 'w', encoding='utf-8') as file:
            file.write(text)

    def set_browsers(self, *names):
        """The only apps that open anything; with more than one of them the desktop asks."""
        folder = self.path('data/applications')
        shutil.rmtree(folder, ignore_errors=True)
        os.makedirs(folder)
        for name in names:
            self._write('data/applications/%s.desktop' % name, BROWSER % {'name': name, 'file': self.opened})
        subprocess.run(['update-desktop-database', folder], check=True)

    def find_opened(self, start):
        """The first address that begins so and was opened, or none."""
        with open(self.opened, encoding='utf-8') as file:
            return next((line for line in file.read().splitlines() if line.startswith(start)), None)

    def wait_opened(self, start, seconds=10):
        return wait_until(lambda: self.find_opened(start), '%s to be opened' % start, seconds)

    def permit(self, table, name, app, *permissions):
        """What the user decided before, as the desktop's settings would store it."""
        self._call('org.freedesktop.impl.portal.PermissionStore', '/org/freedesktop/impl/portal/PermissionStore',
                   'org.freedesktop.impl.portal.PermissionStore.SetPermission', table, 'true', name, app,
                   json.dumps(permissions))


class PortalNotifications(Notifications):
    """The alerts that came through the portal; their ids are words."""

    def press(self, notification, label):
        action = next((a for a, name in notification['actions'].items() if name == label), None)
        if action is None:
            raise AssertionError('the notification has no button %r, only %r' % (label, notification['actions']))
        subprocess.run(['gdbus', 'call', '--session', '--dest', BACKEND, '--object-path',
                        '/org/freedesktop/portal/desktop', '--method', 'dev.handover.Portals.Invoke',
                        notification['app'], notification['id'], action], check=True, stdout=subprocess.DEVNULL)
