# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Handover developers
"""The demo on a display: the app, signed in, on a shop with scripted traffic. Ends with the app."""

import itertools
import os
import shutil
import subprocess
import sys
import tempfile

from shop import OWN_SAMPLE, Shop, dialogue, main_dialogue
from support import build

PACE_SECONDS = 1.5
NEXT_CUSTOMER_SECONDS = 45
MOST_TALKS = 6


class KeyringItem:
    """The session under which the app finds itself signed in; gone when the demo ends."""

    def __init__(self, shop):
        owner = shop.owner
        self.token = owner.token
        self.attributes = ['xdg:schema', 'dev.handover.Handover.Session', 'application', build.application_id(),
                           'service', shop.service.address, 'email', owner.email, 'operator', owner.id]

    def store(self):
        """Whether there is a keyring that took it."""
        command = ['secret-tool', 'store', '--label=Handover demo', *self.attributes]
        return subprocess.run(command, input=self.token, text=True, stderr=subprocess.DEVNULL,
                              check=False).returncode == 0

    def clear(self):
        subprocess.run(['secret-tool', 'clear', *self.attributes], stderr=subprocess.DEVNULL, check=False)


def start_app(shop, folder):
    """Its files lie in the demo's own folder, its settings in memory."""
    folders = {name: os.path.join(folder, name.lower()) for name in
               ('XDG_DATA_HOME', 'XDG_CACHE_HOME', 'XDG_STATE_HOME')}
    environment = build.app_environment(GSETTINGS_BACKEND='memory', **folders)
    return subprocess.Popen([build.app_program(), '--service', shop.service.address], env=environment)


def keep_customers_coming(shop, app):
    """A first few talks, then another now and then, until the app is quit."""
    samples = list(dict.fromkeys([main_dialogue(), OWN_SAMPLE, dialogue('two-parcels')]))
    for number, (file, transport) in enumerate(zip(itertools.cycle(samples), itertools.cycle(['http', 'http', 'mcp']))):
        if len(shop.talks) < MOST_TALKS:
            shop.talk(file, transport, PACE_SECONDS, 'demo-%d' % (number + 1))
        try:
            app.wait(2 if number < 2 else NEXT_CUSTOMER_SECONDS)
            return app.returncode
        except subprocess.TimeoutExpired:
            continue


def run():
    folder = tempfile.mkdtemp(prefix='handover-demo-')
    app = None
    try:
        with Shop(os.path.join(folder, 'service')) as shop:
            item = KeyringItem(shop)
            try:
                if item.store():
                    print('The app opens, signed in as %s. Customers and bot are scripted.' % shop.owner.name)
                else:
                    print('There is no keyring, so please sign in: %s, password “%s”.'
                          % (shop.owner.email, shop.owner.password))
                print('Quit the app to end the demo.', flush=True)
                app = start_app(shop, folder)
                return keep_customers_coming(shop, app)
            except KeyboardInterrupt:
                return 130
            finally:
                if app is not None and app.poll() is None:
                    app.terminate()
                    app.wait()
                item.clear()
    except OSError as error:
        print('demo: %s' % error, file=sys.stderr)
        return 1
    finally:
        shutil.rmtree(folder, ignore_errors=True)
