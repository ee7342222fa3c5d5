#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Handover developers
"""What the service refuses, each with a clear error, and nothing is lost."""

import http.client
import sys
import urllib.parse

from support import tap
from support.cases import ServiceCase
from support.interface import Agent, Client, Operator

MEBIBYTE = 1024 * 1024


class Identity(ServiceCase):
    def test_wrong_password_and_unknown_address_look_alike(self):
        owner, _ = self.new_business()
        wrong = self.anonymous().request('POST', '/v1/auth/sign-in', {'email': owner.email, 'password': 'not this one'})
        unknown = self.anonymous().request('POST', '/v1/auth/sign-in', {'email': 'no@example.com', 'password': 'x' * 12})
        self.assert_refused(wrong, 401)
        self.assert_refused(unknown, 401)
        self.assertEqual((wrong.code, wrong.body['detail']), (unknown.code, unknown.body['detail']))

    def test_guessing_is_slowed_down(self):
        owner, _ = self.new_business()
        codes = [self.anonymous().request('POST', '/v1/auth/sign-in',
                                          {'email': owner.email, 'password': 'guess number %d' % n}).status
                 for n in range(20)]
        self.assertIn(429, codes)
        self.assertEqual(set(codes), {401, 429})
        self.assertEqual(owner.get('/v1/me')['id'], owner.id)

    def test_sign_out_and_another_password_end_sessions(self):
        owner, _ = self.new_business()
        other = Operator.sign_in(self.address, owner.email, owner.password)
        with other.stream('/v1/events') as stream:
            owner.put('/v1/me/password', {'old': owner.password, 'new': 'an even better one'})
            stream.wait_end(3)
        self.assert_refused(other.request('GET', '/v1/me'), 401)
        self.assertEqual(owner.get('/v1/me')['id'], owner.id)
        owner.post('/v1/auth/sign-out')
        self.assert_refused(owner.request('GET', '/v1/me'), 401)

    def test_a_deleted_key_is_worth_nothing(self):
        owner, agent = self.new_business()
        made = owner.post('/v1/agents/%s/keys' % agent.record['id'], {'name': 'second'})
        second = Agent(self.address, made['key'])
        self.assertEqual(second.say('c', 'customer', 'Hello').status, 201)
        owner.delete('/v1/agents/%s/keys/%s' % (agent.record['id'], made['id']))
        self.assert_refused(second.say('c', 'customer', 'Hello?'), 401)
        self.assertEqual(agent.say('c', 'customer', 'Hello!').status, 201)

    def test_keys_do_not_open_the_other_door(self):
        owner, agent = self.new_business()
        self.assertIn(agent.request('GET', '/v1/conversations').status, (401, 403))
        self.assertIn(owner.request('GET', '/agent/v1/conversations/c').status, (401, 403))
        for path in ('/v1/me', '/v1/conversations', '/v1/events', '/agent/v1/events', '/v1/agents', '/v1/team'):
            self.assert_refused(self.anonymous().request('GET', path), 401)
            self.assert_refused(Client(self.address, 'made-up').request('GET', path), 401)

    def test_roles(self):
        owner, agent = self.new_business()
        person = owner.invite('Noor', 'operator')
        self.assert_refused(person.request('POST', '/v1/agents', {'name': 'Mine', 'kind': 'custom'}), 403)
        self.assert_refused(person.request('POST', '/v1/agents/%s/keys' % agent.record['id'], {}), 403)
        self.assert_refused(person.request('POST', '/v1/team/invites', {'role': 'admin'}), 403)
        self.assert_refused(person.request('PATCH', '/v1/team/' + owner.id, {'active': False}), 403)
        self.assert_refused(person.request('PATCH', '/v1/business', {'transition_message': 'Ha'}), 403)
        admin = owner.invite('Sam', 'admin')
        self.assert_refused(admin.request('PATCH', '/v1/team/' + owner.id, {'role': 'operator'}), 403)
        number = agent.escalate('c', 'Help', 'other').body['conversation_id']
        person.command(number, 'claim')
        with person.stream('/v1/events') as stream:
            admin.patch('/v1/team/' + person.id, {'active': False})
            stream.wait_end(3)
        self.assert_refused(person.request('GET', '/v1/me'), 401)
        self.assertEqual(owner.get('/v1/conversations/' + number)['control'], 'waiting')

    def test_an_invite_works_once(self):
        owner, _ = self.new_business()
        invite = owner.post('/v1/team/invites', {'role': 'operator'})['invite']
        form = {'invite': invite, 'name': 'A', 'email': 'a-%s@example.com' % owner.id, 'password': owner.password}
        self.assertEqual(self.anonymous().request('POST', '/v1/auth/accept-invite', form).status, 201)
        again = dict(form, email='b-%s@example.com' % owner.id)
        answer = self.anonymous().request('POST', '/v1/auth/accept-invite', again)
        self.assertIn(answer.status, (404, 409, 410), answer)


