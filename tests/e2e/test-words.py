#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Handover developers
"""The whole app in other languages, and every control in it.

In one that nobody speaks every text is in brackets: what is not was never given to a translator. On the same walk each
control must have a name and a role. With HANDOVER_PICTURES=DIR there are pictures of everything, and with
HANDOVER_TEXT_SCALE=2 the text on them is that large.
"""

import os
import re
import sys
import tempfile

from support import build, tap
from support.appcase import NARROW, WIDE, AppCase
from support.desktop import Desktop
from support.languages import Language, make_catalogues

# What is the same in every language: names of things and of keys, what people wrote, and what programs read.
SAME = ['Marisol Vega', 'MV', 'Noor', 'Kim', 'Demo Shop', 'Scripted bot (demo)', 'Shop bot', 'Rain jacket', 'USD',
        'Tracking url', 'Order looked up', 'Frustrated', 'One moment please, I am getting a colleague who can help you.',
        'The Handover developers', 'Be kind to her.', 'A person here.', 'Please send it back.', 'Sent later.',
        'All agreed.', 'Never mind, I found the receipt!', 'zzz', 'jacket.png']
CODE = re.compile(r'https?://\S+|[\w.-]+@[\w.-]+|ho[ai]_[\w-]+|^export HANDOVER_KEY=.*|^\{"mcpServers".*'
                  r'|\b(F\d+|[A-Z])$|^curl http.*', re.DOTALL)
# libadwaita says it in English to everybody; and the bus knows the app by its name there.
UNTRANSLATED = {'Close', build.application_id()}

ARABIC = {
    'customer': {'name': 'ليلى حداد', 'email': 'layla@example.com', 'phone': '+20 2 5550 0100'},
    'summary': 'تريد إرجاع معطف بعد 94 يومًا من الاستلام.',
    'metadata': {'order_number': '5500419278', 'cart': [
        {'name': 'معطف مطر', 'quantity': 1, 'unit_price': '129.90', 'currency': 'EGP'}]},
    'transcript': [
        {'author': 'customer', 'text': 'مرحبًا، اشتريت معطفًا ويتسرب منه الماء.'},
        {'author': 'agent', 'text': 'آسف لذلك. ما رقم الطلب؟'},
        {'author': 'customer', 'text': 'رقم الطلب 5500419278، (Rain jacket) مقاس L.'},
        {'author': 'tool', 'text': 'Order looked up', 'tool': {'name': 'get_order', 'arguments': {}, 'result': {}}},
        {'author': 'customer', 'text': 'أريد التحدث إلى شخص من فضلك!'}]}


