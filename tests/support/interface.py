# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Handover developers
"""A small client of the service's interface, for operators, agents and curious tests."""

import http.client
import json
import queue
import threading
import time
import urllib.parse
import uuid


class Answer:
    """status, headers (lower case names), raw bytes, body (parsed JSON or None)."""

    def __init__(self, status, headers, raw):
        self.status = status
        self.headers = {name.lower(): value for name, value in headers}
        self.raw = raw
        self.body = json.loads(raw) if 'json' in self.headers.get('content-type', '') and raw else None

    def __repr__(self):
        return '<%d %s>' % (self.status, self.raw[:400].decode('utf-8', 'replace'))

    @property
    def code(self):
        return (self.body or {}).get('code')

    @property
    def sequence(self):
        return int(self.headers['handover-sequence'])


class Refused(AssertionError):
    """A request that was expected to succeed."""

    def __init__(self, what, answer):
        super().__init__('%s: %r' % (what, answer))
        self.answer = answer


class Client:
    """Requests with one bearer token. request() answers whatever came; the verbs insist on success.

    With a checker, which tests set that do without the checking proxy, all answers and events are held against the
    document.
    """

    checker = None
    files = '/v1/attachments'

    def __init__(self, address, token=None):
        self.address = address
        self.token = token

    def request(self, method, path, body=None, raw=None, headers=None, seconds=20):
        parts = urllib.parse.urlsplit(self.address)
        connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=seconds)
        sent = {'Accept': 'application/json'}
        if self.token:
            sent['Authorization'] = 'Bearer ' + self.token
        if body is not None:
            raw = json.dumps(body, ensure_ascii=False).encode()
        if raw is not None:
            sent['Content-Type'] = 'application/json'
        sent.update(headers or {})
        try:
            connection.request(method, path, raw, sent)
            response = connection.getresponse()
            answer = Answer(response.status, response.getheaders(), response.read())
            if self.checker:
                self.checker.check(method, path, answer.status, answer.headers.get('content-type'), answer.raw)
            return answer
        finally:
            connection.close()

    def _insist(self, method, path, body=None, **options):
        answer = self.request(method, path, body, **options)
        if answer.status >= 300:
            raise Refused('%s %s' % (method, path), answer)
        return answer.body

    def get(self, path, **query):
        given = {name: value for name, value in query.items() if value is not None}
        return self._insist('GET', path + ('?' + urllib.parse.urlencode(given) if given else ''))

    def post(self, path, body=None, key=None):
        headers = {'Idempotency-Key': key} if key else None
        return self._insist('POST', path, {} if body is None else body, headers=headers)

    def patch(self, path, body):
        return self._insist('PATCH', path, body)

    def put(self, path, body):
        return self._insist('PUT', path, body)

    def delete(self, path):
        return self._insist('DELETE', path)

    def upload(self, name, data):
        """A file for a message; returns what the service made of it."""
        return self._insist('POST', self.files, raw=data, headers={
            'Content-Type': 'application/octet-stream',
            'Content-Disposition': "attachment; filename*=UTF-8''" + urllib.parse.quote(name)})

    def stream(self, path, after=None, last_event_id=None):
        return EventStream(self.address, path, self.token, after, last_event_id, self.checker)


class Operator(Client):
    """A signed-in person."""

    password = 'correct horse battery'

    @classmethod
    def sign_up(cls, address, business='Demo Shop', name='Kim', email=None, password=None):
        email = email or 'kim-%s@example.com' % uuid.uuid4().hex[:8]
        answer = Client(address).post('/v1/auth/sign-up', {
            'business_name': business, 'name': name, 'email': email, 'password': password or cls.password})
        return cls._from_answer(address, answer, email, password or cls.password)

    @classmethod
    def sign_in(cls, address, email, password):
        answer = Client(address).post('/v1/auth/sign-in', {'email': email, 'password': password})
        return cls._from_answer(address, answer, email, password)

    @classmethod
    def _from_answer(cls, address, answer, email, password):
        self = cls(address, answer['token'])
        self.id = answer['operator']['id']
        self.name = answer['operator']['name']
        self.business = answer['business']
        self.email = email
        self.password = password
        return self

    def invite(self, name, role='operator'):
        """Another person of the same business, by a link passed on."""
        invite = self.post('/v1/team/invites', {'role': role})['invite']
        email = '%s-%s@example.com' % (name.lower(), uuid.uuid4().hex[:8])
        answer = Client(self.address).post('/v1/auth/accept-invite', {
            'invite': invite, 'name': name, 'email': email, 'password': self.password})
        return self._from_answer(self.address, answer, email, self.password)

    def new_agent(self, name='Scripted bot (demo)'):
        """An agent with a key: (agent, key)."""
        agent = self.post('/v1/agents', {'name': name, 'kind': 'custom'})
        return agent, self.post('/v1/agents/%s/keys' % agent['id'], {})['key']

    def conversations(self, view):
        return self.get('/v1/conversations', view=view)['items']

    def messages(self, conversation, **query):
        return self.get('/v1/conversations/%s/messages' % conversation, **query)['items']

    def command(self, conversation, verb, **body):
        return self.post('/v1/conversations/%s/%s' % (conversation, verb), body)


