# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Handover developers
"""Holds answers of the service against the OpenAPI document, more strictly than clients may."""

import json
import os
import re
import threading

import jsonschema
import referencing
import referencing.jsonschema

DOCUMENT = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', '..', 'data', 'openapi.json')
ROOT = 'urn:handover:openapi'
METHODS = ('get', 'post', 'put', 'patch', 'delete')
WORD = re.compile(r'[a-z_]{1,30}')
TIME = re.compile(r'\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z')


def shape(value):
    """What a schema can tell apart of a value: its members, its kinds and its words, not what people said."""
    if isinstance(value, dict):
        return tuple(sorted((name, shape(member)) for name, member in value.items()))
    if isinstance(value, list):
        return frozenset(shape(item) for item in value)
    if isinstance(value, str):
        return value if WORD.fullmatch(value) else 'TIME' if TIME.fullmatch(value) else 'TEXT' if value else ''
    return type(value).__name__, not value


class Checker:
    """check() returns what is wrong with an answer, or None, and counts both."""

    def __init__(self, file=DOCUMENT):
        with open(file, encoding='utf-8') as opened:
            self.document = json.load(opened)
        for schema in self.document['components'].get('schemas', {}).values():
            # Clients must ignore members that they do not know; the service must not send any.
            if 'properties' in schema:
                schema.setdefault('additionalProperties', False)
        resource = referencing.Resource(contents=self.document, specification=referencing.jsonschema.DRAFT202012)
        self.registry = referencing.Registry().with_resource(ROOT, resource)
        self.validators = {}
        self.operations = self._list_operations()
        self.lock = threading.Lock()
        self.checked = 0
        self.events_checked = 0
        self.violations = []
        self.used = set()
        self.shapes = {}

    def _list_operations(self):
        """(regular expression, method, path), literal paths before those with parameters."""
        found = []
        for path, item in self.document['paths'].items():
            pattern = re.compile('^' + re.sub(r'\\{[^}]+\\}', '[^/]+', re.escape(path)) + '$')
            found += [(pattern, method.upper(), path) for method in METHODS if method in item]
        return sorted(found, key=lambda entry: entry[2].count('{'))

    def _operation(self, method, path):
        for pattern, known, template in self.operations:
            if known == method and pattern.match(path):
                return template
        return None

    def _validator(self, pointer):
        if pointer not in self.validators:
            self.validators[pointer] = jsonschema.Draft202012Validator(
                {'$ref': ROOT + '#' + pointer}, registry=self.registry,
                format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER)
        return self.validators[pointer]

    def _problems(self, pointer, instance):
        return '; '.join('%s: %s' % (error.json_path, error.message[:300])
                         for error in self._validator(pointer).iter_errors(instance))

    def check(self, method, target, status, content_type, raw):
        """One answer. target: the path, with or without a query."""
        path = target.split('?')[0]
        wrong = self._judge(method, path, status, (content_type or '').split(';')[0].strip(), raw)
        with self.lock:
            self.checked += 1
            if wrong:
                self.violations.append('%s %s %d: %s' % (method, path, status, wrong))
        return wrong

    def check_shape(self, method, target, status, content_type, body):
        """Like check(), for so many answers that those which look like an earlier one pass with it."""
        known = (self._operation(method, target.split('?')[0]), method, status, content_type, shape(body))
        if known not in self.shapes:
            raw = json.dumps(body).encode() if body is not None else b''
            self.shapes[known] = self.check(method, target, status, content_type, raw)
        return self.shapes[known]

    def check_event(self, data):
        """The data of one line of an event stream."""
        try:
            event = json.loads(data)
            # A signal has no number, but says where somebody is typing.
            name = 'Signal' if 'sequence' not in event and 'conversation_id' in event else 'Event'
            wrong = self._problems('/components/schemas/' + name, event)
        except ValueError as error:
            wrong = str(error)
        with self.lock:
            self.events_checked += 1
            if wrong:
                self.violations.append('event: %s in %s' % (wrong, data[:300]))
        return wrong

    def check_event_shape(self, data):
        """Like check_event(), for so many."""
        known = shape(json.loads(data))
        if known not in self.shapes:
            self.shapes[known] = self.check_event(data)
        return self.shapes[known]

    def _judge(self, method, path, status, content_type, raw):
        template = self._operation(method, path)
        if template is None:
            if status not in (404, 405):
                return 'the document does not know this request'
            return self._judge_body('/components/schemas/Problem', 'application/problem+json', content_type, raw)
        pointer, response = self._response(template, method.lower(), status)
        if response is None:
            return 'the document does not know this status of %s' % template
        with self.lock:
            self.used.add((method, template, status))
        content = response.get('content', {})
        if not content:
            return 'the document wants no body' if raw else None
        if '*/*' in content:
            return None
        if content_type not in content:
            return 'content type %r, not one of %s' % (content_type, ', '.join(content))
        if not content_type.endswith('json'):
            return None
        return self._judge_body('%s/content/%s/schema' % (pointer, content_type.replace('/', '~1')), content_type,
                                content_type, raw)

    def _response(self, template, method, status):
        responses = self.document['paths'][template][method]['responses']
        for key in (str(status), '%dXX' % (status // 100), 'default'):
            if key in responses:
                break
        else:
            return None, None
        response = responses[key]
        if '$ref' in response:
            pointer = response['$ref'].removeprefix('#')
            return pointer, self.registry.resolver(ROOT).lookup('#' + pointer).contents
        return '/paths/%s/%s/responses/%s' % (template.replace('~', '~0').replace('/', '~1').replace('{', '%7B')
                                              .replace('}', '%7D'), method, key), response

    def _judge_body(self, pointer, wanted_type, content_type, raw):
        if content_type != wanted_type:
            return 'content type %r, not %r' % (content_type, wanted_type)
        try:
            body = json.loads(raw)
        except ValueError as error:
            return 'not JSON: %s' % error
        return self._problems(pointer, body) or None