class OtherBusinesses(ServiceCase):
    def test_their_ids_do_not_exist_here(self):
        owner, agent = self.new_business('Ours')
        stranger, their_agent = self.new_business('Theirs')
        number = agent.escalate('secret', 'Ours alone', 'other', metadata={'order_number': '1'}).body['conversation_id']
        owner.command(number, 'claim')
        reply = owner.post('/v1/conversations/%s/messages' % number, {'kind': 'reply', 'text': 'Ours'})
        path = '/v1/conversations/' + number
        attempts = [('GET', path, None), ('GET', path + '/messages', None), ('GET', path + '/escalations', None),
                    ('POST', path + '/messages', {'kind': 'note', 'text': 'x'}), ('POST', path + '/claim', {}),
                    ('POST', path + '/release', {}), ('POST', path + '/transfer', {'operator_id': stranger.id}),
                    ('POST', path + '/resolve', {'outcome': 'close'}),
                    ('POST', path + '/read', {'message_id': reply['id']}),
                    ('PATCH', '/v1/team/' + owner.id, {'active': False}),
                    ('PATCH', '/v1/agents/' + agent.record['id'], {'enabled': False}),
                    ('POST', '/v1/agents/%s/keys' % agent.record['id'], {})]
        for method, target, body in attempts:
            with self.subTest(method + ' ' + target):
                self.assert_refused(stranger.request(method, target, body), 404, 'not_found')
        status = their_agent.request('POST', '/agent/v1/messages/%s/status' % reply['id'], {'state': 'read'})
        self.assert_refused(status, 404, 'not_found')
        self.assert_refused(their_agent.request('GET', '/agent/v1/conversations/secret'), 404, 'not_found')
        self.assertEqual(stranger.conversations('all'), [])
        self.assertEqual(owner.get(path)['holder']['id'], owner.id)

    def test_the_same_name_is_another_conversation(self):
        owner, agent = self.new_business('Ours')
        stranger, their_agent = self.new_business('Theirs')
        ours = agent.escalate('chat-1', 'Ours', 'other').body['conversation_id']
        theirs = their_agent.escalate('chat-1', 'Theirs', 'other').body['conversation_id']
        self.assertNotEqual(ours, theirs)
        self.assertEqual([c['id'] for c in stranger.conversations('waiting')], [theirs])


