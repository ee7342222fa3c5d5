# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Handover developers
"""Replays a log by the rules of the design, and holds every answer against it. It shares no code with the service."""

import collections
import json

# control before, control after, the change that the transcript names
MOVES = {
    ('agent', 'waiting'): {'escalated'}, ('agent', 'operator'): {'claimed'}, ('agent', 'closed'): {'closed'},
    ('waiting', 'operator'): {'claimed'}, ('operator', 'waiting'): {'released'},
    ('operator', 'operator'): {'transferred'}, ('operator', 'agent'): {'resumed'}, ('operator', 'closed'): {'closed'},
    ('closed', 'agent'): {'reopened'}, ('closed', 'waiting'): {'escalated'}, ('closed', 'operator'): {'claimed'},
}

def digest(item):
    return hash(json.dumps(item, sort_keys=True))


class Case:
    """A conversation as the log tells of it."""

    def __init__(self, item):
        self.now = item
        self.versions = {item['version']: digest(item)}
        self.epochs = {1: ('agent', None)}
        self.names = {}
        self.open = None
        self.changes = {}
        self.transitions = collections.Counter()
        self.escalations = {}
        self.moves = collections.Counter()


class Log:
    """Every event of one business, in order."""

    def __init__(self, events, fail):
        self.fail = fail
        self.cases = {}
        self.by_name = {}
        self.texts = collections.defaultdict(list)
        self.messages = {}
        self.inactive = set()
        self.disabled = set()
        self.ever_disabled = set()
        self.dismissed = collections.Counter()
        self.opened = {}
        expected = 1
        for number, kind, data in events:
            if number != expected:
                fail('the log goes from %d to %d' % (expected - 1, number))
            expected = number + 1
            body = json.loads(data)
            if body['sequence'] != number or body['kind'] != kind:
                fail('an event that is not what its head says', number, kind, body)
            self.take(kind, body)
        self.last = expected - 1
        self.finish()

    def take(self, kind, body):
        if kind in ('message.created', 'message.refused'):
            self.message(kind, body['message'])
        elif kind == 'message.updated':
            self.message_again(body['message'])
        elif kind == 'conversation.created':
            item = body['conversation']
            self.cases[item['id']] = Case(item)
            if item['external_id'] in self.by_name:
                self.fail('two conversations of one name', item)
            self.by_name[item['external_id']] = self.cases[item['id']]
        elif kind in ('conversation.updated', 'control.changed'):
            self.conversation(kind, body['conversation'])
        elif kind.startswith('escalation.'):
            self.escalation(kind, body['escalation'])
        elif kind == 'operator.updated':
            self.operator(body['operator'])
        elif kind == 'agent.updated':
            self.agent(body['agent'])

    def agent(self, item):
        if item['enabled']:
            self.disabled.discard(item['id'])
        else:
            self.disabled.add(item['id'])
            self.ever_disabled.add(item['id'])

    def operator(self, item):
        if item['active']:
            self.inactive.discard(item['id'])
        elif item['id'] not in self.inactive:
            self.inactive.add(item['id'])
            self.dismissed[item['id']] += 1

    def message(self, kind, item):
        case = self.cases[item['conversation_id']]
        if item['id'] in self.messages:
            self.fail('a message is told of twice', item)
        self.messages[item['id']] = (item['version'], item['kind'])
        author, control = item['author'], case.now['control']
        if (kind == 'message.refused') != (item['kind'] == 'refused'):
            self.fail('a refused message passes for another', item)
        if author == 'agent' and kind == 'message.created' and (control != 'agent' or item['epoch'] != case.now['epoch']):
            self.fail('THE AI SPOKE while control was %s in epoch %d' % (control, case.now['epoch']), item)
        if author == 'agent' and kind == 'message.created' and case.now['agent_id'] in self.disabled:
            self.fail('AN AI SPOKE that was switched off', item)
        if author == 'operator' and item['kind'] == 'message':
            holder = case.now.get('holder') or {}
            if control != 'operator' or holder.get('id') != item['operator']['id'] or item['epoch'] != case.now['epoch']:
                self.fail('someone without control spoke', item, case.now)
        if author == 'operator' and item['operator']['id'] in self.inactive:
            self.fail('someone who was dismissed spoke', item)
        if item['kind'] == 'control':
            if item['epoch'] in case.changes:
                self.fail('two reasons for one epoch', item)
            case.changes[item['epoch']] = item
        elif item['kind'] == 'transition':
            case.transitions[item['epoch']] += 1
        else:
            self.texts[item['text']].append(item)

    def message_again(self, item):
        version, kind = self.messages[item['id']]
        if item['version'] != version + 1 or item['kind'] != kind:
            self.fail('a message goes from version %d to %d' % (version, item['version']), item)
        self.messages[item['id']] = (item['version'], kind)

    def conversation(self, kind, item):
        case = self.cases[item['id']]
        before, case.now = case.now, item
        if item['version'] != before['version'] + 1:
            self.fail('a conversation goes from version %d to %d' % (before['version'], item['version']), item)
        case.versions[item['version']] = digest(item)
        holder, escalation = item.get('holder'), item.get('escalation')
        if (item['control'] in ('waiting', 'operator')) != bool(escalation) or (item['control'] == 'operator') != bool(holder):
            self.fail('holder or escalation do not go with control', item)
        moved = (before['control'], (before.get('holder') or {}).get('id')) != (item['control'], (holder or {}).get('id'))
        if item['epoch'] != before['epoch'] + moved or moved != (kind == 'control.changed'):
            self.fail('epoch, control and kind do not go together: ' + kind, before, item)
        if moved:
            self.moved(case, before, item)
        elif before.get('escalation', {}).get('id') != item.get('escalation', {}).get('id'):
            self.fail('another escalation without a change of control', before, item)

    def moved(self, case, before, item):
        epoch, pair = item['epoch'], (before['control'], item['control'])
        case.epochs[epoch] = (item['control'], (item.get('holder') or {}).get('id'))
        if item.get('holder'):
            case.names[epoch] = item['holder']['name']
            if item['holder']['id'] in self.inactive:
                self.fail('control went to someone who was dismissed', item)
        change = case.changes.get(epoch)
        if change is None or change['change']['kind'] not in MOVES.get(pair, ()):
            self.fail('an epoch that no rule explains', before, item, change)
            return
        case.moves[(change['change']['kind'], (change.get('operator') or {}).get('id'))] += 1
        due = pair in (('agent', 'waiting'), ('agent', 'operator'))
        if case.transitions[epoch] != due:
            self.fail('%d transition messages where %d is due' % (case.transitions[epoch], due), item)
        kept = pair[0] in ('waiting', 'operator') and pair[1] in ('waiting', 'operator')
        if kept and before['escalation']['id'] != item['escalation']['id']:
            self.fail('the escalation changed under way', before, item)
        if item['control'] in ('waiting', 'operator') and not kept and item['escalation']['id'] in self.opened:
            self.fail('an escalation was opened again', item)

    def escalation(self, kind, item):
        case = self.cases[item['conversation_id']]
        known = case.escalations.get(item['id'])
        if kind == 'escalation.opened':
            if known or case.open:
                self.fail('an escalation is opened twice, or beside another', item)
            case.open = item['id']
            self.opened[item['id']] = item['trigger']
        elif case.open != item['id']:
            self.fail('%s of one that is not open' % kind, item)
        if kind == 'escalation.resolved':
            case.open = None
        case.escalations[item['id']] = item

    def finish(self):
        for case in self.cases.values():
            if sum(case.transitions.values()) != sum(case.transitions[epoch] for epoch in case.epochs):
                self.fail('a transition message of no epoch', case.now, case.transitions)
            if (case.now.get('escalation') or {}).get('id') != case.open:
                self.fail('the open escalation is not the conversation\'s', case.now, case.open)
            if set(case.changes) | {1} != set(case.epochs):
                self.fail('a change of control that never was', case.now)
