# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Handover developers
"""How a bot talks to Handover: by HTTP, or by the Model Context Protocol.

Both offer the same few verbs, so that one scripted bot can use either. Nothing here comes from Handover's
own sources: an address, a key and Python's standard library are all that a bot needs.
"""

import http.client
import json
import urllib.parse


class Standing:
    """What every answer tells a bot: who may speak. `refused` holds the code when it may not."""

    def __init__(self, body, refused=None):
        self.control = body.get('control')
        self.epoch = body.get('epoch')
        self.may_reply = body.get('may_reply', False)
        self.refused = refused
        self.body = body


class Trouble(Exception):
    """An answer that a bot cannot do anything with."""


def _exchange(address, method, path, headers, body=None, seconds=30):
    parts = urllib.parse.urlsplit(address)
    kind = http.client.HTTPSConnection if parts.scheme == 'https' else http.client.HTTPConnection
    connection = kind(parts.hostname, parts.port, timeout=seconds)
    try:
        raw = None if body is None else json.dumps(body, ensure_ascii=False).encode()
        connection.request(method, path, raw, {'Content-Type': 'application/json', **headers})
        response = connection.getresponse()
        return response.status, response.headers, response.read()
    finally:
        connection.close()


class HttpAgent:
    """The agent interface under /agent/v1."""

    name = 'http'

    def __init__(self, address, key, conversation):
        self.address = address
        self.headers = {'Authorization': 'Bearer ' + key}
        self.conversation = conversation
        self.path = '/agent/v1/conversations/' + urllib.parse.quote(conversation, '')
        self.epoch = None
        self.next_after = None

    def _call(self, method, path, body=None):
        status, _, raw = _exchange(self.address, method, path, self.headers, body)
        answer = json.loads(raw) if raw else {}
        if status == 409 and answer.get('code') in ('conversation_frozen', 'stale_epoch', 'epoch_required'):
            return Standing(answer, answer['code'])
        if status >= 300:
            raise Trouble('%s %s answered %d: %s' % (method, path, status, answer.get('detail', answer)))
        return Standing(answer)

    def _learn(self, standing):
        if standing.epoch is not None:
            self.epoch = standing.epoch
        return standing

    def tell(self, entry, customer=None):
        """Adds a line to the conversation: the customer's, a tool's or the bot's own."""
        body = {'author': entry['author'], 'text': entry['text']}
        if entry['author'] == 'agent' and self.epoch is not None:
            body['epoch'] = self.epoch
        if 'tool' in entry:
            body['tool'] = entry['tool']
        if customer:
            body['customer'] = customer
        return self._learn(self._call('POST', self.path + '/messages', body))

    def escalate(self, dialogue, transcript):
        body = {'conversation': dict(dialogue['conversation'], external_id=self.conversation, channel='api'),
                'metadata': dialogue.get('metadata', {}), 'transcript': transcript, **dialogue['escalation']}
        return self._learn(self._call('POST', '/agent/v1/escalations', body))

    def look(self):
        """Who may speak, and what people said since the last look."""
        query = '?after=' + urllib.parse.quote(str(self.next_after)) if self.next_after else ''
        standing = self._learn(self._call('GET', self.path + query))
        self.next_after = standing.body.get('next_after', self.next_after)
        return standing

    def delivered(self, message):
        self._call('POST', '/agent/v1/messages/%s/status' % message['id'], {'state': 'delivered'})

    def watch(self, changed):
        """Calls changed() at each event, until the service hangs up. Blocks: give it a thread."""
        parts = urllib.parse.urlsplit(self.address)
        connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=60)
        connection.request('GET', '/agent/v1/events', headers=dict(self.headers, Accept='text/event-stream'))
        response = connection.getresponse()
        if response.status != 200:
            raise Trouble('the event stream answered %d' % response.status)
        changed()
        for line in response:
            if line.startswith(b'data:'):
                changed()


class McpAgent:
    """The same by MCP over Streamable HTTP: only POST /mcp, never /agent/v1."""

    name = 'mcp'
    tools_needed = {'escalate_to_human', 'send_customer_message', 'get_control'}

    def __init__(self, address, key, conversation, version='2025-11-25'):
        self.address = address
        self.headers = {'Authorization': 'Bearer ' + key, 'Accept': 'application/json, text/event-stream'}
        self.conversation = conversation
        self.version = version
        self.number = 0
        self.epoch = None
        self.next_after = None
        self.server = None

    def connect(self):
        """The handshake, and a look at the tools: returns their descriptions by name."""
        self.server = self._call('initialize', {
            'protocolVersion': self.version, 'capabilities': {},
            'clientInfo': {'name': 'scripted-bot', 'version': '1'}})
        self.version = self.server['protocolVersion']
        self.headers['MCP-Protocol-Version'] = self.version
        self._notify('notifications/initialized')
        tools = {tool['name']: tool for tool in self._call('tools/list', {})['tools']}
        missing = self.tools_needed - set(tools)
        if missing:
            raise Trouble('the service offers no ' + ', '.join(sorted(missing)))
        return tools

    def _post(self, message):
        status, headers, raw = _exchange(self.address, 'POST', '/mcp', self.headers, message)
        if 'Mcp-Session-Id' in headers:
            self.headers['Mcp-Session-Id'] = headers['Mcp-Session-Id']
        return status, raw

    def _notify(self, method):
        status, _ = self._post({'jsonrpc': '2.0', 'method': method})
        if status != 202:
            raise Trouble('%s answered %d' % (method, status))

    def _call(self, method, params):
        self.number += 1
        status, raw = self._post({'jsonrpc': '2.0', 'id': self.number, 'method': method, 'params': params})
        if status != 200:
            raise Trouble('%s answered %d: %s' % (method, status, raw[:300]))
        answer = json.loads(raw)
        if answer.get('id') != self.number or 'error' in answer:
            raise Trouble('%s answered %s' % (method, answer))
        return answer['result']

    def _tool(self, name, **arguments):
        result = self._call('tools/call', {'name': name, 'arguments': arguments})
        body = result.get('structuredContent')
        if body is None:
            body = json.loads(result['content'][0]['text'])
        standing = Standing(body, body.get('code', 'refused') if result.get('isError') else None)
        if standing.epoch is not None:
            self.epoch = standing.epoch
        return standing

    def tell(self, entry, customer=None):
        """Before the escalation an MCP bot keeps its talk to itself: the transcript goes with the call."""
        if self.epoch is None:
            return Standing({'control': 'agent', 'may_reply': True})
        more = {'tool': entry['tool']} if 'tool' in entry else {}
        if entry['author'] == 'agent':
            more['epoch'] = self.epoch
        return self._tool('send_customer_message', external_id=self.conversation, author=entry['author'],
                          text=entry['text'], **more)

    def escalate(self, dialogue, transcript):
        customer = dialogue['conversation'].get('customer')
        more = {'customer': customer} if customer else {}
        return self._tool('escalate_to_human', external_id=self.conversation, channel='api',
                          metadata=dialogue.get('metadata', {}), transcript=transcript, **more,
                          **dialogue['escalation'])

    def look(self):
        more = {'after': self.next_after} if self.next_after else {}
        standing = self._tool('get_control', external_id=self.conversation, **more)
        self.next_after = standing.body.get('next_after', self.next_after)
        return standing

    def delivered(self, message):
        """MCP has no tool for it: the operator keeps seeing Sent."""