class Agent(Client):
    """A bot that holds a key."""

    files = '/agent/v1/attachments'

    def say(self, conversation, author, text, **more):
        return self.request('POST', '/agent/v1/conversations/%s/messages' % urllib.parse.quote(conversation, ''),
                            {'author': author, 'text': text, **more})

    def read(self, conversation, after=None):
        return self.get('/agent/v1/conversations/' + urllib.parse.quote(conversation, ''), after=after)

    def escalate(self, conversation, summary, trigger='knowledge_gap', **more):
        customer = more.pop('customer', None)
        named = {'external_id': conversation, **({'customer': customer} if customer else {})}
        return self.request('POST', '/agent/v1/escalations',
                            {'conversation': named, 'summary': summary, 'trigger': trigger, **more})


class Event:
    def __init__(self, number, kind, data):
        self.number = number
        self.kind = kind
        self.data = json.loads(data) if data else None

    def __repr__(self):
        return '<event %s %s>' % (self.number, self.kind)


class EventStream:
    """Server-Sent Events, read by a thread of its own."""

    def __init__(self, address, path, token, after=None, last_event_id=None, checker=None):
        self.checker = checker
        parts = urllib.parse.urlsplit(address)
        self.connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=60)
        headers = {'Authorization': 'Bearer ' + token, 'Accept': 'text/event-stream'}
        if last_event_id is not None:
            headers['Last-Event-ID'] = str(last_event_id)
        self.connection.request('GET', path + ('' if after is None else '?after=%s' % after), headers=headers)
        self.socket = self.connection.sock
        self.response = self.connection.getresponse()
        self.status = self.response.status
        self.refusal = None
        self.comments = 0
        self.events = queue.Queue()
        self.seen = []
        if self.status == 200:
            threading.Thread(target=self._read, daemon=True).start()
        else:
            self.refusal = Answer(self.status, self.response.getheaders(), self.response.read())
            if checker:
                checker.check('GET', path, self.status, self.refusal.headers.get('content-type'), self.refusal.raw)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def _read(self):
        number, kind, data = None, None, []
        try:
            for raw in self.response:
                line = raw.decode().rstrip('\r\n')
                if line.startswith(':'):
                    self.comments += 1
                elif line.startswith('id:'):
                    number = line[3:].strip()
                elif line.startswith('event:'):
                    kind = line[6:].strip()
                elif line.startswith('data:'):
                    data.append(line[5:].removeprefix(' '))
                elif not line and (data or kind):
                    if self.checker:
                        self.checker.check_event('\n'.join(data))
                    self.events.put(Event(None if number is None else int(number), kind, '\n'.join(data)))
                    number, kind, data = None, None, []
        except (OSError, ValueError, http.client.HTTPException, AttributeError):
            pass
        self.events.put(None)

    def next(self, kind=None, where=None, seconds=10):
        """The next event of that kind for which where(data) holds; others are passed over."""
        deadline = time.monotonic() + seconds
        while True:
            try:
                event = self.events.get(timeout=max(0.01, deadline - time.monotonic()))
            except queue.Empty:
                raise AssertionError('no event %s within %g s, only %r' % (kind, seconds, self.seen)) from None
            if event is None:
                raise AssertionError('the stream ended before %s, after %r' % (kind, self.seen))
            self.seen.append(event)
            if kind in (None, event.kind) and (where is None or where(event.data)):
                return event

    def wait_end(self, seconds=10):
        """Waits until the service has closed the stream."""
        deadline = time.monotonic() + seconds
        while True:
            try:
                event = self.events.get(timeout=max(0.01, deadline - time.monotonic()))
            except queue.Empty:
                raise AssertionError('the stream is still open after %g s' % seconds) from None
            if event is None:
                return
            self.seen.append(event)

    def close(self):
        try:
            self.socket.shutdown(2)
        except OSError:
            pass
        self.connection.close()
