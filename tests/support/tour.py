# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Handover developers
"""A walk to every page, dialog and popover of the app, in any language and at any width.

Each method is a generator: it goes somewhere, and yields the name of what is on screen.
"""

from support.pictures import png
from support.waiting import wait_until

CUSTOMER = 'Marisol Vega'
COLLEAGUE = 'Noor'
SUMMARY = 'Wants to return a jacket after 94 days.'
LINES = [
    {'author': 'customer', 'text': 'Hi! The jacket lets the rain through, and I want to send it back.'},
    {'author': 'agent', 'text': 'I am sorry to hear that. Let me look at your order.'},
    {'author': 'tool', 'text': 'Order looked up',
     'tool': {'name': 'get_order', 'arguments': {'order': '5500419278'}, 'result': {'days_since_delivery': 94}}},
    {'author': 'agent', 'text': 'It was delivered 94 days ago.'},
    {'author': 'customer', 'text': 'I need a person, please.'},
]
PICTURE_NAME = 'jacket.png'
PICTURE = png(480, 320)
TEMPLATE = {'name': 'Greeting', 'shortcut': 'hi', 'scope': 'business', 'text': 'Hello {first_name}.'}
CUSTOMER_FACTS = {'name': CUSTOMER, 'email': 'marisol@example.com', 'phone': '+1 555 0100', 'user_id': 'c-4711'}
METADATA = {
    'order_number': '5500419278',
    'cart': [{'name': 'Rain jacket', 'quantity': 1, 'unit_price': '129.90', 'currency': 'USD'}],
    'tracking_url': 'https://example.com/track/5500419278'}


