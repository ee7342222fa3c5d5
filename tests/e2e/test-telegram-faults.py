#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Handover developers
"""Whatever Telegram, the line to it and the power do: nothing is lost, nothing is said twice, and what nobody can know
is said to be unknown."""

import http.client
import json
import random
import sys
import threading
import urllib.parse

from support import tap
from support.telegram import cut, flood, garbage, page, refusal, silence
from support.telegram.cases import TelegramCase
from support.telegram.server import post_update
from support.waiting import wait_until


class Sending(TelegramCase):
    def setUp(self):
        self.shop = self.new_shop()
        self.bot = self.shop.bot
        self.ana, self.conversation = self.new_conversation(self.shop)

    def meet(self, fault, times=1):
        """The first of two replies meets a fault; returns how it was delivered, once the second has arrived."""
        self.bot.fail('sendMessage', fault, times)
        first = self.shop.reply(self.conversation, 'First')
        second = self.shop.reply(self.conversation, 'Second')
        self.shop.wait_delivery(self.conversation, second, 'sent')
        self.assertEqual(fault.count, times)
        return self.shop.delivery(self.conversation, first)

    def answers(self):
        return self.bot.texts(self.ana)[1:]

    def assert_tried_again(self, fault, times=1):
        self.assertEqual(self.meet(fault, times)['state'], 'sent')
        self.assertEqual(self.answers(), ['First', 'Second'])

    def assert_unknown(self, fault, arrived):
        delivery = self.meet(fault)
        self.assertEqual(delivery['state'], 'failed')
        self.assertIn('may not have arrived', delivery['reason'])
        self.assertEqual(self.answers(), ['First', 'Second'] if arrived else ['Second'])

    def test_too_fast(self):
        fault = flood(2)
        self.assert_tried_again(fault)
        self.assertGreaterEqual(next(sent.at for sent in self.bot.sent if sent.text == 'First') - fault.at, 2)

    def test_a_fault_of_theirs(self):
        self.assert_tried_again(refusal(500, 'Internal Server Error'), 3)

    def test_a_gateway_without_anybody_behind(self):
        self.assert_tried_again(page(502), 2)

    def test_a_gateway_that_did_not_wait(self):
        self.assert_unknown(page(504, accepts=True), True)

    def test_cut_before_it_was_taken(self):
        self.assert_unknown(cut(), False)

    def test_cut_after_it_was_taken(self):
        self.assert_unknown(cut(accepts=True), True)

    def test_no_answer(self):
        self.assert_unknown(silence(accepts=True), True)

    def test_an_answer_that_is_none(self):
        self.assert_unknown(garbage(b'{"ok":tru'), False)

    def test_something_on_the_way(self):
        self.assert_tried_again(page(407))

    def test_blocked_and_unblocked(self):
        self.ana.blocks()
        reply = self.shop.reply(self.conversation, 'Hello?')
        delivery = self.shop.wait_delivery(self.conversation, reply, 'failed')
        self.assertEqual(delivery['reason'], 'The customer has blocked the bot.')
        self.ana.unblocks()
        self.ana.writes('I am back')
        self.shop.wait_conversation('I am back')
        again = self.shop.reply(self.conversation, 'Welcome back')
        self.shop.wait_delivery(self.conversation, again, 'sent')
        self.assertEqual(self.answers(), ['Welcome back'])

    def test_nobody_there(self):
        del self.bot.chats[self.ana.id]
        reply = self.shop.reply(self.conversation, 'Hello?')
        self.assertIn('does not know this chat', self.shop.wait_delivery(self.conversation, reply, 'failed')['reason'])

    def test_a_group_that_moved_meanwhile(self):
        group = self.bot.group()
        group.writes('Hello', person=self.ana.person)
        conversation = self.shop.wait_conversation('Ana: Hello')
        self.shop.take_over(conversation)
        self.bot.wait_sent(lambda sent: sent.chat == group.id)
        larger = group.migrates(is_told=False)
        for text in ('One', 'Two'):
            reply = self.shop.reply(conversation, text)
        self.shop.wait_delivery(conversation, reply, 'sent')
        self.assertEqual(self.bot.texts(larger), ['One', 'Two'])

    def test_a_token_that_was_revoked(self):
        self.bot.is_revoked = True
        replies = [self.shop.reply(self.conversation, text) for text in ('One', 'Two')]
        self.shop.wait_state('failing', 'token')
        self.assertEqual(self.shop.delivery(self.conversation, replies[0])['state'], 'queued')
        self.bot.is_revoked = False
        self.telegram.renew(self.bot)
        self.assertEqual(self.shop.connect()['id'], self.shop.channel['id'])
        self.shop.wait_delivery(self.conversation, replies[1], 'sent')
        self.assertEqual(self.answers(), ['One', 'Two'])

    def test_one_that_fails_slows_no_other(self):
        self.bot.fail('getUpdates', silence(), 1000)
        held = self.bot.fail('sendMessage', silence(), 1000)
        stuck = self.shop.reply(self.conversation, 'Stuck')
        self.assertTrue(held.caught.wait(20))
        other = self.new_shop()
        customer, conversation = self.new_conversation(other, 'Bo')
        reply = other.reply(conversation, 'Quick')
        other.wait_delivery(conversation, reply, 'sent', 10)
        self.assertEqual(self.shop.delivery(self.conversation, stuck)['state'], 'queued')
        self.assertEqual(other.bot.texts(customer)[-1], 'Quick')


