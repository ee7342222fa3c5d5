#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Handover developers
"""The tests' own tools: a check that cannot fail would make every other test worthless."""

import http.server
import json
import os
import subprocess
import sys
import tempfile
import threading
import unittest

from support import tap
from support.desktop import Desktop
from support.interface import Client
from support.notifications import Notifications
from support.openapi import Checker
from support.processes import end
from support.proxy import CheckingProxy
from support.waiting import Timeout

FIXTURE = '''
import gi
gi.require_version('Gtk', '4.0')
gi.require_version('Adw', '1')
from gi.repository import Adw, Gtk

def activate(app):
    window = Adw.ApplicationWindow(application=app, title='Fixture', default_width=500, default_height=300)
    box = Gtk.Box(orientation=Gtk.Orientation.VERTICAL)
    entry, label, button = Gtk.Entry(), Gtk.Label(label='not pressed'), Gtk.Button(label='Press')
    entry.update_property([Gtk.AccessibleProperty.LABEL], ['Name'])
    button.connect('clicked', lambda _: label.set_label('pressed by ' + entry.get_text()))
    for child in (entry, button, label):
        box.append(child)
    window.set_content(box)
    window.present()

app = Adw.Application(application_id='dev.handover.Fixture')
app.connect('activate', activate)
app.run([])
'''

DOCUMENT = {
    'openapi': '3.1.0', 'info': {'title': 'Fixture', 'version': '1'},
    'paths': {
        '/things/{id}': {'get': {'responses': {
            '200': {'content': {'application/json': {'schema': {'$ref': '#/components/schemas/Thing'}}}},
            '404': {'$ref': '#/components/responses/Problem'}}}},
        '/stream': {'get': {'responses': {'200': {'content': {'text/event-stream': {}}}}}},
    },
    'components': {
        'responses': {'Problem': {'content': {'application/problem+json': {
            'schema': {'$ref': '#/components/schemas/Problem'}}}}},
        'schemas': {
            'Thing': {'type': 'object', 'required': ['id'], 'properties': {'id': {'type': 'string'}}},
            'Problem': {'type': 'object', 'required': ['code']},
            'Event': {'type': 'object', 'required': ['sequence']}}},
}


class OnTheDesktop(unittest.TestCase):
    def test_pointer_keys_and_sizes(self):
        from support.accessibility import application
        child = subprocess.Popen([sys.executable, '-c', FIXTURE])
        self.addCleanup(end, child)
        app = application(process_id=child.pid)
        window = app.window()
        window.click(app.find('Name', 'text'))
        window.type('Kim')
        window.click(app.find('Press', 'button'))
        app.find('pressed by Kim')
        window.resize(360, 360)
        app.find('Name').set_text('Noor')
        window.tab_to(app.find('Press', 'button'))
        window.key('space')
        app.find('pressed by Noor')

    def test_what_is_not_there_is_not_found(self):
        from support.accessibility import application
        child = subprocess.Popen([sys.executable, '-c', FIXTURE])
        self.addCleanup(end, child)
        with self.assertRaises(Timeout) as caught:
            application(process_id=child.pid).find('Take Over', seconds=0.2)
        self.assertIn("button 'Press'", str(caught.exception))

    def test_notifications_are_recorded_and_answered(self):
        notifications = Notifications(self.desktop)
        sender = subprocess.run(
            ['gdbus', 'call', '--session', '--dest', 'org.freedesktop.Notifications', '--object-path',
             '/org/freedesktop/Notifications', '--method', 'org.freedesktop.Notifications.Notify', 'fixture', '0',
             "''", 'Somebody needs a person', 'body', "['take', 'Take Over']", '{}', '0'],
            check=True, capture_output=True, text=True)
        shown = notifications.wait('needs a person')
        self.assertEqual(sender.stdout.strip(), '(uint32 %d,)' % shown['id'])
        with self.assertRaises(AssertionError):
            notifications.press(shown, 'No Such Button')
        notifications.press(shown, 'Take Over')
        self.assertEqual(notifications.entries('invoked')[0]['action'], 'take')
        self.assertEqual(notifications.shown(), [])


class FixtureHandler(http.server.BaseHTTPRequestHandler):
    protocol_version = 'HTTP/1.1'
    answers = {
        '/things/good': (200, 'application/json', {'id': 'a'}),
        '/things/bad': (200, 'application/json', {'id': 7}),
        '/things/gone': (404, 'application/problem+json', {'code': 'not_found'}),
        '/things/teapot': (418, 'application/json', {'id': 'a'}),
        '/things/plain': (200, 'text/plain', {}),
        '/unknown': (200, 'application/json', {}),
    }

    def log_message(self, *_):
        pass

    def do_GET(self):
        if self.path == '/stream':
            self.send_response(200)
            self.send_header('Content-Type', 'text/event-stream')
            self.send_header('Connection', 'close')
            self.end_headers()
            self.wfile.write(b'id: 1\nevent: good\ndata: {"sequence": 1}\n\n: beat\n\nid: 2\nevent: bad\ndata: {}\n\n')
            self.close_connection = True
            return
        status, content_type, body = self.answers[self.path.split('?')[0]]
        raw = json.dumps(body).encode()
        self.send_response(status)
        self.send_header('Content-Type', content_type)
        self.send_header('Content-Length', str(len(raw)))
        self.end_headers()
        self.wfile.write(raw)


class ThroughTheProxy(unittest.TestCase):
    def setUp(self):
        with tempfile.NamedTemporaryFile('w', suffix='.json', delete=False) as file:
            json.dump(DOCUMENT, file)
        self.addCleanup(os.unlink, file.name)
        server = http.server.ThreadingHTTPServer(('127.0.0.1', 0), FixtureHandler)
        threading.Thread(target=server.serve_forever, args=[0.02], daemon=True).start()
        self.addCleanup(server.server_close)
        self.addCleanup(server.shutdown)
        self.checker = Checker(file.name)
        self.proxy = CheckingProxy(self.checker)
        self.addCleanup(self.proxy.close)
        self.proxy.target = 'http://127.0.0.1:%d' % server.server_port
        self.client = Client(self.proxy.address, 'token')

    def test_documented_answers_pass(self):
        self.assertEqual(self.client.request('GET', '/things/good?x=1').body, {'id': 'a'})
        self.assertEqual(self.client.request('GET', '/things/gone').code, 'not_found')
        self.assertEqual((self.checker.checked, self.checker.violations), (2, []))

    def test_undocumented_answers_are_caught(self):
        for path in ('/things/bad', '/things/teapot', '/things/plain', '/unknown'):
            self.client.request('GET', path)
        self.assertEqual(len(self.checker.violations), 4, self.checker.violations)

    def test_streams_pass_line_by_line(self):
        with self.client.stream('/stream') as stream:
            self.assertEqual(stream.next('good').number, 1)
            self.assertEqual(stream.next('bad').number, 2)
            stream.wait_end()
            self.assertEqual(stream.comments, 1)
        self.assertEqual(self.checker.events_checked, 2)
        self.assertEqual(len(self.checker.violations), 1)


if __name__ == '__main__':
    with Desktop() as OnTheDesktop.desktop:
        STATUS = tap.main()
    sys.exit(STATUS)
