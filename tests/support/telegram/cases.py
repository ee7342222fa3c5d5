# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Handover developers
"""A running service whose Telegram is the stand-in, and shops with a bot of their own."""

import os
import tempfile
import unittest

from support.interface import Agent, Operator
from support.service import Service
from support.telegram.server import Telegram
from support.waiting import wait_until


class Shop:
    """A business whose bot is connected. With an agent, that one answers; else a person has to."""

    def __init__(self, service, telegram, with_agent=False):
        self.service = service
        self.bot = telegram.add_bot()
        self.owner = Operator.sign_up(service.address, 'Demo Shop')
        self.agent = None
        if with_agent:
            record, key = self.owner.new_agent()
            self.agent = Agent(service.address, key)
            self.agent.record = record
        self.channel = self.connect()

    def connect(self):
        agent = {'agent_id': self.agent.record['id']} if self.agent else {}
        return self.owner.post('/v1/channels', {'kind': 'telegram', 'token': self.bot.token, **agent})

    def disconnect(self):
        self.owner.delete('/v1/channels/' + self.channel['id'])

    def state(self):
        """The channel as operators see it."""
        return next(item for item in self.owner.get('/v1/channels')['items'] if item['id'] == self.channel['id'])

    def wait_state(self, state, words='', seconds=20):
        """Waits until operators see the channel in that state, with those words in its last error."""
        return wait_until(lambda: next((item for item in [self.state()] if item['state'] == state
                                        and words in item.get('last_error', '')), None),
                          'the channel to be %s; it is %r' % (state, self.state()), seconds)

    def external_id(self, chat):
        return 'telegram:%s:%d' % (self.channel['id'], chat.id)

    def find(self, text):
        """The conversation in which a customer last wrote that, or none."""
        return next((item for item in self.owner.conversations('all') if text in self.texts(item)[-1:]), None)

    def wait_conversation(self, text, seconds=20):
        return wait_until(lambda: self.find(text), 'a conversation in which a customer says %r' % text, seconds)

    def transcript(self, conversation, author=None):
        """Its messages, the oldest first."""
        messages = reversed(self.owner.messages(conversation['id'], limit=200))
        return [message for message in messages if author in (None, message['author'])]

    def texts(self, conversation, author='customer'):
        return [message['text'] for message in self.transcript(conversation, author)]

    def take_over(self, conversation):
        return self.owner.command(conversation['id'], 'claim')

    def reply(self, conversation, text, attachments=None, reply_to=None):
        more = {**({'attachments': attachments} if attachments else {}), **({'reply_to': reply_to} if reply_to else {})}
        return self.owner.post('/v1/conversations/%s/messages' % conversation['id'],
                               {'kind': 'reply', 'text': text, **more})

    def upload(self, name, data):
        """A file for a reply; returns its id."""
        return self.owner.upload(name, data)['id']

    def delivery(self, conversation, message):
        return next(m for m in self.owner.messages(conversation['id'], limit=200) if m['id'] == message['id'])['delivery']

    def wait_delivery(self, conversation, message, state, seconds=40):
        """Waits until a reply has come that far; returns how it was delivered."""
        return wait_until(lambda: next((d for d in [self.delivery(conversation, message)] if d['state'] == state), None),
                          '%r to be %s; it is %r' % (message['text'], state, self.delivery(conversation, message)), seconds)


class TelegramCase(unittest.TestCase):
    """One service and one stand-in for the class. At the end nothing was done that the documents do not allow, on
    either side, and no token was written down anywhere."""

    # Whether Telegram can reach the service, and sends it what comes.
    is_public = False

    @classmethod
    def setUpClass(cls):
        cls.telegram = Telegram()
        cls.addClassCleanup(cls.telegram.close)
        folder = tempfile.TemporaryDirectory(prefix='hd-telegram-')
        cls.addClassCleanup(folder.cleanup)
        config = os.path.join(folder.name, 'handoverd.conf')
        cls.service = Service(arguments=['--config', config], watched=True)
        cls.addClassCleanup(cls.service.close)
        with open(config, 'w', encoding='utf-8') as file:
            file.write('[telegram]\naddress=%s\n[channels]\nretry-milliseconds=100\n' % cls.telegram.address)
            if cls.is_public:
                file.write('public-address=%s\n' % cls.service.address)
        cls.service.start()
        cls.address = cls.service.address

    @classmethod
    def tearDownClass(cls):
        cls.service.assert_documented()
        cls.service.stop()
        cls.service.watchdog.assert_never_waited()
        log = cls.service.log()
        for bot in cls.telegram.bots.values():
            bot.assert_obeyed()
            if bot.token in log or bot.token.split(':')[1] in log:
                raise AssertionError('a token is in the log')

    def restart(self):
        """As after a power cut."""
        self.service.kill()
        self.service.start()

    def new_shop(self, with_agent=False):
        return Shop(self.service, self.telegram, with_agent)

    def new_conversation(self, shop, name='Ana'):
        """A customer who wrote and was told that a person comes, and the person who took over."""
        customer = shop.bot.customer(name)
        customer.writes('I am %s' % name)
        conversation = shop.wait_conversation('I am %s' % name)
        shop.take_over(conversation)
        shop.bot.wait_sent(lambda sent: sent.chat == customer.id)
        return customer, conversation