class Receiving(TelegramCase):
    def setUp(self):
        self.shop = self.new_shop()
        self.bot = self.shop.bot
        self.ana = self.bot.customer('Ana')

    def test_trouble_of_every_kind(self):
        for fault in (cut(), page(502), refusal(500, 'Internal Server Error'), flood(1), garbage(b'{"ok":')):
            self.bot.fail('getUpdates', fault)
            self.ana.writes('Wake up')
        numbers = [self.ana.writes('line %d' % number) for number in range(3)]
        conversation = self.shop.wait_conversation('line 2')
        self.assertEqual(self.shop.texts(conversation), ['Wake up'] * 5 + ['line %d' % n for n in range(3)])
        self.assertEqual(len(numbers), 3)
        self.shop.wait_state('connected')

    def test_the_same_again(self):
        message = self.ana.writes('Once')
        number = self.bot.next_update - 1
        self.shop.wait_conversation('Once')
        self.bot.wait_confirmed(number)
        self.bot.push(number=self.bot.next_update, message=message)
        self.bot.next_update += 1
        self.ana.writes('Twice')
        conversation = self.shop.wait_conversation('Twice')
        self.assertEqual(self.shop.texts(conversation), ['Once', 'Twice'])

    def test_a_second_program_asks_too(self):
        stop = threading.Event()

        def ask():
            while not stop.is_set():
                connection = http.client.HTTPConnection(urllib.parse.urlsplit(self.telegram.address).netloc, timeout=20)
                connection.request('GET', '/bot%s/getUpdates?timeout=5' % self.bot.token)
                connection.getresponse().read()
                connection.close()

        other = threading.Thread(target=ask)
        other.start()
        try:
            self.shop.wait_state('failing', 'Another program takes what customers write')
        finally:
            stop.set()
            self.ana.writes('Who reads this?')
            other.join()
        self.shop.wait_conversation('Who reads this?')
        self.shop.wait_state('connected')

    def test_a_webhook_of_somebody_else(self):
        wait_until(lambda: self.bot.poller, 'the service to ask')
        with self.bot.changed:
            self.bot.webhook = {'url': 'http://127.0.0.1:9/elsewhere'}
            self.bot.changed.notify_all()
        wait_until(lambda: not self.bot.webhook, 'the webhook to be removed', 60)
        self.ana.writes('Not for them')
        self.shop.wait_conversation('Not for them')

    def test_ended_between_storing_and_confirming(self):
        wait_until(lambda: self.bot.poller, 'the service to ask')
        held = self.bot.fail('getUpdates', silence())
        self.ana.writes('Stored')
        self.shop.wait_conversation('Stored')
        self.assertTrue(held.caught.wait(60))
        self.assertEqual(len(self.bot.updates), 1, 'it is not confirmed yet')
        self.restart()
        self.ana.writes('After')
        conversation = self.shop.wait_conversation('After')
        self.assertEqual(self.shop.texts(conversation), ['Stored', 'After'])

    def test_what_was_written_meanwhile(self):
        self.ana.writes('Before')
        self.shop.wait_conversation('Before')
        self.service.kill()
        for number in range(250):
            self.ana.writes('line %d' % number)
        self.service.start()
        conversation = self.shop.wait_conversation('line 249')
        self.assertEqual(self.shop.texts(conversation)[-199:], ['line %d' % number for number in range(51, 250)])


