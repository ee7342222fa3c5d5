#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Handover developers
"""Customers on Telegram: what they write comes in once, what they are answered goes out once, and in order."""

import os
import subprocess
import sys
import tempfile

from support import build, tap
from support.pictures import png
from support.service import Service
from support.telegram.cases import TelegramCase
from support.telegram.rules import CAPTION_LIMIT, TEXT_LIMIT, utf16_length
from support.waiting import wait_until


PDF = b'%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n'


class Connect(TelegramCase):
    def test_who_it_is(self):
        shop = self.new_shop()
        self.assertEqual((shop.channel['kind'], shop.channel['name'], shop.channel['handle'], shop.channel['state']),
                         ('telegram', 'Demo Shop', '@demo_shop_bot', 'connected'))
        shop.bot.wait_call('getUpdates')

    def test_a_token_that_is_none(self):
        shop = self.new_shop()
        revoked = self.telegram.add_bot()
        revoked.is_revoked = True
        strangers = self.telegram.strangers
        for token in ('nonsense', '1:a/../b', revoked.token):
            answer = shop.owner.request('POST', '/v1/channels', {'kind': 'telegram', 'token': token})
            self.assertEqual((answer.status, answer.code), (422, 'invalid_token'), answer)
        self.assertEqual(self.telegram.strangers, strangers + 1, 'only what looks like a token is tried')
        self.assertEqual(len(shop.owner.get('/v1/channels')['items']), 1)

    def test_connected_twice(self):
        shop = self.new_shop()
        answer = shop.owner.request('POST', '/v1/channels', {'kind': 'telegram', 'token': shop.bot.token})
        self.assertEqual((answer.status, answer.code), (409, 'already_connected'), answer)

    def test_disconnected_and_back(self):
        shop = self.new_shop()
        ana, conversation = self.new_conversation(shop)
        shop.disconnect()
        self.assertEqual(shop.state()['state'], 'disconnected')
        reply = shop.reply(conversation, 'Are you there?')
        self.assertEqual(reply['delivery']['state'], 'failed')
        again = shop.connect()
        self.assertEqual(again['id'], shop.channel['id'])
        ana.writes('Still here')
        self.assertEqual(shop.wait_conversation('Still here')['id'], conversation['id'])


    def test_moved_to_another_computer(self):
        """The key that opens the token is in no backup; all else goes on there, and the bot once its token is given anew."""
        shop = self.new_shop()
        ana, conversation = self.new_conversation(shop)
        folder = self.enterContext(tempfile.TemporaryDirectory(prefix='hd-moved-'))
        file, data = os.path.join(folder, 'backup.db'), os.path.join(folder, 'data')
        self.service.stop()
        self.addCleanup(self.service.start)
        for arguments in (['--data-dir', self.service.data, 'backup', file], ['--data-dir', data, 'restore', file]):
            said = subprocess.run([build.service_program(), *arguments], check=True, capture_output=True, text=True).stdout
            self.assertIn('channel-key', said)
        with Service(folder, self.service.arguments) as there:
            shop.owner.address = there.address
            shop.wait_state('failing', 'Connect the channel again')
            reply = shop.reply(conversation, 'We have moved.')
            self.assertEqual(shop.connect()['id'], shop.channel['id'])
            shop.wait_state('connected')
            shop.wait_delivery(conversation, reply, 'sent')
            ana.writes('I see')
            self.assertEqual(shop.wait_conversation('I see')['id'], conversation['id'])

