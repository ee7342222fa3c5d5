#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Handover developers
"""Every route of the interface, tried with every kind of credential, of this business and of another."""

import sys

from support import tap
from support.interface import Agent, Client, Operator
from support.telegram import Telegram

from fire.rounds import FireCase

PUBLIC, AGENT, OPERATOR, ADMIN = 'public', 'agent', 'operator', 'admin'

# Who may use a route, and a body that is good for something. {…} are ids of the business under attack.
ROUTES = {
    'GET /healthz': (PUBLIC, None),
    'GET /openapi.json': (PUBLIC, None),
    'POST /v1/auth/sign-up': (PUBLIC, {}),
    'POST /v1/auth/sign-in': (PUBLIC, {}),
    'POST /v1/auth/accept-invite': (PUBLIC, {}),
    'POST /v1/auth/sign-out': (OPERATOR, {}),
    'GET /v1/me': (OPERATOR, None),
    'PATCH /v1/me': (OPERATOR, {'name': 'Renamed'}),
    'PUT /v1/me/presence': (OPERATOR, {'presence': 'available'}),
    'PUT /v1/me/password': (OPERATOR, {'old': 'not this one', 'new': 'an even better one'}),
    'GET /v1/business': (OPERATOR, None),
    'PATCH /v1/business': (ADMIN, {'name': 'Renamed'}),
    'GET /v1/team': (OPERATOR, None),
    'POST /v1/team/invites': (ADMIN, {'role': 'operator'}),
    'PATCH /v1/team/{operator}': (ADMIN, {'active': True}),
    'GET /v1/agents': (OPERATOR, None),
    'POST /v1/agents': (ADMIN, {'name': 'One more', 'kind': 'custom'}),
    'PATCH /v1/agents/{agent}': (ADMIN, {'enabled': True}),
    'POST /v1/agents/{agent}/keys': (ADMIN, {}),
    'DELETE /v1/agents/{agent}/keys/{key}': (ADMIN, None),
    'GET /v1/channels': (OPERATOR, None),
    'POST /v1/channels': (ADMIN, {'kind': 'telegram', 'token': '{token}'}),
    'PATCH /v1/channels/{channel}': (ADMIN, {'agent_id': None}),
    'DELETE /v1/channels/{channel}': (ADMIN, None),
    'POST /channels/{channel}/webhook': (PUBLIC, {}),
    'GET /v1/templates': (OPERATOR, None),
    'POST /v1/templates': (OPERATOR, {'name': 'T', 'text': 't', 'scope': 'personal'}),
    'PATCH /v1/templates/{template}': (OPERATOR, {'text': 'changed'}),
    'DELETE /v1/templates/{template}': (OPERATOR, None),
    'GET /v1/conversations': (OPERATOR, None),
    'GET /v1/conversations/{conversation}': (OPERATOR, None),
    'GET /v1/conversations/{conversation}/messages': (OPERATOR, None),
    'GET /v1/conversations/{conversation}/escalations': (OPERATOR, None),
    'POST /v1/conversations/{conversation}/messages': (OPERATOR, {'kind': 'note', 'text': 'x'}),
    'POST /v1/conversations/{conversation}/claim': (OPERATOR, {}),
    'POST /v1/conversations/{conversation}/release': (OPERATOR, {}),
    'POST /v1/conversations/{conversation}/transfer': (OPERATOR, {'operator_id': '{operator}'}),
    'POST /v1/conversations/{conversation}/resolve': (OPERATOR, {'outcome': 'close'}),
    'POST /v1/conversations/{conversation}/read': (OPERATOR, {'message_id': '{message}'}),
    'POST /v1/attachments': (OPERATOR, {'any': 'bytes'}),
    'GET /v1/attachments/{attachment}': (OPERATOR, None),
    'POST /v1/alerts/{escalation}': (OPERATOR, {'state': 'shown'}),
    'POST /v1/signals': (OPERATOR, {'conversation_id': '{conversation}', 'kind': 'typing'}),
    'GET /v1/events': (OPERATOR, None),
    'GET /agent/v1/events': (AGENT, None),
    'POST /agent/v1/escalations': (AGENT, {'conversation': {'external_id': 'mine'}, 'summary': 's', 'trigger': 'other'}),
    'POST /agent/v1/conversations/{external}/messages': (AGENT, {'author': 'customer', 'text': 'x'}),
    'GET /agent/v1/conversations/{external}': (AGENT, None),
    'POST /agent/v1/conversations/{external}/close': (AGENT, {}),
    'POST /agent/v1/attachments': (AGENT, {'any': 'bytes'}),
    'GET /agent/v1/attachments/{attachment}': (AGENT, None),
    'POST /agent/v1/messages/{reply}/status': (AGENT, {'state': 'read'}),
    'POST /mcp': (AGENT, {'jsonrpc': '2.0', 'id': 1, 'method': 'tools/call',
                          'params': {'name': 'get_control', 'arguments': {'conversation': '{external}'}}}),
}
# For agents a name of their own: another business's means nothing, and may be made. So is an account on a platform.
NAMES_OF_THEIR_OWN = {'POST /v1/channels', 'POST /agent/v1/conversations/{external}/messages', 'POST /mcp'}


