# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Handover developers
"""An operator at an app, quick of hand: through accessible actions and text, and patient with a bad network."""

import re
import time

from gi.repository import Gio, GLib

from support import build
from support.mirror import Mirror
from support.waiting import wait_until

TOKEN = re.compile(r'⟨(\d+)⟩')
NAME = build.application_id()
PATH = '/' + NAME.replace('.', '/').replace('-', '_')


class Hand:
    """What a person does at one app. Each text carries a number of its own, ⟨17⟩, by which it is found again."""

    def __init__(self, app, person, seconds=60):
        self.app = app
        self.person = person
        self.seconds = seconds
        self.mirror = Mirror(app.desktop, app.service, person)
        environment = getattr(app.desktop, 'environment', {})
        self.bus = Gio.DBusConnection.new_for_address_sync(
            environment['DBUS_SESSION_BUS_ADDRESS'],
            Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION, None,
            None) if environment else Gio.bus_get_sync(Gio.BusType.SESSION)
        self.opened = None
        self.page = None
        self.cached = {}
        self.sent_at = {}
        self.seen_sent = set()

    def look(self, name, role, everywhere=False):
        """What is shown under this name on the conversation's page: the one that was found before, if it still is."""
        node = self.cached.get((name, role))
        try:
            if node and node.name == name and node.is_showing:
                return node
        except GLib.Error:
            pass
        node = (self.app.tree if everywhere else self.page).first(name, role)
        if node:
            self.cached[name, role] = node
        return node

    def until(self, condition, what):
        def attempt():
            try:
                return condition()
            except GLib.Error:
                return None
        try:
            return wait_until(attempt, '%s at %s' % (what, self.person.name), self.seconds, 0.05)
        except AssertionError as error:
            raise AssertionError('%s; on screen: %s' % (error, self.app.tree.summary())) from None

    def open(self, conversation, customer):
        """As the button of a notification does."""
        if self.opened == conversation:
            return
        parameters = GLib.Variant('(sava{sv})', ('open-conversation', [GLib.Variant('s', conversation)], {}))

        def is_open():
            self.bus.call_sync(NAME, PATH, 'org.freedesktop.Application', 'ActivateAction', parameters, None,
                               Gio.DBusCallFlags.NONE, 10000, None)
            # One page shows all conversations, one after the other, and is named after the customer.
            if self.page is None or not self.page.is_showing:
                self.page = self.app.tree.first(customer, 'grouping')
            return self.page and self.page.name == customer and self.look('Messages', 'log')
        self.until(is_open, 'the conversation with ' + customer)
        self.opened = conversation

    def composer(self):
        """Where a reply is written, if this operator may write one."""
        node = self.look('Message', 'text')
        return node if node and node.is_sensitive else None

    def press(self, name, everywhere=False):
        """Presses a button if it is there; says whether it was."""
        node = self.look(name, 'button', everywhere)
        if node and node.is_sensitive:
            node.activate()
            return True
        return False

    def take(self, conversation, customer, is_decided):
        """Takes over: again when the network failed, until somebody has it."""
        self.open(conversation, customer)
        self.until(lambda: self.composer() or is_decided() or (self.press('Take Over') and False), 'taking over')

    def write(self, number, words, note=False):
        """Adds a text to what is there already (a reply that came back) and sends it."""
        field = self.until(self.composer, 'the composer')
        text, before = '⟨%d⟩ %s' % (number, words), field.text
        field.set_text(before + '\n\n' + text if before else text)
        button = 'Add Note' if note else 'Send'

        def is_gone():
            return '⟨%d⟩' % number not in (field.text or '') \
                or ((self.press('Send Anyway') or self.press(button)) and False)
        self.press(button)
        self.until(is_gone, 'sending %r' % text)
        self.sent_at[number] = time.time()

    def switch(self, name):
        node = self.until(lambda: self.look(name, 'toggle button'), name)
        if not node.is_checked:
            node.activate()
        self.until(lambda: node.is_checked, name + ' to be chosen')

    def note(self, number, words):
        self.switch('Note')
        self.write(number, words, note=True)
        self.switch('Reply')

    def leave(self, button, confirm, is_gone):
        """Releases or hands back: again when the network failed, until it is so."""
        def gone():
            if is_gone():
                return True
            return ((confirm and self.press(confirm, everywhere=True)) or self.press(button)) and False
        self.press(button)
        self.until(gone, button)

    def read_screen(self):
        """Remembers what the app says was sent."""
        log = self.look('Messages', 'log')
        for article in log.children if log else ():
            name = article.name
            if name.endswith(('· Sent', '· Delivered')):
                self.seen_sent.update(int(number) for number in TOKEN.findall(name))

    def is_connected(self):
        return self.app.tree.first(contains='Connected', role='status bar')