class RoundTrip(TelegramCase):
    def test_the_main_job(self):
        shop = self.new_shop(with_agent=True)
        ana = shop.bot.customer('Ana', 'López')
        with shop.agent.stream('/agent/v1/events') as events:
            ana.writes('Where is my parcel?')
            heard = events.next('message.created', lambda d: d['message']['text'] == 'Where is my parcel?')
            conversation = shop.wait_conversation('Where is my parcel?')
            self.assertEqual(heard.data['message']['conversation_id'], conversation['id'])
            self.assertEqual((conversation['control'], conversation['channel']['kind'], conversation['customer']['name'],
                              conversation['external_id']), ('agent', 'telegram', 'Ana López', shop.external_id(ana)))
            name = shop.external_id(ana)
            self.assertEqual(shop.agent.say(name, 'agent', 'I look it up.').status, 201)
            shop.bot.wait_sent('I look it up.', ana)

            called = shop.agent.escalate(name, 'The parcel is lost', 'knowledge_gap')
            self.assertEqual(called.status, 201, called)
            shop.bot.wait_sent(called.body['transition_message'], ana)
            refused = shop.agent.say(name, 'agent', 'One more thing.')
            self.assertEqual((refused.status, refused.code), (409, 'conversation_frozen'))

            shop.take_over(conversation)
            picture = png(64, 48)
            shop.reply(conversation, 'This is your label:')
            shop.reply(conversation, 'Print it', [shop.upload('label.png', picture)])
            last = shop.reply(conversation, 'and send it back.')
            shop.wait_delivery(conversation, last, 'sent')

            shop.owner.command(conversation['id'], 'resolve', outcome='resume_agent', resolution='promised', brief='Be kind')
            events.next('control.changed', lambda d: d['conversation']['control'] == 'agent')
            ana.writes('Thank you!')
            events.next('message.created', lambda d: d['message']['text'] == 'Thank you!')
            turn = shop.agent.read(name)
            self.assertEqual((turn['brief'], turn['may_reply']), ('Be kind', True))
            self.assertEqual(shop.agent.say(name, 'agent', 'You are welcome.', epoch=turn['epoch']).status, 201)
            shop.bot.wait_sent('You are welcome.', ana)

        self.assertEqual(shop.bot.texts(ana), ['I look it up.', called.body['transition_message'], 'This is your label:',
                                               'Print it', 'and send it back.', 'You are welcome.'])
        photo = next(sent for sent in shop.bot.sent if sent.method == 'sendPhoto')
        self.assertEqual((photo.upload.data, photo.upload.name, photo.upload.kind), (picture, 'label.png', 'image/png'))

    def test_nobody_but_people(self):
        shop = self.new_shop()
        shop.bot.customer('Bo').writes('Hello?')
        conversation = shop.wait_conversation('Hello?')
        self.assertEqual(conversation['control'], 'waiting')


