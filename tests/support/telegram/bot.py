# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Handover developers
"""A bot's account with Telegram: the updates that wait for it, what it sent, and the chats it is in."""

import itertools
import secrets
import string
import threading
import time

from support.telegram import rules
from support.telegram.rules import Refusal, bad
from support.waiting import wait_until

FILE_CHARACTERS = string.ascii_letters + string.digits
# A little less than a second, since what left in time may arrive closer together.
CHAT_PAUSE = 0.9
WINDOW = 0.9
PER_WINDOW = 30


def now():
    return int(time.time())


class Person:
    """Somebody with an account."""

    def __init__(self, number, first_name, last_name=None, username=None, is_bot=False):
        self.record = {'id': number, 'is_bot': is_bot, 'first_name': first_name, 'language_code': 'en'}
        if last_name:
            self.record['last_name'] = last_name
        if username:
            self.record['username'] = username


class Sent:
    """A message of the bot, as its method was called."""

    def __init__(self, method, parameters, message_id):
        self.method = method
        self.parameters = parameters
        self.chat = parameters['chat_id']
        self.message_id = message_id
        self.at = time.monotonic()

    @property
    def text(self):
        return self.parameters.get('text', self.parameters.get('caption', ''))

    @property
    def upload(self):
        return self.parameters.get(rules.MEDIA.get(self.method))

    def __repr__(self):
        return '<%s to %s: %.60r>' % (self.method, self.chat, self.text)


class Chat:
    """A private chat of a person with the bot, or a group."""

    def __init__(self, bot, number, person=None, title=None):
        self.bot = bot
        self.id = number
        self.person = person
        self.title = title
        self.is_blocked = False
        self.migrated_to = None
        self.messages = {}
        self.numbers = itertools.count(1)

    @property
    def record(self):
        if self.title:
            return {'id': self.id, 'type': 'group', 'title': self.title}
        return {**{name: value for name, value in self.person.record.items()
                   if name in ('id', 'first_name', 'last_name', 'username')}, 'id': self.id, 'type': 'private'}

    def message(self, person=None, **content):
        """The next message of this chat, not yet on its way."""
        number = next(self.numbers)
        message = {'message_id': number, 'date': now(), 'chat': self.record,
                   'from': (person or self.person).record, **content}
        self.messages[number] = message
        return message

    def writes(self, text=None, reply_to=None, person=None, **content):
        """A message to the bot; returns it."""
        if text is not None:
            content['text'] = text
        if reply_to is not None:
            replied = self.messages[reply_to]
            content['reply_to_message'] = {name: value for name, value in replied.items() if name != 'reply_to_message'}
        message = self.message(person, **content)
        self.bot.push(message=message)
        return message

    def edits(self, message, text):
        changed = {**message, 'text': text, 'edit_date': now()}
        self.messages[message['message_id']] = changed
        self.bot.push(edited_message=changed)
        return changed

    def sends_photo(self, data, caption=None, **content):
        """Three sizes, of which the last is the photo."""
        sizes = [self.bot.store(b'small', width=90, height=60), self.bot.store(b'middle', width=320, height=213),
                 self.bot.store(data, width=1280, height=853)]
        return self.writes(photo=sizes, **({'caption': caption} if caption else {}), **content)

    def sends_file(self, kind, data, caption=None, **facts):
        """kind: document, voice, audio, video, video_note, animation or sticker."""
        return self.writes(**{kind: self.bot.store(data, **facts)}, **({'caption': caption} if caption else {}))

    def presses(self, message_id, data):
        """A button below a message of the bot's."""
        query = str(next(self.bot.queries))
        self.bot.unanswered.add(query)
        self.bot.push(callback_query={
            'id': query, 'from': self.person.record, 'chat_instance': str(self.id), 'data': data,
            'message': {'message_id': message_id, 'date': now(), 'chat': self.record,
                        'from': self.bot.person.record, 'text': 'Choose'}})
        return query

    def _membership(self, old, new):
        member = {'user': self.bot.person.record}
        self.bot.push(my_chat_member={'chat': self.record, 'from': self.person.record, 'date': now(),
                                      'old_chat_member': {**member, 'status': old},
                                      'new_chat_member': {**member, 'status': new}})

    def blocks(self):
        self.is_blocked = True
        self._membership('member', 'kicked')

    def unblocks(self):
        self.is_blocked = False
        self._membership('kicked', 'member')

    def migrates(self, is_told=True):
        """The group becomes a supergroup, which is another chat; is_told: its members see so."""
        target = Chat(self.bot, -1000000000000 - abs(self.id), title=self.title)
        self.bot.chats[target.id] = target
        self.migrated_to = target.id
        if is_told:
            self.bot.push(message=self.message(self.bot.person, migrate_to_chat_id=target.id))
        return target


