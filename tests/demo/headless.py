# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Handover developers
"""The demo without a display: the real app, driven by its accessible names as an operator would."""

import os

import dialogue as dialogues
from shop import BOT_NAME, Shop, dialogue, main_dialogue
from steps import Steps
from support.desktop import Desktop
from support.notifications import Notifications

REPLY = 'I am sorry for the trouble. I will make an exception and open the return for you.'
BRIEF = 'Exception granted: open the return, send the label by e-mail, no fee.'
SIZES = {'wide': (1280, 800), 'narrow': (360, 720)}


class HeadlessDemo:
    def __init__(self, desktop, app, shop, pictures, steps):
        self.desktop = desktop
        self.app = app
        self.shop = shop
        self.service = shop.service
        self.notifications = Notifications(desktop)
        self.pictures = pictures
        self.steps = steps
        self.step = steps.step

    def take_pictures(self, name, narrow=True):
        """Light and dark, wide and narrow."""
        for style in ('light', 'dark'):
            self.desktop.set_dark(style == 'dark')
            for width, size in SIZES.items():
                if width == 'wide' or narrow:
                    self.app.fit(size)
                    self.app.shot(self.pictures, '%s-%s-%s' % (name, width, style))
        self.desktop.set_dark(False)
        self.app.fit(SIZES['wide'])

    def sign_in(self):
        with self.step('sign in'):
            self.app.shot(self.pictures, 'sign-in')
            owner = self.shop.owner
            self.app.sign_in(self.service.address, owner.email, owner.password)
            self.service.wait_request('POST', '/v1/auth/sign-in')
            self.app.find(contains='Nobody is waiting')
            self.app.shot(self.pictures, 'empty')

    def cry_for_help(self, file, transport):
        """The bot talks, gives up and is frozen. Returns the talk, the conversation's id and its dialogue."""
        script = dialogues.load(file)
        name = '%s-%s' % (script['conversation']['external_id'], transport)
        with self.step('customer and bot talk, the bot asks for a person (%s)' % transport):
            talk = self.shop.talk(file, transport, name=name)
            number = talk.wait_bot('escalated')['conversation_id']
        with self.step('the bot is frozen: its next message is refused'):
            refused = talk.wait_bot('refused')
            assert refused['code'] == 'conversation_frozen', refused
            assert not any(e['text'] == refused['text'] for e in talk.customer_events), 'the customer saw it'
        return talk, number, script

    def take_over_from_notification(self, number, script):
        customer = script['conversation']['customer']['name']
        with self.step('a notification arrives'):
            shown = self.notifications.wait('%s needs a person' % customer)
            assert script['escalation']['summary'][:40] in shown['body'], shown['body']
            order = script['metadata'].get('order_number')
            assert order is None or order in shown['body'], shown['body']
            assert {'Take Over', 'Open'} <= set(shown['actions'].values()), shown['actions']
        with self.step('Take Over is pressed on it: the service\'s log shows the claim'):
            self.notifications.press(shown, 'Take Over')
            self.service.wait_request('POST', '/v1/conversations/%s/claim' % number)
            self.app.find('Message', sensitive=True)

    def take_over_in_window(self, number, script):
        with self.step('open the conversation and press Take Over'):
            self.app.open_conversation(script['conversation']['customer']['name'])
            self.app.find(contains=script['transcript'][-1]['text'])
            self.take_pictures('waiting')
            self.app.press('Take Over')
            self.service.wait_request('POST', '/v1/conversations/%s/claim' % number)

    def read(self, script):
        with self.step('read transcript, reason, order and cart'):
            self.app.find(contains=script['transcript'][-1]['text'])
            self.app.find(contains=script['escalation']['summary'][:60])
            for item in script['metadata'].get('cart', []):
                self.app.find(contains=item['name'])
            self.app.find(contains=dialogues.SCRIPTED)

    def answer(self, talk, number):
        with self.step('answer: the reply reaches the bot, and through it the customer'):
            self.app.reply(REPLY)
            talk.wait_bot('operator', lambda e: e['text'] == REPLY)
            talk.wait_customer('read', lambda e: e['text'] == REPLY)
            self.service.wait_request('POST', '/v1/conversations/%s/messages' % number, 201)
        with self.step('the customer answers, and it is on screen'):
            said = talk.wait_customer('said', lambda e: e in talk.customer_events[-1:])
            self.app.find(contains=said['text'])
        with self.step('the bot tries to speak over the person and is refused again'):
            talk.wait_bot('refused', lambda _: talk.count_bot('refused') >= 2)

    def hand_back(self, talk, number):
        with self.step('hand back to the AI with a brief'):
            self.app.press('Hand Back to AI…')
            self.app.find('Result')
            self.app.fill('Brief', BRIEF)
            self.app.shot(self.pictures, 'hand-back')
            self.app.press('Hand Back')
            self.service.wait_request('POST', '/v1/conversations/%s/resolve' % number)
            back = talk.wait_bot('control', lambda e: e['control'] == 'agent')
            assert back['brief'] == BRIEF, back
        with self.step('the bot speaks again, and the customer reads it'):
            last = talk.wait_bot('said', lambda e: e['author'] == 'agent' and e in talk.bot_events[-3:]
                                 and talk.bot_events.index(e) > talk.bot_events.index(back))
            talk.wait_customer('read', lambda e: e['text'] == last['text'])

    def close_conversation(self, number):
        with self.step('close the conversation'):
            self.app.press('Close Conversation…')
            self.app.find('Result')
            self.app.press('Close Conversation')
            self.service.wait_request('POST', '/v1/conversations/%s/resolve' % number)
            assert self.shop.owner.get('/v1/conversations/' + number)['control'] == 'closed'

    def run_http(self):
        talk, number, script = self.cry_for_help(main_dialogue(), 'http')
        self.take_over_from_notification(number, script)
        self.read(script)
        self.answer(talk, number)
        with self.step('pictures, light and dark, wide and narrow'):
            self.take_pictures('answering')
        self.hand_back(talk, number)
        talk.close()

    def run_second(self):
        talk, number, script = self.cry_for_help(dialogue('two-parcels'), 'http')
        self.take_over_in_window(number, script)
        self.answer(talk, number)
        self.close_conversation(number)
        talk.close()

    def run_mcp(self):
        before = self.agent_requests()
        talk, number, script = self.cry_for_help(main_dialogue(), 'mcp')
        self.take_over_from_notification(number, script)
        self.read(script)
        self.answer(talk, number)
        self.hand_back(talk, number)
        with self.step('all of it went through /mcp, nothing through /agent/v1'):
            self.service.wait_request('POST', '/mcp')
            assert self.agent_requests() == before, self.service.requests()
        talk.close()

    def agent_requests(self):
        return sum(request.path.startswith('/agent/v1') for request in self.service.requests())


def run(pictures):
    os.makedirs(pictures, exist_ok=True)
    steps = Steps()
    print('Pictures go to %s' % pictures, flush=True)
    with Desktop(keyring='unlocked') as desktop, Shop() as shop:
        with steps.step('service and app are up; %s' % BOT_NAME):
            # Accessibility looks for its bus when it is first loaded.
            from support.app import App
            app = App(desktop, shop.service.address)
        demo = HeadlessDemo(desktop, app, shop, pictures, steps)
        demo.sign_in()
        demo.run_http()
        demo.run_second()
        demo.run_mcp()
        with steps.step('every answer of the service was as documented (%d answers, %d events)'
                        % (shop.service.checker.checked, shop.service.checker.events_checked)):
            shop.service.assert_documented()
        app.close()
    print('Done: %d steps. Pictures: %s' % (steps.done, pictures), flush=True)