class Tour:
    """Goes through the app of a case (an AppCase) in a language (of support.languages)."""

    def __init__(self, case, app, language):
        self.case = case
        self.app = app
        self.window = app.window
        self.say = language.say
        self.language = language

    # --- Steps ---

    def press(self, text):
        self.app.press(self.say(text))

    def find(self, text, role=None, **options):
        return self.app.find(self.say(text), role, **options)

    def click(self, text, role=None):
        self.window.click(self.find(text, role, sensitive=True))

    def leave(self, text, role=None):
        """Escape, until what was read there is gone."""
        self.window.key('Escape')
        self.app.tree.wait_gone(self.say(text), role)

    def page(self, text):
        self.window.click(self.app.find(self.language.say_of('preferences page', text), 'page tab'))

    def menu(self, text, choice=None):
        """Opens a menu, and chooses from it."""
        self.click(text)
        menu = self.app.find(self.say(text), 'menu')
        if choice:
            menu.find(self.say(choice), 'menu item', sensitive=True).activate()
        return menu

    # --- Before there is a desk ---

    def doors(self):
        self.find('Sign In', 'button')
        yield 'sign-in'
        # Whoever signed in before is remembered.
        self.app.fill(self.say('Email'), '')
        self.press('Sign In')
        self.find('Enter your email address.')
        yield 'sign-in-refused'
        self.press('Create Account')
        self.find('A New Desk')
        yield 'create-account'
        self.press('Accept an Invite')
        self.find('Join Your Team')
        yield 'accept-invite'
        self.press('Sign In')
        self.find('Sign In to Handover')

    def sign_in(self, operator):
        for field, text in (('Service address', self.case.address), ('Email', operator.email),
                            ('Password', operator.password)):
            self.app.fill(self.say(field), text)
        self.press('Sign In')
        self.find('Main Menu', seconds=30)

    # --- At the desk ---

    def prepare(self):
        """What there is to be seen; returns the conversation's number."""
        self.case.owner.post('/v1/templates', TEMPLATE)
        self.noor = self.case.owner.invite(COLLEAGUE)
        answer = self.case.agent.escalate('case', SUMMARY, customer=CUSTOMER_FACTS, metadata=METADATA,
                                          transcript=LINES, confidence=0.41, sentiment='frustrated', priority='high')
        self.case.assertEqual(answer.status, 201, answer)
        self.number = answer.body['conversation_id']
        self.case.agent.say('case', 'agent', 'One more thing.', epoch=2)
        return self.number

    def inbox(self):
        self.app.row(CUSTOMER)
        yield 'inbox'
        self.window.key('ctrl+f')
        entry = self.app.field(self.say('Search Conversations'))
        wait_until(lambda: entry.has_focus, 'the cursor in the search')
        self.window.type('zzz')
        self.find('Nothing found')
        yield 'nothing-found'
        self.leave('Nothing found')
        for key, text in (('3', 'Your colleagues are answering nobody'), ('4', 'The AI is answering nobody'),
                          ('5', 'Nothing is closed yet')):
            self.window.key('ctrl+' + key)
            self.find(text)
            yield 'empty-view-' + key
        self.window.key('ctrl+1')
        self.app.row(CUSTOMER)
        self.click('Main Menu')
        self.find('Main Menu', 'menu')
        yield 'main-menu'
        self.leave('Main Menu', 'menu')

    def conversation(self):
        self.app.row(CUSTOMER)
        self.window.key('ctrl+j')
        self.find('Take Over', 'button', sensitive=True)
        self.find('Messages', 'log')
        yield 'waiting'
        self.window.key('ctrl+shift+t')
        self.find('Message', sensitive=True)
        self.find('Hand Back to AI…', 'button')
        self.noor.post('/v1/signals', {'conversation_id': self.number, 'kind': 'viewing'})
        self.app.find(contains=COLLEAGUE)
        yield 'answering'
        self.window.key('ctrl+shift+n')
        self.find('Add Note', 'button')
        self.app.fill(self.say('Message'), 'Be kind to her.')
        yield 'writing-a-note'
        self.press('Add Note')
        self.app.field(self.say('Message')).wait_text('')
        self.find('Reply', 'toggle button').activate()
        self.find('Send', 'button')
        self.app.fill(self.say('Message'), 'A person here.')
        self.press('Send')
        self.app.field(self.say('Message')).wait_text('')
        self.app.find(contains='A person here.')
        yield 'answered'

    def held_reply(self):
        # What was on screen for a while counts as read, and a slow machine needs a while for everything.
        for _ in range(5):
            self.app.fill(self.say('Message'), 'Please send it back.')
            self.find('Send', 'button', sensitive=True)
            self.case.agent.say('case', 'customer', 'Never mind, I found the receipt!')
            self.app.tree.find(contains='Never mind, I found the receipt!')
            self.press('Send')
            if wait_until(self.held_or_sent, 'an answer') == 'held':
                break
        self.find('Keep Editing', 'button')
        yield 'held-reply'
        self.press('Keep Editing')
        self.app.tree.wait_gone(self.say('Keep Editing'), 'button')
        self.app.fill(self.say('Message'), '')

    def held_or_sent(self):
        if self.app.tree.first(self.say('Keep Editing'), 'button'):
            return 'held'
        return 'sent' if self.app.field(self.say('Message')).text == '' else None

    def picture(self):
        """What a customer showed."""
        answer = self.case.agent.request('POST', '/agent/v1/attachments', raw=PICTURE, headers={
            'Content-Type': 'application/octet-stream',
            'Content-Disposition': "attachment; filename*=UTF-8''" + PICTURE_NAME})
        self.case.assertEqual(answer.status, 201, answer)
        self.case.agent.say('case', 'customer', '', attachments=[answer.body['id']])
        thumbnail = self.app.find(contains=PICTURE_NAME, role='button', sensitive=True)
        yield 'with-a-picture'
        thumbnail.activate()
        self.app.find(PICTURE_NAME, 'image')
        yield 'picture'
        self.leave('Open in Another App', 'button')

    def templates(self):
        self.click('Templates')
        self.find('Find a template')
        yield 'templates-popover'
        self.press('Edit Templates…')
        self.find('New Template')
        yield 'templates'
        self.window.click(self.app.find(TEMPLATE['name'], 'list item'))
        self.find('Delete Template')
        yield 'template'
        self.leave('Delete Template')
        self.leave('New Template')

    def endings(self):
        self.window.key('ctrl+shift+a')
        self.app.fill(self.say('Brief'), 'All agreed.')
        yield 'hand-back'
        self.leave('Brief')
        self.window.key('ctrl+shift+w')
        self.find('Close Conversation', 'button')
        yield 'close'
        self.leave('Close Conversation', 'button')
        self.menu('Conversation Menu')
        yield 'conversation-menu'
        self.leave('Conversation Menu', 'menu')
        self.menu('Conversation Menu', 'T_ransfer to a Colleague…')
        self.find('Colleagues', 'list')
        yield 'transfer'
        self.leave('Colleagues', 'list')

    def preferences(self):
        self.window.key('ctrl+comma')
        self.find('Change Password…')
        yield 'preferences-you'
        self.click('Change Password…')
        self.find('Current Password')
        yield 'password'
        self.leave('Current Password')
        self.page('Business')
        self.find('Transition Message')
        yield 'preferences-business'
        self.page('Team')
        self.app.find(contains=COLLEAGUE)
        yield 'preferences-team'
        self.click('Invite a Colleague…')
        self.find('Create Invite', 'button')
        yield 'invite'
        self.press('Create Invite')
        self.find('Copy Code', 'button')
        yield 'invited'
        self.leave('Copy Code', 'button')
        self.page('Channels')
        self.click('Connect Telegram…')
        self.find('Bot Token')
        yield 'connect'
        self.leave('Bot Token')
        yield 'preferences-channels'
        self.page('AI Agents')
        self.app.field(self.say('Name of the New Agent'))
        yield 'preferences-agents'
        self.window.click(self.app.field(self.say('Name of the New Agent')))
        self.window.type('Shop bot')
        self.window.key('Return')
        self.find('Copy Key', 'button')
        yield 'key'
        self.leave('Copy Key', 'button')
        self.leave('Connect an Agent')

    def dialogs(self):
        self.window.key('ctrl+question')
        self.find('Keyboard Shortcuts')
        yield 'shortcuts'
        self.leave('Keyboard Shortcuts')
        self.window.key('ctrl+q')
        self.find('Quit While Answering?')
        yield 'quit'
        self.leave('Quit While Answering?')
        self.window.key('ctrl+w')
        self.find('Handover Keeps Running')
        yield 'keeps-running'
        self.leave('Handover Keeps Running')

    def from_the_menu(self):
        """From the inbox: the main menu is there."""
        self.menu('Main Menu', '_About Handover')
        self.app.find(contains='0.')
        yield 'about'
        self.window.key('Escape')
        self.app.tree.wait_gone(contains='0.1')
        self.menu('Main Menu', '_Sign Out…')
        self.find('Sign Out?')
        yield 'sign-out'
        self.leave('Sign Out?')

    def offline(self):
        self.case.service.stop()
        self.find('No connection. What you write waits until it is back.', 'label', seconds=30)
        self.app.fill(self.say('Message'), 'Sent later.')
        self.press('Send')
        self.find('Withdraw', 'button')
        yield 'offline'
        self.case.service.start()

    def this_computer(self):
        """The last: it leaves the desk for one of its own, which ends with the app."""
        wait_until(self.at_the_inbox, 'the inbox')
        self.menu('Main Menu', '_Sign Out…')
        self.press('_Sign Out')
        self.click('Start on This Computer')
        self.find('Use a Service Address')
        yield 'start-here'
        for field, text in (('Business name', 'Demo Shop'), ('Your name', 'Kim'), ('Email', 'kim@example.com'),
                            ('Password', 'a good long one')):
            self.app.fill(self.say(field), text)
        self.press('Create Account')
        self.find('Main Menu', seconds=30)
        self.find('Connect Your First Agent')
        yield 'first-agent'
        self.window.key('ctrl+comma')
        self.page('This Computer')
        self.find('Running')
        yield 'preferences-this-computer'
        self.leave('Running')

    def at_the_inbox(self):
        """Goes back to it where it is on a page of its own."""
        if self.app.tree.first(self.say('Main Menu')):
            return True
        self.window.key('Escape')
        return False
