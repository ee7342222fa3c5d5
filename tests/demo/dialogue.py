# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Handover developers
"""Scripted dialogues: who says what, and what each does once a person has been called."""

import json

SCRIPTED = 'Scripted customer and bot (demo)'


def load(file):
    """A dialogue with every member that the scripts rely on."""
    with open(file, encoding='utf-8') as opened:
        dialogue = json.load(opened)
    dialogue.setdefault('metadata', {})
    dialogue['metadata'] = dict(dialogue['metadata'], demo=SCRIPTED)
    dialogue.setdefault('escalation', _escalation(dialogue))
    dialogue.setdefault('while_frozen', ['I am afraid there is nothing we can do about this.'])
    dialogue.setdefault('customer_answers', ['Thank you, that helps a lot.', 'Great, I have nothing else.'])
    dialogue.setdefault('after_hand_back', ['Thank you for waiting. I have read what my colleague agreed with you.'])
    return dialogue


def _escalation(dialogue):
    """For a transcript that says no more than what was said."""
    asked = max((entry['text'] for entry in dialogue['transcript'] if entry['author'] == 'customer'), key=len)
    subject = ', '.join(dialogue[name].replace('_', ' ') for name in ('flow', 'subflow') if name in dialogue)
    return {'summary': 'The customer does not accept what the policy allows (%s). They wrote: “%s”' % (subject, asked),
            'trigger': 'policy', 'confidence': 0.41, 'sentiment': 'disappointed', 'priority': 'high'}


def transcript_for_service(dialogue):
    """The lines as an agent passes them on."""
    return [{name: entry[name] for name in ('author', 'text', 'tool') if name in entry}
            for entry in dialogue['transcript']]