class ComingIn(TelegramCase):
    def setUp(self):
        self.shop = self.new_shop()
        self.ana = self.shop.bot.customer('Ana')

    def hear(self, text):
        return self.shop.wait_conversation(text)

    def wait_file(self, conversation):
        """The newest message's file, once it was fetched."""
        def find():
            files = self.shop.transcript(conversation, 'customer')[-1]['attachments']
            return files[0] if files else None
        return wait_until(find, 'the file of the newest message')

    def assert_stored(self, conversation, data, kind, name=None):
        stored = self.wait_file(conversation)
        self.assertEqual((stored['type'], stored['size']), (kind, len(data)))
        if name:
            self.assertEqual(stored['name'], name)
        answer = self.shop.owner.request('GET', '/v1/attachments/' + stored['id'])
        self.assertEqual((answer.status, answer.raw), (200, data))

    def test_a_photo_with_a_caption(self):
        picture = png(80, 60)
        self.ana.sends_photo(picture, 'My broken cup')
        conversation = self.hear('My broken cup')
        self.assert_stored(conversation, picture, 'image/png')
        self.assertEqual(self.shop.texts(conversation), ['My broken cup'])

    def test_a_document(self):
        self.ana.sends_file('document', PDF, 'The invoice', file_name='invoice 7.pdf', mime_type='application/pdf')
        self.assert_stored(self.hear('The invoice'), PDF, 'application/pdf', 'invoice 7.pdf')

    def test_what_it_is_called_is_not_believed(self):
        page = b'<html><script>alert(1)</script></html>'
        self.ana.sends_file('document', page, 'Look', file_name='../../photo.png', mime_type='image/png')
        conversation = self.hear('Look')
        stored = self.wait_file(conversation)
        self.assertNotIn('image', stored['type'])
        self.assertNotIn('/', stored['name'])

    def test_a_voice_message(self):
        self.ana.sends_file('voice', b'OggS\0\2' + bytes(60), duration=12, mime_type='audio/ogg')
        conversation = wait_until(lambda: next(iter(self.shop.owner.conversations('all')), None), 'a conversation')
        self.assertTrue(self.wait_file(conversation)['type'].startswith('audio/'))

    def test_too_large_to_fetch(self):
        kept = self.shop.bot.store(b'x', size=21 * 1024 * 1024, file_name='film.mp4')
        self.ana.writes(document=kept, caption='My film')
        wait_until(lambda: any('too large' in text for item in self.shop.owner.conversations('all')
                               for text in self.shop.texts(item)), 'a word about the file that is too large')

    def test_a_file_comes_late(self):
        from support.telegram import page
        picture = png(8, 8)
        self.shop.bot.fail('file', page(502), times=2)
        self.ana.sends_photo(picture, 'Late')
        self.assert_stored(self.hear('Late'), picture, 'image/png')

    def test_words_for_the_rest(self):
        self.ana.writes(sticker={**self.shop.bot.store(b'x'), 'emoji': '🎉', 'is_animated': True, 'is_video': False})
        self.ana.writes(contact={'first_name': 'Bo', 'phone_number': '+4930123'})
        self.ana.writes(dice={'emoji': '🎲', 'value': 4})
        self.ana.writes(checklist={'title': 'To buy'})
        self.ana.writes(location={'latitude': 52.52, 'longitude': 13.405})
        conversation = self.hear('Location: 52.520000, 13.405000\n'
                                 'https://www.openstreetmap.org/?mlat=52.520000&mlon=13.405000')
        self.assertEqual(self.shop.texts(conversation)[:-1], [
            'Sticker 🎉', 'Contact: Bo, +4930123', '🎲 4',
            'The customer sent something that cannot be shown here: checklist.'])

    def test_an_edit(self):
        first = self.ana.writes('I want two')
        self.hear('I want two')
        self.ana.edits(first, 'I want three')
        conversation = self.hear('I want three')
        self.assertEqual(self.shop.texts(conversation), ['I want three'])

    def test_a_button(self):
        sent = self.ana.writes('Show me')
        self.hear('Show me')
        query = self.ana.presses(sent['message_id'], 'yes')
        self.hear('yes')
        wait_until(lambda: query not in self.shop.bot.unanswered, 'the button to be answered')

    def test_a_group_that_moves(self):
        group = self.shop.bot.group('Neighbours')
        group.writes('Hello', person=self.ana.person)
        conversation = self.hear('Ana: Hello')
        self.assertEqual(conversation['customer']['name'], 'Neighbours')
        larger = group.migrates()
        larger.writes('We are more now', person=self.ana.person)
        self.assertEqual(self.hear('Ana: We are more now')['id'], conversation['id'])
        self.shop.take_over(conversation)
        self.shop.reply(conversation, 'Welcome all')
        self.shop.bot.wait_sent('Welcome all', larger)

    def test_odd_updates_harm_nobody(self):
        bot = self.shop.bot
        deep = {}
        for _ in range(60):
            deep = {'x': deep}
        bot.push(message={'message_id': 1, 'chat': {'id': self.ana.id, 'type': 'private'}, 'text': 7})
        bot.push(message={'message_id': 'x', 'chat': {'id': self.ana.id, 'type': 'private'}, 'text': 'a'})
        bot.push(message=[])
        bot.push(poll={'id': '7'})
        bot.push(message=self.ana.message(text='a' * 20000))
        bot.push(message=self.ana.message(text='\x00\x01\ud83d half'))
        self.ana.writes('Before')
        bot.push(message=self.ana.message(text='too deep', odd=deep))
        self.ana.writes('After')
        conversation = self.hear('After')
        self.assertEqual(self.shop.texts(conversation)[1:], ['\ufffd\ufffd half', 'Before', 'After'])
        self.shop.wait_state('connected')

    def test_the_numbers_begin_anew(self):
        self.ana.writes('Before')
        self.hear('Before')
        self.ana.writes('Still before')
        conversation = self.hear('Still before')
        self.shop.bot.wait_confirmed(self.shop.bot.next_update - 1)
        self.shop.bot.next_update = 5000
        self.ana.writes('After')
        self.hear('After')
        self.ana.writes('Long after')
        self.hear('Long after')
        self.assertEqual(self.shop.texts(conversation), ['Before', 'Still before', 'After', 'Long after'])


