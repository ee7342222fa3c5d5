#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Handover developers
"""The main job against the service alone: a cry for help, the freeze, a person, and the way back."""

import json
import os
import sys

from support import tap
from support.cases import ServiceCase
from support.waiting import wait_until

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'demo'))
import dialogue as dialogues  # noqa: E402
from agents import McpAgent  # noqa: E402

DIALOGUES = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'demo', 'dialogues')


def sample(name):
    return dialogues.load(os.path.join(DIALOGUES, name + '.json'))


class OverHttp(ServiceCase):
    def relay(self, agent, dialogue, name):
        for entry in dialogues.transcript_for_service(dialogue):
            answer = agent.say(name, entry.pop('author'), entry.pop('text'),
                               customer=dialogue['conversation']['customer'], **entry)
            self.assertEqual(answer.status, 201, answer)
        return answer.body

    def escalate(self, agent, dialogue, name):
        return agent.escalate(name, customer=dialogue['conversation']['customer'], metadata=dialogue['metadata'],
                              transcript=dialogues.transcript_for_service(dialogue), **dialogue['escalation'])

    def test_the_main_job(self):
        owner, agent = self.new_business()
        dialogue = sample('return')
        told = self.relay(agent, dialogue, 'job')
        self.assertEqual((told['control'], told['epoch'], told['may_reply']), ('agent', 1, True))

        with owner.stream('/v1/events') as desk, agent.stream('/agent/v1/events') as bot:
            called = self.escalate(agent, dialogue, 'job')
            self.assertEqual(called.status, 201, called)
            self.assertEqual((called.body['control'], called.body['epoch'], called.body['may_reply']),
                             ('waiting', 2, False))
            self.assertTrue(called.body['transition_message'])
            number = called.body['conversation_id']
            opened = desk.next('escalation.opened')
            self.assertEqual(opened.data['escalation']['id'], called.body['escalation_id'])

            waiting = owner.conversations('waiting')
            self.assertEqual([c['id'] for c in waiting], [number])
            self.assertEqual(waiting[0]['escalation']['summary'], dialogue['escalation']['summary'])
            self.assertEqual(waiting[0]['metadata']['cart'], dialogue['metadata']['cart'])
            self.check_transcript(owner, number, dialogue)

            frozen = self.assert_refused(agent.say('job', 'agent', 'One more thing.', epoch=2), 409,
                                         'conversation_frozen')
            self.assertEqual((frozen.body['control'], frozen.body['may_reply']), ('waiting', False))
            refused = desk.next('message.refused')
            self.assertEqual(refused.data['message']['text'], 'One more thing.')

            claimed = owner.command(number, 'claim')
            self.assertEqual((claimed['control'], claimed['epoch'], claimed['holder']['id']),
                             ('operator', 3, owner.id))
            reply = owner.post('/v1/conversations/%s/messages' % number,
                               {'kind': 'reply', 'text': 'I will make an exception.', 'epoch': 3})
            self.assertEqual(reply['delivery']['state'], 'sent')
            owner.post('/v1/conversations/%s/messages' % number, {'kind': 'note', 'text': 'VIP, be kind'})

            bot.next('message.created', lambda d: d['message']['text'] == 'I will make an exception.')
            seen = agent.read('job')
            self.assertIn('I will make an exception.', [m['text'] for m in seen['messages']])
            self.assertNotIn('VIP, be kind', json.dumps(seen))
            self.assertFalse(seen['may_reply'])
            agent.post('/agent/v1/messages/%s/status' % reply['id'], {'state': 'delivered'})
            desk.next('message.updated', lambda d: d['message'].get('delivery', {}).get('state') == 'delivered')
            self.assert_refused(agent.say('job', 'agent', 'But the policy!', epoch=3), 409, 'conversation_frozen')

            back = owner.command(number, 'resolve', outcome='resume_agent', resolution='promised',
                                 brief='Send the label by e-mail; no fee.')
            self.assertEqual((back['control'], back['epoch']), ('agent', 4))
            bot.next('control.changed', lambda d: d['conversation']['control'] == 'agent')
            self.assertNotIn('VIP, be kind', json.dumps([event.data for event in bot.seen]))

        turn = agent.read('job')
        self.assertEqual(turn['brief'], 'Send the label by e-mail; no fee.')
        self.assertTrue(turn['may_reply'])
        self.assert_refused(agent.say('job', 'agent', 'I did not look.', epoch=3), 409, 'stale_epoch')
        self.assert_refused(agent.say('job', 'agent', 'I did not even say.'), 409, 'epoch_required')
        self.assertEqual(agent.say('job', 'agent', 'The label is on its way.', epoch=turn['epoch']).status, 201)

    def check_transcript(self, owner, number, dialogue):
        """Every line once, in order, though it was relayed and then sent along."""
        messages = list(reversed(owner.messages(number, limit=200)))
        lines = [(m['author'], m['text']) for m in messages if m['author'] in ('customer', 'agent', 'tool')]
        self.assertEqual(lines, [(e['author'], e['text']) for e in dialogue['transcript']])
        tool = next(m for m in messages if m['author'] == 'tool' and m.get('tool'))
        self.assertEqual(tool['tool']['result']['days_since_delivery'], 94)
        self.assertEqual([m['kind'] for m in messages].count('transition'), 1)

    def test_a_dialogue_without_order_cart_or_user(self):
        owner, agent = self.new_business()
        dialogue = sample('two-parcels')
        called = self.escalate(agent, dialogue, 'long')
        self.assertEqual(called.status, 201, called)
        messages = owner.messages(called.body['conversation_id'], limit=50)
        self.assertEqual(max(len(m['text']) for m in messages), 4000)
        texts = [m['text'] for m in reversed(messages) if m['author'] == 'customer']
        self.assertEqual(texts, [e['text'] for e in dialogue['transcript'] if e['author'] == 'customer'])
        self.assertTrue(any('12.90 EUR' in text and '49.00 AED' in text for text in texts), texts)
        conversation = owner.get('/v1/conversations/' + called.body['conversation_id'])
        self.assertEqual(conversation['metadata'], dialogue['metadata'])
        self.assertFalse({'order_number', 'cart', 'user_id'} & set(conversation['metadata']))
        self.assertEqual({name for name in conversation['customer'] if name != 'id'}, {'name'})
        self.assertEqual(conversation['customer']['name'], 'ليلى حداد')

    def test_prices_are_kept_as_they_were_said(self):
        owner, agent = self.new_business()
        cart = [{'name': 'وشاح حرير', 'quantity': 2, 'unit_price': '349.50', 'currency': 'AED'},
                {'name': 'Lampe de bureau', 'quantity': 1, 'unit_price': 89.9, 'currency': 'EUR'}]
        called = agent.escalate('cart', 'Asks about two prices', metadata={'cart': cart})
        conversation = owner.get('/v1/conversations/' + called.body['conversation_id'])
        self.assertEqual(conversation['metadata']['cart'], cart)

    def test_the_transition_message_is_no_refusal(self):
        _, agent = self.new_business()
        called = agent.escalate('polite', 'Asks for a person', 'customer_request').body
        repeated = agent.say('polite', 'agent', called['transition_message'], epoch=called['epoch'])
        self.assertEqual(repeated.status, 201, repeated)
        seen = [m['text'] for m in agent.read('polite')['messages']]
        self.assertEqual(seen.count(called['transition_message']), 1)

    def test_a_second_call_is_the_same_escalation(self):
        owner, agent = self.new_business()
        first = agent.escalate('again', 'First', 'low_confidence', metadata={'a': 1})
        second = agent.escalate('again', 'Second', 'low_confidence', metadata={'b': 2})
        self.assertEqual((first.status, second.status), (201, 200), second)
        self.assertEqual(first.body['escalation_id'], second.body['escalation_id'])
        metadata = owner.get('/v1/conversations/' + first.body['conversation_id'])['metadata']
        self.assertEqual((metadata.get('a'), metadata.get('b')), (1, 2))

    def test_one_of_two_operators_gets_it(self):
        owner, agent = self.new_business()
        colleague = owner.invite('Noor')
        number = agent.escalate('contested', 'Both want it', 'other').body['conversation_id']
        owner.command(number, 'claim')
        self.assertEqual(owner.command(number, 'claim')['holder']['id'], owner.id)
        answer = colleague.request('POST', '/v1/conversations/%s/claim' % number, {})
        self.assertIn('Kim', self.assert_refused(answer, 409, 'already_claimed').body['detail'])
        late = colleague.request('POST', '/v1/conversations/%s/messages' % number, {'kind': 'reply', 'text': 'Me!'})
        self.assert_refused(late, 409, 'not_holder')
        moved = owner.command(number, 'transfer', operator_id=colleague.id)
        self.assertEqual(moved['holder']['id'], colleague.id)
        since = moved.get('waiting_since')
        released = colleague.command(number, 'release')
        self.assertEqual(released['control'], 'waiting')
        self.assertEqual(since or released['waiting_since'], released['waiting_since'])
        closed = owner.command(number, 'claim')
        self.assertEqual(closed['control'], 'operator')
        self.assertEqual(owner.command(number, 'resolve', outcome='close', resolution='solved')['control'], 'closed')
        back = agent.say('contested', 'customer', 'Hello again')
        self.assertEqual((back.status, back.body['control']), (201, 'agent'))


