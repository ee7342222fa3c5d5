# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Handover developers
"""Holds every call of a round, with all its tries and answers, against the log."""

import collections

from fire.judge import digest
from fire.wire import CUT

AUTHORS = {'say': 'agent', 'customer': 'customer', 'tool': 'tool', 'reply': 'operator', 'note': 'operator'}
REFUSALS = {
    'say': {'conversation_frozen', 'stale_epoch', 'epoch_required'}, 'echo': {'conversation_frozen', 'stale_epoch',
                                                                             'epoch_required'},
    'end': {'conversation_frozen', 'stale_epoch', 'not_found'}, 'claim': {'already_claimed'}, 'reply': {'not_holder', 'stale_epoch'},
    'release': {'not_holder'}, 'resume': {'not_holder', 'no_agent'}, 'shut': {'not_holder'},
    'transfer': {'not_holder', 'operator_unavailable'}, 'look': {'not_found'},
}
# The change that a verb makes; what may be acknowledged without one is not counted.
CHANGES = {'claim': 'claimed', 'release': 'released', 'transfer': 'transferred', 'resume': 'resumed', 'shut': 'closed'}


class Verdict:
    def __init__(self, world, log, fail):
        self.log = log
        self.fail = fail
        self.counts = collections.Counter()
        self.opened_by = {}
        self.patience = world.patience
        self.chances = collections.Counter()
        for call in world.calls:
            self.case = log.by_name.get(call.room.name) if call.room else None
            for attempt in call.tries:
                self.answer(call, attempt)
            self.effects(call)
        for (name, kind, who), most in self.chances.items():
            # Who is dismissed loses what they hold, without having asked.
            if log.by_name[name].moves[(kind, who)] > most + (kind == 'released') * log.dismissed[who]:
                fail('%s %s more often than it was asked for' % (who, kind), log.by_name[name].now)

    def answer(self, call, attempt):
        answer = attempt.answer
        if answer is None or answer.status == 0:
            self.counts['unanswered'] += 1
            return
        self.counts['%s %s' % (call.verb, answer.code or answer.status)] += 1
        if attempt.manner == CUT:
            self.fail('an answer to half a request', call, answer)
        if answer.status == 401 and call.player.id in self.log.dismissed:
            return
        if answer.status >= 400:
            self.refusal(call, attempt, answer)
        elif answer.body is not None:
            self.objects(call, attempt, answer)

    def floor(self, call, attempt, epoch):
        """What was acknowledged before a request began is true when it is answered, unless it repeats another."""
        if epoch < attempt.epoch and attempt is call.tries[0]:
            self.fail('an answer from epoch %d after epoch %d was acknowledged' % (epoch, attempt.epoch), call, attempt.answer)

    def refusal(self, call, attempt, answer):
        code, case = answer.code, self.case
        if code in self.patience:
            return
        if code not in REFUSALS.get(call.verb, ()):
            self.fail('an unexpected refusal', call, answer)
            return
        if code == 'already_claimed':
            names = [name for epoch, name in case.names.items()
                     if epoch >= attempt.epoch and case.epochs[epoch][1] != call.player.id]
            if not any(answer.body['detail'].startswith(name + ' ') for name in names):
                self.fail('the loser is not told who won', call, answer, names)
        if code == 'not_holder' and all(holder == call.player.id for epoch, (_, holder) in case.epochs.items()
                                        if epoch >= attempt.epoch):
            self.fail('the holder is told to take over first', call, answer)
        if 'epoch' not in answer.body:
            if call.verb in ('say', 'echo', 'end') and code != 'not_found':
                self.fail('a refused agent is not told who may speak', call, answer)
            return
        self.terms(call, attempt, answer.body)
        control, epoch = answer.body['control'], answer.body['epoch']
        asked = call.body.get('epoch')
        fitting = {'conversation_frozen': control != 'agent' or (self.may_be_off() and not answer.body['may_reply']),
                   'epoch_required': control == 'agent' and epoch > 1 and not asked,
                   'stale_epoch': control == 'agent' and asked != epoch}
        if not fitting[code]:
            self.fail('a refusal that does not fit', call, answer)

    def may_be_off(self):
        """Whether the conversation's agent was ever switched off, and so may be refused although control is its own."""
        return self.case.now['agent_id'] in self.log.ever_disabled

    def terms(self, call, attempt, body):
        """control, epoch and may_reply as every agent is told."""
        control = self.case.epochs.get(body['epoch'], (None,))[0]
        may_reply = body.get('may_reply', control == 'agent')
        if body['control'] != control or may_reply > (control == 'agent') or \
                (may_reply < (control == 'agent') and not self.may_be_off()):
            self.fail('an answer that the log does not know', call, body, control)
        self.floor(call, attempt, body['epoch'])

    def objects(self, call, attempt, answer):
        body = answer.body
        start = answer.headers.find(b'handover-sequence:')
        if start >= 0 and int(answer.headers[start + 18:].split(b'\r\n', 1)[0]) < attempt.sequence:
            self.fail('the log went back', call, answer)
        if call.verb == 'list':
            for item in body['items']:
                self.same(call, item)
        elif call.verb == 'history':
            if [m['id'] for m in body['items'] if m['id'] not in self.log.messages]:
                self.fail('a transcript with what the log does not know', call, answer)
        elif 'version' in body and 'control' in body:
            self.same(call, body)
            self.floor(call, attempt, body['epoch'])
            if attempt is call.tries[0] and body['version'] < attempt.version:
                self.fail('version %d after %d was acknowledged' % (body['version'], attempt.version), call)
            self.expected(call, body)
        elif 'may_reply' in body:
            self.terms(call, attempt, body)
            self.told(call, answer)

    def same(self, call, item):
        if self.log.cases[item['id']].versions.get(item['version']) != digest(item):
            self.fail('an object that is not the log\'s of its version', call, item)

    def expected(self, call, body):
        holder = (body.get('holder') or {}).get('id')
        right = {'claim': ('operator', call.player.id), 'release': ('waiting', None), 'resume': ('agent', None),
                 'shut': ('closed', None), 'transfer': ('operator', (call.body or {}).get('operator_id'))}.get(call.verb)
        if right is not None and (body['control'], holder) != right:
            self.fail('acknowledged, but not done', call, body)

    def told(self, call, answer):
        body = answer.body
        if call.verb == 'escalate':
            number = body['escalation_id']
            if number not in self.case.escalations:
                self.fail('an escalation that the log does not know', call, answer)
            if answer.status == 201 and self.opened_by.setdefault(number, call) is not call:
                self.fail('two calls opened one escalation', call, self.opened_by[number], answer)
        if call.verb == 'echo' and self.log.messages[body['message_id']][1] not in ('transition', 'message'):
            self.fail('the transition message is not what it was said to be', call, answer)
        for message in body.get('messages', ()):
            known = self.log.messages.get(message['id'])
            if known is None or message['kind'] not in ('message', 'transition'):
                self.fail('an agent reads what it should not', call, message)

    def effects(self, call):
        """What came of a call in the end: once with a key, else as often as it was sent whole."""
        done = [t.answer for t in call.tries if t.answer is not None and 200 <= t.answer.status < 300]
        unknown = sum(1 for t in call.tries if (t.answer is None or t.answer.status == 0) and t.manner != CUT)
        if call.verb in CHANGES:
            kind = (call.room.name, CHANGES[call.verb], call.player.id)
            self.chances[kind] += min(1, len(done) + unknown) if call.key else len(done) + unknown
        if call.text is None:
            return
        found = self.log.texts[call.text]
        made = [item for item in found if item['kind'] != 'refused']
        least, most = len(done), len(done) + unknown
        if call.key:
            least, most = min(1, least), min(1, most)
        if not least <= len(made) <= most:
            self.fail('%d of %d to %d messages' % (len(made), least, most), call, done, made)
        for answer in done:
            if answer.body.get('message_id', answer.body.get('id')) not in [item['id'] for item in made]:
                self.fail('an acknowledged message that is not there', call, answer, made)
        for item in made:
            if item['author'] != AUTHORS[call.verb] or item['epoch'] < min(t.epoch for t in call.tries):
                self.fail('a message from another time', call, item)
            if (call.body.get('epoch') or item['epoch']) != item['epoch']:
                self.fail('a message with another epoch than it was sent with', call, item)
            if call.verb == 'say' and 'epoch' not in call.body and item['epoch'] != 1:
                self.fail('THE AI SPOKE without an epoch', call, item)
