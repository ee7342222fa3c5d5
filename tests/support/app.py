# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Handover developers
"""The real app on the private desktop, used as an operator uses it: by its accessible names."""

import os

from support import build
from support.accessibility import application
from support.processes import end
from support.waiting import Timeout, wait_until
from support.watchdog import Watchdog


class App:
    """One run of `handover`. With a window of the given size, in front."""

    def __init__(self, desktop, service=None, size=(1280, 800), name='app', watched=False, language=None,
                 environment=None):
        """watched: close() fails if its main loop ever waited. language: of support.languages."""
        self.desktop = desktop
        self.service = service
        self.size = size
        arguments = ['--service', service] if service else []
        self.log_file = desktop.path('logs', name + '.log')
        self.watchdog = Watchdog(desktop.path('logs', name + '.waited')) if watched else None
        self.language = language
        self.environment = environment or {}
        self.child = self.launch(name, arguments)
        try:
            self.tree = self.find_tree()
            self.window = self.tree.window()
            # Nothing is measured yet: whatever is done first waits for what it needs.
            self.fit(size, settle=False)
        except Exception as error:
            raise AssertionError('%s; exit status %s; the app said: %s'
                                 % (error, self.child.poll(), self.log()[-1500:])) from error

    def launch(self, name, arguments):
        watching = self.watchdog.environment(rows=True) if self.watchdog else {}
        speaking = self.language.environment if self.language else {}
        environment = {**getattr(self.desktop, 'environment', {}), **self.environment, **speaking, **watching}
        preloaded = [part['LD_PRELOAD'] for part in (watching, speaking) if 'LD_PRELOAD' in part]
        if preloaded:
            environment['LD_PRELOAD'] = ' '.join(preloaded)
        return self.desktop.processes.start(name, [build.app_program(), *arguments],
                                            env=build.app_environment(**environment))

    def find_tree(self):
        return application(process_id=self.child.pid)

    def log(self):
        with open(self.log_file, encoding='utf-8', errors='replace') as file:
            return file.read()

    def fit(self, size, settle=True):
        """A size of the window; the screen must be as large."""
        self.size = size
        self.window.move(0, 0)
        self.window.resize(*size, settle=settle)

    def close(self):
        status = end(self.child)
        if self.watchdog:
            self.watchdog.assert_never_waited()
        return status

    def find(self, name=None, role=None, **options):
        return self.tree.find(name, role, **options)

    def button(self, name, **options):
        return self.find(name, 'button', sensitive=True, **options)

    def press(self, name, **options):
        """A button, by its accessible action."""
        self.button(name, **options).activate()

    def field(self, name, seconds=10):
        """What can be typed into under this name."""
        def look():
            for node in self.tree.all(name):
                for _, part in node.walk():
                    if part.accessible.get_editable_text_iface() is not None:
                        return part
            return None
        try:
            return wait_until(look, 'a field %r' % name, seconds, 0.04)
        except Timeout as error:
            raise Timeout('%s; exit status %s; on screen: %s'
                          % (error, self.child.poll(), self.tree.summary())) from None

    def fill(self, name, text):
        self.field(name).set_text(text)

    def sign_in(self, address, email, password):
        self.fill('Service address', address)
        self.fill('Email', email)
        self.fill('Password', password)
        self.press('Sign In')

    def row(self, customer, seconds=10):
        """The inbox's row of a customer."""
        return self.find(contains=customer, role='list item', seconds=seconds)

    def open_conversation(self, customer):
        self.window.raise_to_front()
        self.window.click(self.row(customer))
        self.find(customer, 'grouping')

    def write(self, text):
        self.fill('Message', text)

    def reply(self, text):
        """Writes and sends; the composer is empty again when the reply is on its way."""
        self.write(text)
        self.press('Send')
        self.field('Message').wait_text('')

    def shot(self, folder, name):
        """A picture in the folder; returns its path."""
        file = os.path.join(folder, name + '.png')
        self.window.screenshot(file)
        return file