class OverMcp(ServiceCase):
    def test_the_main_job(self):
        before = self.agent_requests()
        for version in ('2025-06-18', '2025-11-25'):
            with self.subTest(version):
                self.main_job(version)
        self.service.wait_request('POST', '/mcp')
        self.assertEqual(self.agent_requests(), before)

    def agent_requests(self):
        return [str(r) for r in self.service.requests() if r.path.startswith('/agent/v1')]

    def main_job(self, version):
        owner, agent = self.new_business()
        bot = McpAgent(self.address, agent.token, 'by-mcp', version)
        tools = bot.connect()
        self.assertEqual(bot.version, version)
        self.assertIn('stop', tools['escalate_to_human']['description'].lower())
        dialogue = sample('return')
        called = bot.escalate(dialogue, dialogues.transcript_for_service(dialogue))
        self.assertEqual((called.control, called.may_reply, called.refused), ('waiting', False, None))
        number = called.body['conversation_id']
        refused = bot.tell({'author': 'agent', 'text': 'I go on anyway.'})
        self.assertTrue(refused.refused, refused.body)
        owner.command(number, 'claim')
        owner.post('/v1/conversations/%s/messages' % number, {'kind': 'reply', 'text': 'A person here.'})
        heard = wait_until(lambda: [m for m in bot.look().body.get('messages', []) if m['author'] == 'operator'],
                           'the reply by get_control')
        self.assertEqual(heard[0]['text'], 'A person here.')
        owner.command(number, 'resolve', outcome='resume_agent', brief='All agreed.')
        turn = bot.look()
        self.assertEqual((turn.control, turn.body['brief']), ('agent', 'All agreed.'))
        self.assertIsNone(bot.tell({'author': 'agent', 'text': 'Back again.'}).refused)
        self.assertIn('Back again.', [m['text'] for m in owner.messages(number)])

    def test_refusals(self):
        _, agent = self.new_business()
        self.assertEqual(self.anonymous().request('POST', '/mcp', {}).status, 401)
        rude = agent.request('POST', '/mcp', {'jsonrpc': '2.0', 'id': 1, 'method': 'ping'},
                             headers={'Origin': 'https://elsewhere.example'})
        self.assertEqual(rude.status, 403, rude)
        self.assertEqual(agent.request('GET', '/mcp').status, 405)
        broken = agent.request('POST', '/mcp', raw=b'{"jsonrpc": ')
        self.assertEqual((broken.status, broken.body['error']['code']), (400, -32700), broken)
        batch = agent.request('POST', '/mcp', [{'jsonrpc': '2.0', 'id': 1, 'method': 'ping'}])
        self.assertEqual((batch.status, batch.body['error']['code']), (400, -32600), batch)
        unknown = agent.request('POST', '/mcp', {'jsonrpc': '2.0', 'id': 1, 'method': 'nothing/such'})
        self.assertEqual((unknown.status, unknown.body['error']['code']), (200, -32601), unknown)
        odd = agent.request('POST', '/mcp', {'jsonrpc': '2.0', 'id': 1, 'method': 'ping'},
                            headers={'MCP-Protocol-Version': '1999-01-01'})
        self.assertEqual(odd.status, 400, odd)

    def test_a_pinned_conversation(self):
        _, agent = self.new_business()

        def call(arguments):
            return agent.request('POST', '/mcp', {
                'jsonrpc': '2.0', 'id': 1, 'method': 'tools/call',
                'params': {'name': 'escalate_to_human', 'arguments': arguments}},
                headers={'Handover-Conversation': 'pinned'}).body['result']
        good = call({'summary': 'Help', 'trigger': 'other'})
        self.assertFalse(good.get('isError'), good)
        self.assertEqual(agent.read('pinned')['control'], 'waiting')
        self.assertTrue(call({'summary': 'Help', 'trigger': 'other', 'external_id': 'another'})['isError'])
        self.assertTrue(call({'summary': 'Help', 'trigger': 'boredom'})['isError'])


if __name__ == '__main__':
    sys.exit(tap.main())
