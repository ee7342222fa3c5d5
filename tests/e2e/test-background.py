#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Handover developers
"""Without a window: what the desktop allows, what a refusal costs, and starting at login."""

import os
import sys

from support import build, tap
from support.appcase import CUSTOMER, AppCase
from support.desktop import Desktop
from support.portals import FrontPortal
from support.waiting import wait_until

REFUSED = 'does not let Handover run in the background'


class Background(AppCase):
    def setUp(self):
        super().setUp()
        self.addCleanup(self.desktop.forget_app)

    def sandboxed(self, **answers):
        """The app believes that it is in a sandbox, and this is what the user says."""
        os.environ['HANDOVER_ASSUME_SANDBOX'] = '1'
        self.addCleanup(os.environ.pop, 'HANDOVER_ASSUME_SANDBOX')
        portal = FrontPortal(self.desktop)
        portal.answer(**answers)
        self.addCleanup(portal.close)
        return portal

    def close_window(self, app):
        app.window.key('ctrl+w')
        app.find('Handover Keeps Running')
        app.press('Close Window')

    def test_allowed(self):
        portal = self.sandboxed()
        app = self.start()
        self.assertEqual(portal.asked('Background'), [])
        self.close_window(app)
        asked = portal.wait_asked('Background')
        self.assertFalse(asked['autostart'])
        self.assertIn('customer', asked['reason'])
        app.tree.wait_gone('Main Menu')
        self.escalate()
        self.notifications.wait(CUSTOMER + ' needs a person')

    def refuse(self, answer):
        portal = self.sandboxed(Background=answer)
        app = self.start()
        self.close_window(app)
        portal.wait_asked('Background')
        app.find(contains=REFUSED)
        return portal, app

    def test_refused(self):
        portal, app = self.refuse('deny')
        self.preferences(app)
        app.find(contains='Not allowed: Handover ends with its window')
        app.window.key('Escape')
        app.tree.wait_gone('Start at Login')
        # It does not go on in silence.
        app.window.key('ctrl+w')
        self.assertEqual(app.child.wait(20), 0)

        # Allowed meanwhile in the desktop's settings: the next start finds out.
        portal.answer()
        again = self.start(sign_in=False, name='again')
        again.find(contains='Nobody is waiting', seconds=30)
        again.tree.wait_gone(contains=REFUSED)
        again.window.key('ctrl+w')
        again.tree.wait_gone('Main Menu')
        self.assertIsNone(again.child.poll())

    def test_refused_while_answering(self):
        _, app = self.refuse('refuse')
        self.take_over(app, self.escalate())
        app.window.key('ctrl+w')
        app.find('Quit While Answering?')
        app.press('Cancel')
        app.tree.wait_gone('Quit While Answering?')
        self.assertIsNone(app.child.poll())

    def test_nobody_to_ask(self):
        os.environ['HANDOVER_ASSUME_SANDBOX'] = '1'
        self.addCleanup(os.environ.pop, 'HANDOVER_ASSUME_SANDBOX')
        app = self.start()
        self.close_window(app)
        app.tree.wait_gone('Main Menu')
        self.assertIsNone(app.child.poll())

    def preferences(self, app):
        app.window.key('ctrl+comma')
        return app.find('Start at Login', 'check box')

    def press_switch(self, app):
        """By the keyboard, which brings it into sight."""
        app.window.tab_to(app.find('Start at Login', 'check box', sensitive=True))
        app.window.key('space')

    def switch(self, app, wanted):
        self.press_switch(app)
        wait_until(lambda: app.find('Start at Login', 'check box').is_checked == wanted, 'the switch')

    def test_at_login_by_the_portal(self):
        portal = self.sandboxed()
        app = self.start()
        self.preferences(app)
        app.find(contains='The desktop is asked when you close the window')
        self.switch(app, True)
        asked = portal.wait_asked('Background')
        self.assertEqual((asked['autostart'], asked['commandline']), (True, ['handover', '--background']))
        app.find(contains='Allowed: alerts reach you')
        portal.answer(Background='deny')
        self.press_switch(app)
        portal.wait_asked('Background', 2)
        app.find(contains='Not allowed: Handover ends with its window')

    def test_at_login_refused(self):
        portal = self.sandboxed(Background='deny')
        app = self.start()
        self.preferences(app)
        self.press_switch(app)
        portal.wait_asked('Background')
        app.find(contains='Not allowed: Handover ends with its window')
        wait_until(lambda: not app.find('Start at Login', 'check box', sensitive=True).is_checked, 'the switch to go back')

    def test_at_login_by_a_file(self):
        path = self.desktop.path('config', 'autostart', build.application_id() + '.desktop')
        app = self.start()
        self.preferences(app)
        self.assertIsNone(app.tree.first('Running in the Background'))
        self.switch(app, True)
        with open(path, encoding='utf-8') as file:
            line = next(line for line in file if line.startswith('Exec='))
        self.assertEqual(line.strip(), 'Exec="%s" --background' % build.app_program())
        app.window.key('Escape')
        app.tree.wait_gone('Start at Login')
        # Somebody else's doing is shown as well.
        with open(path, 'a', encoding='utf-8') as file:
            file.write('Hidden=true\n')
        self.preferences(app)
        wait_until(lambda: not app.find('Start at Login', 'check box').is_checked, 'the switch')
        self.switch(app, True)
        self.switch(app, False)
        self.assertFalse(os.path.exists(path))

    def test_started_in_the_background(self):
        self.start().close()
        child = self.desktop.processes.start('background', [build.app_program(), '--service', self.address,
                                                            '--background'], env=build.app_environment())
        from support.processes import end
        self.addCleanup(end, child)
        number = self.escalate()
        shown = self.notifications.wait(CUSTOMER + ' needs a person', 30)
        # A second start of the same kind leaves it alone.
        again = self.desktop.processes.start('again', [build.app_program(), '--background'],
                                             env=build.app_environment())
        self.assertEqual(again.wait(30), 0)
        self.notifications.press(shown, 'Take Over')
        self.service.wait_request('POST', '/v1/conversations/%s/claim' % number)

    def test_in_the_background_with_nobody_signed_in(self):
        child = self.desktop.processes.start('nobody', [build.app_program(), '--service', self.address, '--background'],
                                             env=build.app_environment())
        self.assertEqual(child.wait(60), 0)


if __name__ == '__main__':
    with Desktop(keyring='unlocked') as AppCase.desktop:
        STATUS = tap.main()
    sys.exit(STATUS)
