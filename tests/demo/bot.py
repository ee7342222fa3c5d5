#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Handover developers
"""bot.py --service URL --dialogue FILE [--transport http|mcp]: the scripted bot.

Holds an address and an agent key (in HANDOVER_AGENT_KEY), nothing else. It has a chat of its own, a socket on
which the customer writes lines, and shows the customer only what Handover accepted. When its lines end it asks
for a person; from then on it passes the customer's lines on, tries to speak although it must not (to prove that
it cannot), and speaks again after it got the conversation back. Prints what happens as JSON lines, first the
address of its chat.
"""

import argparse
import json
import os
import queue
import socket
import sys
import threading
import time

import dialogue as dialogues
from agents import HttpAgent, McpAgent

POLL_SECONDS = 0.3


def report(event, **members):
    print(json.dumps({'event': event, **members}, ensure_ascii=False), flush=True)


class Bot:
    def __init__(self, agent, dialogue, pace):
        self.agent = agent
        self.dialogue = dialogue
        self.pace = pace
        self.inbox = queue.Queue()
        self.chat = None
        self.script = list(dialogue['transcript'])
        self.attempts = list(dialogue['while_frozen'])
        self.last_words = list(dialogue['after_hand_back'])
        self.control = 'agent'
        self.escalated = False
        self.seen = set()

    def open_chat(self):
        """Waits for the one customer; its lines arrive in the inbox."""
        server = socket.create_server(('127.0.0.1', 0))
        report('chat', address='127.0.0.1:%d' % server.getsockname()[1])
        self.chat, _ = server.accept()
        server.close()

        def read():
            with self.chat.makefile('r', encoding='utf-8') as lines:
                for line in lines:
                    self.inbox.put(('customer', json.loads(line)['text']))
            self.inbox.put(('gone', None))
        threading.Thread(target=read, daemon=True).start()

    def show(self, author, text, **more):
        self.chat.sendall(json.dumps({'from': author, 'text': text, **more}).encode() + b'\n')

    def run(self):
        self.play()
        while True:
            kind, value = self.inbox.get()
            if kind == 'gone':
                return
            if kind == 'trouble':
                raise value
            if kind == 'customer':
                self.hear(value)
            elif kind == 'changed':
                self.look()

    def hear(self, text):
        """The customer wrote."""
        if self.script:
            expected = self.script.pop(0)
            assert expected == dict(expected, author='customer', text=text), 'the customer left the script'
        self.agent.tell({'author': 'customer', 'text': text}, self.dialogue['conversation'].get('customer'))
        report('heard', text=text)
        if not self.escalated:
            self.play()

    def play(self):
        """Says what is the bot's to say, until it is the customer's turn or a person is needed."""
        while self.script and self.script[0]['author'] != 'customer':
            self.speak(self.script.pop(0))
        if not self.script:
            self.ask_for_a_person()

    def speak(self, entry):
        """Only what Handover accepted is shown to the customer."""
        time.sleep(self.pace)
        standing = self.agent.tell(entry)
        if standing.refused:
            report('refused', text=entry['text'], code=standing.refused)
            return False
        if entry['author'] == 'agent':
            self.show('agent', entry['text'])
        report('said', author=entry['author'], text=entry['text'])
        return True

    def ask_for_a_person(self):
        time.sleep(self.pace)
        standing = self.agent.escalate(self.dialogue, dialogues.transcript_for_service(self.dialogue))
        if standing.refused:
            raise RuntimeError('the escalation was refused: %s' % standing.body)
        self.escalated = True
        self.control = standing.control
        report('escalated', **standing.body)
        if standing.body.get('transition_message'):
            self.show('system', standing.body['transition_message'])
        self.try_to_interrupt()
        threading.Thread(target=self.watch, daemon=True).start()

    def try_to_interrupt(self):
        if self.attempts:
            self.speak({'author': 'agent', 'text': self.attempts[0]})

    def watch(self):
        """By HTTP the service says when to look; an MCP host asks."""
        try:
            if hasattr(self.agent, 'watch'):
                self.agent.watch(lambda: self.inbox.put(('changed', None)))
                raise RuntimeError('the event stream ended')
            while True:
                self.inbox.put(('changed', None))
                time.sleep(POLL_SECONDS)
        except Exception as error:  # whatever it is, the bot must not wait for ever
            self.inbox.put(('trouble', error))

    def look(self):
        standing = self.agent.look()
        for message in standing.body.get('messages', []):
            if message['author'] == 'operator' and message['id'] not in self.seen:
                self.seen.add(message['id'])
                self.pass_on(message)
        if standing.control != self.control:
            self.control = standing.control
            report('control', control=standing.control, epoch=standing.epoch, may_reply=standing.may_reply,
                   brief=standing.body.get('brief'))
            if standing.may_reply and self.last_words:
                self.speak({'author': 'agent', 'text': self.last_words.pop(0)})

    def pass_on(self, message):
        """A person answered: the customer reads it here, and Handover hears that it arrived."""
        self.show('operator', message['text'], name=(message.get('operator') or {}).get('name'))
        self.agent.delivered(message)
        report('operator', text=message['text'], id=message['id'])
        self.try_to_interrupt()


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--service', required=True)
    parser.add_argument('--dialogue', required=True)
    parser.add_argument('--transport', choices=('http', 'mcp'), default='http')
    parser.add_argument('--pace', type=float, default=0, help='seconds between two lines')
    parser.add_argument('--conversation', help='another name for the conversation than the dialogue gives')
    options = parser.parse_args()
    dialogue = dialogues.load(options.dialogue)
    name = options.conversation or dialogue['conversation']['external_id']
    kind = McpAgent if options.transport == 'mcp' else HttpAgent
    agent = kind(options.service, os.environ.pop('HANDOVER_AGENT_KEY'), name)
    if options.transport == 'mcp':
        tools = agent.connect()
        report('connected', version=agent.version, server=agent.server['serverInfo']['name'], tools=sorted(tools))
    bot = Bot(agent, dialogue, options.pace)
    bot.open_chat()
    bot.run()


if __name__ == '__main__':
    sys.exit(main())