class Doors(FireCase):
    def setUp(self):
        self.telegram = Telegram()
        self.addCleanup(self.telegram.close)
        self.settings = '[telegram]\naddress=%s\n' % self.telegram.address
        super().setUp()
        address = self.service.direct
        self.owner = Operator.sign_up(address, 'Ours', 'Owner')
        self.admin, self.person = self.owner.invite('Admin', 'admin'), self.owner.invite('Person', 'operator')
        record, key = self.owner.new_agent()
        self.bot = Agent(address, key)
        opened = self.bot.escalate('secret', 'Help', 'other').body
        number = opened['conversation_id']
        said = self.bot.say('secret', 'customer', 'Hello').body['message_id']
        self.owner.command(number, 'claim')
        reply = self.owner.post('/v1/conversations/%s/messages' % number, {'kind': 'reply', 'text': 'Yes'})['id']
        attachment = self.bot.post('/agent/v1/attachments', {'our': 'bytes'})['id']
        self.bot.post('/agent/v1/conversations/secret/messages', {'author': 'customer', 'attachments': [attachment]})
        spare = self.owner.post('/v1/agents/%s/keys' % record['id'], {})
        template = self.owner.post('/v1/templates', {'name': 'Ours', 'text': 'Ours', 'scope': 'business'})
        token = self.telegram.add_bot().token
        channel = self.owner.post('/v1/channels', {'kind': 'telegram', 'token': token})
        self.ids = {'operator': self.person.id, 'agent': record['id'], 'key': spare['id'], 'conversation': number,
                    'channel': channel['id'], 'token': token,
                    'message': said, 'reply': reply, 'external': 'secret', 'template': template['id'],
                    'escalation': opened['escalation_id'], 'attachment': attachment}
        self.stranger = Operator.sign_up(address, 'Theirs', 'Stranger')
        self.strange_bot = Agent(address, self.stranger.new_agent()[1])
        self.strange_bot.say('own', 'customer', 'Hello')

    def fill(self, item):
        if isinstance(item, dict):
            return {name: self.fill(value) for name, value in item.items()}
        if isinstance(item, str):
            for name, value in self.ids.items():
                item = item.replace('{%s}' % name, value)
        return item

    def knock(self, who, route):
        method, path = route.split(' ')
        return who.request(method, self.fill(path), self.fill(ROUTES[route][1]))

    def sequence(self):
        return self.owner.request('GET', '/v1/me').sequence

    def assert_shut(self, who, route, statuses):
        before = self.sequence()
        answer = self.knock(who, route)
        self.assertIn(answer.status, statuses, '%s: %r' % (route, answer))
        self.assertTrue(answer.code, answer)
        self.assertTrue(answer.body.get('detail'), answer)
        self.assertEqual(self.sequence(), before, '%s was refused, but wrote something' % route)

    def test_the_table_is_whole(self):
        document = Client(self.service.direct).get('/openapi.json')
        known = {tuple(part if not part.startswith('{') else '{}' for part in route.split(' ')[1].split('/')) +
                 (route.split(' ')[0],) for route in ROUTES}
        documented = {tuple(part if not part.startswith('{') else '{}' for part in path.split('/')) + (method.upper(),)
                      for path, methods in document['paths'].items() for method in methods
                      if method in ('get', 'post', 'put', 'patch', 'delete')}
        self.assertEqual(known - documented, set())
        self.assertEqual(documented - known, set())

    def test_nobody(self):
        address = self.service.direct
        nobodies = [Client(address), Client(address, ''), Client(address, 'x'), Client(address, self.owner.token[:-1]),
                    Client(address, self.owner.token + 'x'), Client(address, self.owner.token.swapcase())]
        for route, (access, _) in ROUTES.items():
            for nobody in nobodies:
                if access != PUBLIC:
                    self.assert_shut(nobody, route, [401])

    def test_the_wrong_kind(self):
        for route, (access, _) in ROUTES.items():
            if access in (OPERATOR, ADMIN):
                self.assert_shut(self.bot, route, [401])
            elif access == AGENT:
                self.assert_shut(self.owner, route, [401])

    def test_roles(self):
        for route, (access, _) in ROUTES.items():
            if access == ADMIN:
                self.assert_shut(self.person, route, [403])

    def test_another_business(self):
        for route in sorted(ROUTES, key=lambda route: route in NAMES_OF_THEIR_OWN):
            access = ROUTES[route][0]
            if self.fill(ROUTES[route][1]) == ROUTES[route][1] and self.fill(route) == route:
                continue
            who = self.strange_bot if access == AGENT else self.stranger
            if route in NAMES_OF_THEIR_OWN:
                before = self.sequence()
                answer = self.knock(who, route)
                self.assertNotIn(self.ids['conversation'], answer.raw.decode(), route)
                self.assertNotIn('Hello', answer.raw.decode(), route)
                self.assertEqual(self.sequence(), before, route)
            else:
                # A platform proves itself by what it says, not by whom it is.
                self.assert_shut(who, route, [403] if access == PUBLIC else [404])

    def test_lists_hold_nothing_of_another_business(self):
        ours = {value for value in self.ids.values() if value != 'secret'} | {self.owner.id, self.admin.id}
        for route, (access, _) in ROUTES.items():
            if access in (OPERATOR, ADMIN) and route.startswith('GET') and '{' not in route and route != 'GET /v1/events':
                text = self.knock(self.stranger, route).raw.decode()
                self.assertEqual([number for number in ours if number in text], [], route)
        last = self.stranger.request('GET', '/v1/me').sequence
        with self.stranger.stream('/v1/events', after=0) as stream:
            told = ' '.join(str(stream.next().data) for _ in range(last))
            self.assertEqual([number for number in ours if number in told], [])
        their_cursor = self.stranger.get('/v1/conversations', view='all', limit=1)
        self.assertEqual(their_cursor['next_cursor'], None)

    def test_whoever_may(self):
        """Without this, a service that refuses everything would pass."""
        late = {'POST /v1/auth/sign-out', 'DELETE /v1/agents/{agent}/keys/{key}', 'DELETE /v1/templates/{template}',
                'PUT /v1/me/password', 'GET /v1/events', 'GET /agent/v1/events'}
        for route, (access, _) in ROUTES.items():
            if access != PUBLIC and route not in late:
                answer = self.knock(self.bot if access == AGENT else self.owner, route)
                self.assertIn(answer.status, (200, 201, 204, 409), '%s: %r' % (route, answer))
                self.assertNotIn(answer.code, ('unauthorized', 'forbidden', 'not_found'), route)
        for who, route in ((self.bot, '/agent/v1/events'), (self.person, '/v1/events')):
            with who.stream(route, after=0) as stream:
                self.assertEqual(stream.status, 200)
        self.assertEqual(self.knock(self.admin, 'DELETE /v1/agents/{agent}/keys/{key}').status, 204)
        self.assertEqual(self.knock(self.owner, 'DELETE /v1/templates/{template}').status, 204)
        self.assertEqual(self.knock(self.person, 'POST /v1/auth/sign-out').status, 204)

    def test_streams_end_with_the_right_to_them(self):
        ends = [('a role', self.person, lambda: self.admin.patch('/v1/team/' + self.person.id, {'role': 'admin'})),
                ('a dismissal', self.admin, lambda: self.owner.patch('/v1/team/' + self.admin.id, {'active': False}))]
        for what, who, end in ends:
            with self.subTest(what), who.stream('/v1/events', after=0) as stream:
                stream.next()
                end()
                stream.wait_end(2)


if __name__ == '__main__':
    sys.exit(tap.main())