class Bot:
    def __init__(self, number, name, username):
        self.person = Person(number, name, username=username, is_bot=True)
        self.token = self.new_token()
        self.changed = threading.Condition()
        self.updates = []
        self.next_update = 871000
        self.confirmed = []
        self.allowed = None
        self.poller = None
        self.webhook = None
        self.webhook_error = None
        self.chats = {}
        self.people = itertools.count(991)
        self.groups = itertools.count(4001)
        self.queries = itertools.count(700100200300400500)
        self.unanswered = set()
        self.files = {}
        self.file_numbers = itertools.count(1)
        self.sent = []
        self.actions = []
        self.calls = []
        self.complaints = []
        self.faults = []
        self.floods = 0
        self.is_revoked = False
        self.keeps_pace = True

    def new_token(self):
        return '%d:%s' % (self.person.record['id'], ''.join(secrets.choice(FILE_CHARACTERS + '_-') for _ in range(35)))

    # --- what a test does -------------------------------------------------------------------------------------

    def customer(self, first_name='Ana', last_name=None, username=None):
        person = Person(next(self.people), first_name, last_name, username)
        chat = Chat(self, person.record['id'], person)
        self.chats[chat.id] = chat
        return chat

    def group(self, title='Neighbours'):
        chat = Chat(self, -next(self.groups), title=title)
        self.chats[chat.id] = chat
        return chat

    def push(self, number=None, **update):
        """Puts an update into the queue, as it is."""
        with self.changed:
            if number is None:
                number = self.next_update
                self.next_update += 1
            kind = next(iter(update))
            if kind in rules.UPDATE_KINDS and kind not in (self.allowed or rules.DEFAULT_KINDS):
                return None
            self.updates.append({'update_id': number, **update})
            self.changed.notify_all()
            return number

    def store(self, data, size=None, **facts):
        """A file in Telegram's keep, as a message names it."""
        number = next(self.file_numbers)
        file_id = 'AgAC%06d-%s' % (number, ''.join(secrets.choice(FILE_CHARACTERS) for _ in range(30)))
        self.files[file_id] = data
        return {'file_id': file_id, 'file_unique_id': 'U%06d' % number,
                'file_size': len(data) if size is None else size, **facts}

    def fail(self, method, fault, times=1, chat=None):
        """What befalls the next calls of that method; chat: only those to it."""
        fault.method, fault.left, fault.chat = method, times, chat.id if chat else None
        self.faults.append(fault)
        return fault

    def texts(self, chat=None):
        return [sent.text for sent in list(self.sent) if chat is None or sent.chat == chat.id]

    def wait_sent(self, text, chat=None, seconds=20):
        """Waits until the bot has sent a message with that text, or one for which text(sent) holds."""
        fits = text if callable(text) else lambda sent: sent.text == text
        return wait_until(lambda: next((sent for sent in list(self.sent)
                                        if fits(sent) and chat in (None, self.chats.get(sent.chat))), None),
                          'the bot to send %r; it sent %r' % (text, self.sent[-5:]), seconds)

    def wait_confirmed(self, number, seconds=20):
        """Waits until the caller has told that it keeps that update."""
        wait_until(lambda: number in self.confirmed, 'update %d to be confirmed' % number, seconds)

    def count(self, method):
        return sum(1 for called in list(self.calls) if called == method)

    def wait_call(self, method, count=1, seconds=20):
        """Waits until a method was called so often."""
        wait_until(lambda: self.count(method) >= count, '%d calls of %s' % (count, method), seconds)

    def assert_obeyed(self):
        """Fails with what was sent against the documents."""
        if self.complaints:
            raise AssertionError('\n  '.join(['the Bot API was used wrongly:', *dict.fromkeys(self.complaints)]))

    # --- what a method does -----------------------------------------------------------------------------------

    def complain(self, complaints):
        self.complaints += complaints

    def find_chat(self, number):
        chat = self.chats.get(number)
        if chat is None:
            raise bad('chat not found')
        if chat.migrated_to:
            raise Refusal(400, 'Bad Request: group chat was upgraded to a supergroup chat',
                          migrate_to_chat_id=chat.migrated_to)
        if chat.is_blocked:
            raise Refusal(403, 'Forbidden: bot was blocked by the user')
        return chat

    def check_pace(self, chat):
        """One a second in a chat, thirty a second in all; who goes faster is told to wait."""
        at = time.monotonic()
        last = next((sent.at for sent in reversed(self.sent) if sent.chat == chat), 0)
        recent = sum(1 for sent in self.sent[-PER_WINDOW - 1:] if at - sent.at < WINDOW)
        if not self.keeps_pace or (at - last >= CHAT_PAUSE and recent < PER_WINDOW):
            return
        self.floods += 1
        raise Refusal(429, 'Too Many Requests: retry after 1', retry_after=1)

    def accept(self, method, parameters):
        """Takes a message; returns it as the Bot API tells of it."""
        with self.changed:
            chat = self.find_chat(parameters['chat_id'])
            reply = parameters.get('reply_parameters')
            if reply and reply['message_id'] not in chat.messages and not reply.get('allow_sending_without_reply'):
                raise bad('message to be replied not found')
            self.check_pace(chat.id)
            message = chat.message(self.person, **self._content(method, parameters))
            self.sent.append(Sent(method, parameters, message['message_id']))
            return message

    def _content(self, method, parameters):
        if method == 'sendMessage':
            return {'text': parameters['text'].strip()}
        name = rules.MEDIA[method]
        upload = parameters[name]
        if isinstance(upload, str):
            raise bad('wrong file identifier/HTTP URL specified')
        stored = self.store(upload.data)
        content = {name: [stored] if name == 'photo' else {**stored, 'file_name': upload.name}}
        return {**content, **({'caption': parameters['caption']} if 'caption' in parameters else {})}

    def get_updates(self, parameters, is_gone):
        """Long polling: what is asked for after is deleted; who polls second ends the first."""
        offset = parameters.get('offset', 0)
        limit = min(max(parameters.get('limit', 100), 1), 100)
        deadline = time.monotonic() + min(parameters.get('timeout', 0), 50)
        poller = object()
        with self.changed:
            if self.webhook:
                raise Refusal(409, 'Conflict: can\'t use getUpdates method while webhook is active; use deleteWebhook '
                                   'to delete the webhook first')
            self._confirm(offset)
            if 'allowed_updates' in parameters:
                self._allow(parameters['allowed_updates'])
            self.poller = poller
            self.changed.notify_all()
            while not self.updates and time.monotonic() < deadline:
                self.changed.wait(min(0.2, max(0.0, deadline - time.monotonic())))
                if is_gone():
                    return []
                if self.webhook:
                    raise Refusal(409, 'Conflict: terminated by setWebhook request')
                if self.poller is not poller:
                    raise Refusal(409, 'Conflict: terminated by other getUpdates request; make sure that only one bot '
                                       'instance is running')
            if self.poller is poller:
                self.poller = None
            return self.updates[:limit]

    def _confirm(self, offset):
        """Deletes what comes before; an offset far in the future is one of before the numbers began anew."""
        if offset < 0:
            count = max(0, len(self.updates) + offset)
        elif offset > self.next_update + 10:
            count = 0
        else:
            count = sum(1 for update in self.updates if update['update_id'] < offset)
        self.confirmed += [update['update_id'] for update in self.updates[:count]]
        self.updates = self.updates[count:]

    def _allow(self, kinds):
        unknown = set(kinds) - rules.UPDATE_KINDS
        self.complain(['there is no update %s' % kind for kind in sorted(unknown)])
        self.allowed = set(kinds) or None

    def take_update(self):
        """The next update for the webhook, which is confirmed by its answer."""
        with self.changed:
            return self.updates[0] if self.updates else None

    def end_update(self, update):
        with self.changed:
            if update in self.updates:
                self.updates.remove(update)
                self.confirmed.append(update['update_id'])
