# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Handover developers
"""A demo shop: a service of its own, an owner, and scripted talks between a customer and a bot."""

import json
import os
import subprocess
import sys
import threading

from support.interface import Operator
from support.processes import end
from support.service import Service
from support.waiting import Timeout, wait_until

HERE = os.path.dirname(os.path.abspath(__file__))
SHARED_SAMPLE = os.path.join(HERE, '..', '..', '..', 'shared', 'data', 'abcd-3592.json')
OWN_SAMPLE = os.path.join(HERE, 'dialogues', 'return.json')
BOT_NAME = 'Scripted bot (demo)'


def main_dialogue():
    """A dialogue of a published collection when it lies beside the repository, else our own."""
    return SHARED_SAMPLE if os.path.exists(SHARED_SAMPLE) else OWN_SAMPLE


def dialogue(name):
    return os.path.join(HERE, 'dialogues', name + '.json')


class Shop:
    """Open while the context lasts."""

    def __init__(self, directory=None):
        self.service = Service(directory)
        self.talks = []
        self.owner = None
        self.key = None

    def __enter__(self):
        try:
            self.service.start()
            self.owner = Operator.sign_up(self.service.address, 'Demo Shop', 'Kim', 'kim@demo.example')
            self.key = self.owner.new_agent(BOT_NAME)[1]
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(self, *_):
        self.close()

    def close(self):
        while self.talks:
            self.talks.pop().close()
        self.service.close()

    def talk(self, file, transport='http', pace=0.0, name=None):
        """Starts a customer and a bot, each a process of its own."""
        talk = Talk(self.service.address, self.key, file, transport, pace, name)
        self.talks.append(talk)
        return talk


class Talk:
    """A customer and a bot, and what both reported."""

    def __init__(self, address, key, file, transport, pace, name):
        self.bot_events = []
        self.customer_events = []
        self.children = []
        bot = [os.path.join(HERE, 'bot.py'), '--service', address, '--dialogue', file, '--transport', transport,
               '--pace', str(pace)] + (['--conversation', name] if name else [])
        try:
            self._start(bot, self.bot_events, HANDOVER_AGENT_KEY=key)
            chat = self.wait_bot('chat')['address']
            self._start([os.path.join(HERE, 'customer.py'), '--chat', chat, '--dialogue', file, '--pace', str(pace)],
                        self.customer_events)
        except BaseException:
            self.close()
            raise

    def _start(self, command, events, **secrets):
        # A clean environment: neither knows where the service's data or the app live.
        kept = {name: os.environ[name] for name in ('PATH', 'LANG', 'LC_ALL') if name in os.environ}
        child = subprocess.Popen([sys.executable, '-B', *command], env={**kept, **secrets}, stdin=subprocess.DEVNULL,
                                 stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self.children.append(child)

        def read():
            for line in child.stdout:
                events.append(json.loads(line))
        threading.Thread(target=read, daemon=True).start()

    def _wait(self, who, events, kind, where, seconds):
        def find():
            for event in list(events):
                if event['event'] == kind and (where is None or where(event)):
                    return event
            for child in self.children:
                if child.poll() not in (None, 0):
                    raise AssertionError('%s ended: %s' % (child.args[2], child.stderr.read()[-1500:]))
            return None
        try:
            return wait_until(find, 'the %s to report %s' % (who, kind), seconds)
        except Timeout as error:
            raise Timeout('%s; so far: %s' % (error, events[-5:])) from None

    def wait_bot(self, kind, where=None, seconds=20):
        return self._wait('bot', self.bot_events, kind, where, seconds)

    def wait_customer(self, kind, where=None, seconds=20):
        return self._wait('customer', self.customer_events, kind, where, seconds)

    def count_bot(self, kind):
        return sum(event['event'] == kind for event in self.bot_events)

    def close(self):
        """The customer leaves first."""
        while self.children:
            child = self.children.pop()
            end(child)
            child.stdout.close()
            child.stderr.close()
