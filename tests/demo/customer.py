#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Handover developers
"""customer.py --chat HOST:PORT --dialogue FILE: the scripted customer.

Knows nothing but the bot's chat, as a visitor of a shop's page would. Says its lines of the dialogue when it
is its turn, answers a person when one writes, and prints everything it reads or says as JSON lines.
"""

import argparse
import json
import socket
import time

import dialogue as dialogues


class Customer:
    def __init__(self, dialogue, connection, pace):
        self.dialogue = dialogue
        self.connection = connection
        self.pace = pace
        self.script = [entry for entry in dialogue['transcript'] if entry['author'] != 'tool']
        self.answers = list(dialogue['customer_answers'])

    def say(self, text):
        time.sleep(self.pace)
        self.connection.sendall(json.dumps({'text': text}).encode() + b'\n')
        print(json.dumps({'event': 'said', 'text': text}), flush=True)

    def say_what_is_due(self):
        while self.script and self.script[0]['author'] == 'customer':
            self.say(self.script.pop(0)['text'])

    def read(self, line):
        print(json.dumps({'event': 'read', **line}), flush=True)
        if self.script and line['from'] == 'agent':
            self.script.pop(0)
            self.say_what_is_due()
        elif line['from'] == 'operator' and self.answers:
            self.say(self.answers.pop(0))


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--chat', required=True)
    parser.add_argument('--dialogue', required=True)
    parser.add_argument('--pace', type=float, default=0)
    options = parser.parse_args()
    host, port = options.chat.rsplit(':', 1)
    with socket.create_connection((host, int(port))) as connection:
        customer = Customer(dialogues.load(options.dialogue), connection, options.pace)
        customer.say_what_is_due()
        with connection.makefile('r', encoding='utf-8') as lines:
            for line in lines:
                customer.read(json.loads(line))


if __name__ == '__main__':
    main()