class Killed(TelegramCase):
    def test_while_a_message_is_on_its_way(self):
        shop = self.new_shop()
        ana, conversation = self.new_conversation(shop)
        held = shop.bot.fail('sendMessage', silence(accepts=True))
        replies = [shop.reply(conversation, 'line %d' % number) for number in range(3)]
        self.assertTrue(held.caught.wait(20))
        self.restart()
        shop.wait_delivery(conversation, replies[-1], 'sent')
        states = [shop.delivery(conversation, reply) for reply in replies]
        self.assertEqual([state['state'] for state in states], ['failed', 'sent', 'sent'])
        self.assertIn('may not have arrived', states[0]['reason'])
        self.assertEqual(shop.bot.texts(ana)[1:], ['line %d' % number for number in range(3)])

    def test_again_and_again_in_the_middle_of_the_queue(self):
        dice = random.Random(7)
        shop = self.new_shop()
        shop.bot.keeps_pace = False
        chats = [self.new_conversation(shop, 'Customer %d' % number) for number in range(5)]
        replies = [(conversation, shop.reply(conversation, '%s: line %d' % (conversation['id'], number)))
                   for number in range(4) for _, conversation in chats]
        for _ in range(4):
            count = len(shop.bot.sent) + dice.randrange(1, 4)
            wait_until(lambda: len(shop.bot.sent) >= count or not self.queued(shop, replies), 'some to be sent', 60)
            self.restart()
        wait_until(lambda: not self.queued(shop, replies), 'the queue to be empty', 60)
        arrived = shop.bot.texts()
        for conversation, reply in replies:
            delivery = shop.delivery(conversation, reply)
            if delivery['state'] == 'sent':
                self.assertEqual(arrived.count(reply['text']), 1, reply)
            else:
                self.assertIn('may not have arrived', delivery['reason'])
                self.assertLessEqual(arrived.count(reply['text']), 1, reply)
        for chat, _ in chats:
            lines = [text.rsplit(' ', 1)[1] for text in shop.bot.texts(chat) if ': line ' in text]
            self.assertEqual(lines, sorted(lines), 'in order')

    def queued(self, shop, replies):
        return any(shop.delivery(conversation, reply)['state'] == 'queued' for conversation, reply in replies)


class Webhook(TelegramCase):
    is_public = True

    def setUp(self):
        self.shop = self.new_shop()
        self.bot = self.shop.bot
        self.ana = self.bot.customer('Ana')
        wait_until(lambda: self.bot.webhook, 'the webhook to be set')

    def test_there_and_back(self):
        ana, conversation = self.new_conversation(self.shop, 'Bo')
        ana.writes('By webhook')
        self.shop.wait_conversation('By webhook')
        reply = self.shop.reply(conversation, 'And back')
        self.shop.wait_delivery(conversation, reply, 'sent')
        query = ana.presses(1, 'yes')
        self.shop.wait_conversation('yes')
        wait_until(lambda: query not in self.bot.unanswered, 'the button to be answered')
        self.assertEqual(self.bot.count('getUpdates'), 0)

    def test_whoever_does_not_know_the_secret(self):
        update = {'update_id': 1, 'message': self.ana.message(text='Forged')}
        for secret in ('', 'x', self.bot.webhook['secret_token'][:-1], self.bot.webhook['secret_token'] + 'x'):
            webhook = {'url': self.bot.webhook['url'], 'secret_token': secret}
            self.assertEqual(post_update(webhook, update), 403)
        self.ana.writes('Genuine')
        self.assertEqual(self.shop.texts(self.shop.wait_conversation('Genuine')), ['Genuine'])

    def test_bytes_of_every_kind(self):
        for body in (b'', b'{', b'[]', b'null', b'\xff\xfe', b'[' * 1000, b'{"update_id":"x","message":7}'):
            self.assertIn(self.post(body), (204, 400))
        self.ana.writes('Still there')
        self.shop.wait_conversation('Still there')

    def post(self, body):
        parts = urllib.parse.urlsplit(self.bot.webhook['url'])
        connection = http.client.HTTPConnection(parts.netloc, timeout=20)
        connection.request('POST', parts.path, body, {
            'Content-Type': 'application/json', 'X-Telegram-Bot-Api-Secret-Token': self.bot.webhook['secret_token']})
        answer = connection.getresponse()
        answer.read()
        connection.close()
        return answer.status

    def test_the_same_twice_at_once(self):
        body = json.dumps({'update_id': 1, 'message': self.ana.message(text='Once')}).encode()
        senders = [threading.Thread(target=self.post, args=[body]) for _ in range(8)]
        for sender in senders:
            sender.start()
        for sender in senders:
            sender.join()
        self.assertEqual(self.shop.texts(self.shop.wait_conversation('Once')), ['Once'])

    def test_while_the_service_is_down(self):
        self.service.kill()
        for number in range(5):
            self.ana.writes('line %d' % number)
        wait_until(lambda: self.bot.webhook_error, 'Telegram to notice')
        self.service.start()
        conversation = self.shop.wait_conversation('line 4')
        self.assertEqual(self.shop.texts(conversation), ['line %d' % number for number in range(5)])


if __name__ == '__main__':
    sys.exit(tap.main())