class InEveryLanguage(AppCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        folder = cls.enterClassContext(tempfile.TemporaryDirectory())
        make_catalogues(folder)
        cls.folder = folder
        cls.pictures = os.environ.get('HANDOVER_PICTURES')

    def tour(self, name, size, look=None, picture=None, **options):
        from support.tour import Tour
        self.addCleanup(self.desktop.forget_app)
        self.language = Language(name, self.folder)
        self.app = self.start(size, sign_in=False, language=self.language, address='', **options)
        tour = Tour(self, self.app, self.language)
        for part in self.parts(tour, size == WIDE or self.pictures):
            for stop in part:
                if look:
                    look(stop)
                if self.pictures:
                    self.app.shot(self.pictures, '%s-%d-%s' % (picture or name, size[0], stop))

    def parts(self, tour, whole):
        """What a narrow window shows in another way is only a part of it."""
        if whole:
            yield tour.doors()
        tour.prepare()
        tour.sign_in(self.owner)
        yield tour.inbox()
        if whole:
            yield tour.from_the_menu()
        yield tour.conversation()
        yield tour.held_reply()
        yield tour.picture()
        yield tour.templates()
        yield tour.endings()
        if whole:
            yield tour.preferences()
            yield tour.dialogs()
            yield tour.offline()
            yield tour.this_computer()

    def test_pseudo_wide(self):
        self.everything_is_right(WIDE)

    def test_pseudo_narrow(self):
        self.everything_is_right(NARROW)

    def everything_is_right(self, size):
        from support.names import what_is_wrong
        read, bare, wrong = set(UNTRANSLATED), {}, {}

        def look(stop):
            for node in shown(self.app.tree):
                name, text = node.name, node.text or ''
                for words in {name, text, *spoken(node)} - read:
                    read.add(words)
                    if left_over(words):
                        bare[words] = stop
                problem = what_is_wrong(node, name or text)
                if problem:
                    wrong.setdefault(problem, stop)
        self.tour('pseudo', size, look)
        self.assertFalse(bare, '\n'.join('%s: %r' % (stop, text) for text, stop in bare.items()))
        self.assertFalse(wrong, '\n'.join('%s: %s' % (stop, problem) for problem, stop in wrong.items()))

    def test_pictures_in_high_contrast(self):
        if not self.pictures:
            self.skipTest('HANDOVER_PICTURES names no folder')
        for size in (WIDE, NARROW):
            self.owner, self.agent = self.new_business()
            self.tour('en', size, picture='contrast', environment={'ADW_DEBUG_HIGH_CONTRAST': '1'})
            self.app.close()
            self.desktop.forget_app()

    def test_german_and_spanish(self):
        """Each is what the app speaks; with pictures of everything on request."""
        for name in ('de', 'es'):
            if self.pictures:
                for size in (WIDE, NARROW):
                    self.owner, self.agent = self.new_business()
                    self.tour(name, size)
                    self.app.close()
                    self.desktop.forget_app()
            else:
                app = self.start(sign_in=False, language=Language(name, self.folder))
                app.find({'de': 'Bei Handover anmelden', 'es': 'Iniciar sesión en Handover'}[name])
                app.close()

    def test_from_right_to_left(self):
        """The texts stay English here; what counts is where everything is."""
        app = self.start(language=Language('ar', self.folder), sign_in=False)
        app.sign_in(self.address, self.owner.email, self.owner.password)
        answer = self.agent.escalate('case', ARABIC['summary'], customer=ARABIC['customer'],
                                     transcript=ARABIC['transcript'], metadata=ARABIC['metadata'])
        self.assertEqual(answer.status, 201, answer)
        row = app.row(ARABIC['customer']['name'], seconds=30)
        middle = WIDE[0] // 2
        self.assertGreater(row.extents[0], middle)
        app.window.click(row)
        app.press('Take Over')
        app.find('Message', sensitive=True)
        app.reply('سأرسل لك بطاقة الإرجاع الآن. Order 5500419278 is noted.')
        log = app.find('Messages', 'log')
        theirs, ours = (log.find(contains=text, role='label').extents for text in ('اشتريت', 'سأرسل'))
        self.assertGreater(theirs[0] + theirs[2], ours[0] + ours[2])
        self.assertGreater(theirs[0], ours[0])
        self.assertLess(app.find('Copy Order Number').extents[0], middle)
        if self.pictures:
            self.pictures_from_right_to_left(app)

    def pictures_from_right_to_left(self, app):
        for dark in (False, True):
            self.desktop.set_dark(dark)
            for size in (WIDE, NARROW):
                app.fit(size)
                app.shot(self.pictures, 'ar-%d-%s' % (size[0], 'dark' if dark else 'light'))
                app.window.key('ctrl+comma')
                app.find('Change Password…')
                app.shot(self.pictures, 'ar-%d-%s-preferences' % (size[0], 'dark' if dark else 'light'))
                app.window.key('Escape')
                app.tree.wait_gone('Change Password…')
        self.desktop.set_dark(False)
        app.window.key('Escape')
        app.find('Conversations', 'list')
        app.shot(self.pictures, 'ar-%d-inbox' % NARROW[0])


def shown(node):
    """All there is to see, but for what lies behind a dialog: that was seen before."""
    yield node
    children = [child for child in node.children if child.is_showing]
    for child in [child for child in children if child.role == 'dialog'][-1:] or children:
        yield from shown(child)


def spoken(node):
    """What is heard there beside its name and its text."""
    attributes = node.accessible.get_attributes() or {}
    return [node.description,
            *(attributes.get(name, '') for name in ('placeholder-text', 'valuetext', 'roledescription'))]


def left_over(text):
    """The words outside of brackets, once what is the same in every language is taken away."""
    from support import tour
    known = SAME + [tour.SUMMARY, *(line['text'] for line in tour.LINES), *tour.TEMPLATE.values()]
    for part in sorted(known, key=len, reverse=True):
        text = text.replace(part, '')
    text, before = CODE.sub('', text), None
    while before != text:
        before, text = text, re.sub(r'\[[^\[\]]*\]', '', text)
    return ''.join(letter for letter in text if letter.isalpha())


if __name__ == '__main__':
    with Desktop(keyring='unlocked', text_scale=float(os.environ.get('HANDOVER_TEXT_SCALE', 1))) as AppCase.desktop:
        STATUS = tap.main()
    sys.exit(STATUS)