class GoingOut(TelegramCase):
    def setUp(self):
        self.shop = self.new_shop()
        self.ana, self.conversation = self.new_conversation(self.shop)

    def answers(self):
        """What the bot said after it had told the customer that a person comes."""
        return self.shop.bot.texts(self.ana)[1:]

    def send(self, text, **more):
        message = self.shop.reply(self.conversation, text, **more)
        self.shop.wait_delivery(self.conversation, message, 'sent')

    def test_text_goes_as_it_is(self):
        text = '1 < 2_3 & *so* `on` [x](y) 😀\n\nEnd.'
        self.send(text)
        self.assertEqual(self.answers(), [text])

    def test_a_long_text_is_split_between_words(self):
        text = ' '.join('word%d😀' % number for number in range(900))
        self.send(text)
        parts = self.answers()
        self.assertGreater(len(parts), 1)
        self.assertTrue(all(utf16_length(part) <= TEXT_LIMIT for part in parts))
        self.assertEqual(' '.join(parts).split(), text.split())

    def test_a_document_with_a_long_caption(self):
        text = 'x' * (CAPTION_LIMIT + 1)
        self.send(text, attachments=[self.shop.upload('Größe "7".pdf', PDF)])
        upload = next(sent.upload for sent in self.shop.bot.sent if sent.method == 'sendDocument')
        self.assertEqual((upload.data, upload.kind), (PDF, 'application/pdf'))
        self.assertIn('Größe', upload.name)
        self.assertIn(text, ''.join(self.answers()))

    def test_two_pictures(self):
        first, second = png(20, 10), png(30, 10)
        self.send('Both', attachments=[self.shop.upload('a.png', first), self.shop.upload('b.png', second)])
        self.assertEqual([sent.upload.data for sent in self.shop.bot.sent if sent.upload], [first, second])

    def test_what_is_answered_stands_above_it(self):
        """In both directions, beside texts and files."""
        first = self.shop.transcript(self.conversation, 'customer')[0]
        self.send('Which one?', reply_to=first['id'])
        self.send('', attachments=[self.shop.upload('a.png', png(20, 10))], reply_to=first['id'])
        asked, pictured = self.shop.bot.sent[-2:]
        for sent in (asked, pictured):
            self.assertEqual(sent.parameters['reply_parameters'],
                             {'message_id': 1, 'allow_sending_without_reply': True})
        self.ana.writes('The blue one', reply_to=asked.message_id)
        self.shop.wait_conversation('The blue one')
        self.assertEqual(self.shop.transcript(self.conversation, 'customer')[-1]['reply_to']['text'], 'Which one?')

    def test_somebody_types(self):
        typing = {'conversation_id': self.conversation['id'], 'kind': 'typing'}
        self.shop.owner.post('/v1/signals', typing)
        wait_until(lambda: self.shop.bot.actions == [(self.ana.id, 'typing')], 'the customer to see that somebody types')
        self.ana.blocks()
        self.ana.unblocks()
        wait_until(lambda: [m['change']['kind'] for m in self.shop.transcript(self.conversation, 'system')
                            if 'change' in m][-2:] == ['blocked', 'unblocked'], 'a word about it in the transcript')

    def test_one_a_second_in_a_chat(self):
        messages = [self.shop.reply(self.conversation, 'line %d' % number) for number in range(4)]
        self.shop.wait_delivery(self.conversation, messages[-1], 'sent')
        self.assertEqual(self.answers(), ['line %d' % number for number in range(4)])
        self.assertEqual(self.shop.bot.floods, 0)


if __name__ == '__main__':
    sys.exit(tap.main())