class BadInput(ServiceCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.owner = Operator.sign_up(cls.address)
        cls.agent = Agent(cls.address, cls.owner.new_agent()[1])

    def escalation(self, **changes):
        body = {'conversation': {'external_id': 'bad'}, 'summary': 'Help', 'trigger': 'other', **changes}
        return self.agent.request('POST', '/agent/v1/escalations', body)

    def test_malformed_bodies(self):
        for raw in (b'', b'{', b'[]', b'"text"', b'{"summary": "a"} {}', b'{"summary": "\xff\xfe"}', b'null',
                    b'{"summary": "\\u0000"}', b'{"a": NaN}'):
            with self.subTest(raw):
                answer = self.agent.request('POST', '/agent/v1/escalations', raw=raw)
                self.assertIn(answer.status, (400, 422), answer)
                self.assert_refused(answer, answer.status)

    def test_depth(self):
        raw = b'{"metadata": ' + b'[' * 10000 + b']' * 10000 + b'}'
        self.assertIn(self.agent.request('POST', '/agent/v1/escalations', raw=raw).status, (400, 422))
        deep = {'a': 1}
        for _ in range(40):
            deep = {'a': deep}
        self.assertIn(self.escalation(metadata=deep).status, (400, 422))

    def test_oversized(self):
        huge = b'{"summary": "' + b'x' * (5 * MEBIBYTE) + b'"}'
        self.assert_refused(self.agent.request('POST', '/agent/v1/escalations', raw=huge), 413)
        cases = {'summary': 'x' * (16 * 1024 + 1), 'metadata': {'m': 'x' * (64 * 1024)},
                 'transcript': [{'author': 'customer', 'text': str(n)} for n in range(2001)],
                 'conversation': {'external_id': 'x' * 201}}
        for member, value in cases.items():
            with self.subTest(member):
                answer = self.escalation(**{member: value})
                self.assertIn(answer.status, (413, 422), answer)
                self.assertIn(member, self.assert_refused(answer, answer.status).body['detail'])

    def test_wrong_members(self):
        cases = {'trigger': ('boredom', 7, None), 'confidence': (1.5, -0.1, 'high'), 'priority': ('very',),
                 'transcript': ({}, [{'author': 'ghost', 'text': 'boo'}], [{'text': 'nobody'}], [7]),
                 'conversation': ({}, 'bad', {'external_id': ''}, {'external_id': 7}), 'summary': (None, 7, [])}
        for member, values in cases.items():
            for value in values:
                with self.subTest(member, value=value):
                    answer = self.escalation(**{member: value})
                    self.assertIn(member, self.assert_refused(answer, 422).body['detail'])
        self.assertNotIn('bad', [c['external_id'] for c in self.owner.conversations('all')])

    def test_unknown_members_are_ignored(self):
        answer = self.agent.escalate('fine', 'Help', 'other', tomorrow={'x': 1})
        self.assertEqual(answer.status, 201, answer)

    def test_unknown_paths_and_methods(self):
        for method, path in (('GET', '/'), ('GET', '/v2/me'), ('POST', '/v1/nothing'), ('GET', '/v1/conversations/x/y')):
            self.assert_refused(self.owner.request(method, path, {} if method == 'POST' else None), 404)
        self.assert_refused(self.owner.request('DELETE', '/v1/me'), 405)
        self.assert_refused(self.owner.request('GET', '/v1/conversations/%s' % ('f' * 300)), 404)
        for query in ('view=nonsense', 'limit=-1', 'limit=many', 'cursor=nonsense'):
            answer = self.owner.request('GET', '/v1/conversations?' + query)
            self.assertIn(answer.status, (400, 422), answer)
            self.assertIn(query.split('=')[0], self.assert_refused(answer, answer.status).body['detail'])

    def test_a_client_that_leaves_in_the_middle(self):
        parts = urllib.parse.urlsplit(self.service.direct)
        for part in (b'', b'{"conversation": {"external_id": "half"'):
            connection = http.client.HTTPConnection(parts.hostname, parts.port)
            connection.putrequest('POST', '/agent/v1/escalations')
            connection.putheader('Authorization', 'Bearer ' + self.agent.token)
            connection.putheader('Content-Length', '5000')
            connection.endheaders()
            connection.send(part)
            connection.close()
        self.assertEqual(self.owner.get('/v1/me')['id'], self.owner.id)
        self.assert_refused(self.agent.request('GET', '/agent/v1/conversations/half'), 404)

    def test_secrets_stay_out_of_the_log(self):
        self.agent.request('GET', '/agent/v1/conversations/fine?after=%s' % self.agent.token)
        self.service.wait_request('GET', '/agent/v1/conversations/fine', 200 if self._is_there('fine') else 404)
        log = self.service.log()
        for secret in (self.agent.token, self.owner.token, self.owner.password):
            self.assertNotIn(secret, log)

    def _is_there(self, name):
        return self.agent.request('GET', '/agent/v1/conversations/' + name).status == 200


if __name__ == '__main__':
    sys.exit(tap.main())
