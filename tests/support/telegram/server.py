# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Handover developers
"""The Bot API over HTTP, as somebody's own server of it would offer: plain, and on this computer."""

import email.parser
import email.policy
import http.client
import http.server
import itertools
import json
import re
import select
import socket
import threading
import urllib.parse

from support.telegram import rules
from support.telegram.bot import Bot
from support.telegram.faults import Cut, RawAnswer
from support.telegram.rules import Refusal, Upload, bad

PATH = re.compile(r'/bot([^/]+)/(\w+)(?:\?(.*))?')
FILE_PATH = re.compile(r'/file/bot([^/]+)/(.+)')
TOKEN = re.compile(r'\d+:[A-Za-z0-9_-]{35}')


class Telegram(http.server.ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def __init__(self):
        super().__init__(('127.0.0.1', 0), Call)
        self.bots = {}
        self.numbers = itertools.count(123456001)
        self.is_closing = threading.Event()
        self.strangers = 0
        self.address = 'http://127.0.0.1:%d' % self.server_port
        threading.Thread(target=self.serve_forever, args=[0.02], daemon=True).start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def add_bot(self, name='Demo Shop', username='demo_shop_bot'):
        bot = Bot(next(self.numbers), name, username)
        self.bots[bot.token] = bot
        threading.Thread(target=self._deliver, args=[bot], daemon=True).start()
        return bot

    def renew(self, bot):
        """Its token is replaced by another; the old one is good for nothing."""
        del self.bots[bot.token]
        bot.token = bot.new_token()
        self.bots[bot.token] = bot

    def handle_error(self, request, client_address):
        """Who hangs up is not missed."""

    def close(self):
        self.is_closing.set()
        for bot in self.bots.values():
            for fault in bot.faults:
                fault.over.set()
        self.shutdown()
        self.server_close()

    def find_bot(self, token):
        bot = self.bots.get(token)
        if bot is None or bot.is_revoked:
            self.strangers += 1
            raise Refusal(401, 'Unauthorized') if TOKEN.fullmatch(token) else Refusal(404, 'Not Found')
        return bot

    # --- webhooks ---------------------------------------------------------------------------------------------

    def _deliver(self, bot):
        """One update after another, each until it is taken."""
        while not self.is_closing.is_set():
            with bot.changed:
                if not bot.webhook or not bot.updates:
                    bot.changed.wait(0.2)
                    continue
                webhook = dict(bot.webhook)
            update = bot.take_update()
            if update is None:
                continue
            status = post_update(webhook, update)
            if 200 <= status < 300:
                bot.end_update(update)
                bot.webhook_error = None
            else:
                bot.webhook_error = 'Wrong response from the webhook: %d' % status
                self.is_closing.wait(0.1)


def post_update(webhook, update, secret=None):
    """The status with which somebody answered an update; 0: nobody did."""
    parts = urllib.parse.urlsplit(webhook['url'])
    connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=10)
    headers = {'Content-Type': 'application/json'}
    secret = secret or webhook.get('secret_token')
    if secret:
        headers['X-Telegram-Bot-Api-Secret-Token'] = secret
    try:
        connection.request('POST', parts.path, json.dumps(update).encode(), headers)
        answer = connection.getresponse()
        answer.read()
        return answer.status
    except (OSError, http.client.HTTPException):
        return 0
    finally:
        connection.close()


class Call(http.server.BaseHTTPRequestHandler):
    """One connection's calls."""

    protocol_version = 'HTTP/1.1'
    disable_nagle_algorithm = True

    def log_message(self, *_):
        """What was called is in the bot's list."""

    def _read_body(self):
        if 'chunked' in self.headers.get('Transfer-Encoding', ''):
            chunks = []
            while size := int(self.rfile.readline().split(b';')[0], 16):
                chunks.append(self.rfile.read(size))
                self.rfile.readline()
            self.rfile.readline()
            return b''.join(chunks)
        return self.rfile.read(int(self.headers.get('Content-Length', 0)))

    def _read_parameters(self, query, body):
        """What was given, and whether as text that has yet to be read."""
        given = dict(urllib.parse.parse_qsl(query or '', keep_blank_values=True))
        kind = self.headers.get_content_type() if self.headers.get('Content-Type') else ''
        if not body:
            return given, True
        if kind == 'application/json':
            try:
                return {**given, **json.loads(body)}, False
            except (ValueError, TypeError):
                raise bad('can\'t parse request body') from None
        if kind == 'application/x-www-form-urlencoded':
            return {**given, **dict(urllib.parse.parse_qsl(body.decode(), keep_blank_values=True))}, True
        if kind == 'multipart/form-data':
            return {**given, **self._read_form(body)}, True
        raise bad('unsupported content type')

    def _read_form(self, body):
        head = b'Content-Type: ' + self.headers['Content-Type'].encode() + b'\r\n\r\n'
        form = email.parser.BytesParser(policy=email.policy.HTTP).parsebytes(head + body)
        fields = {}
        if form.defects or not form.is_multipart():
            raise bad('can\'t parse the form')
        for part in form.iter_parts():
            name = part.get_param('name', header='content-disposition')
            data = part.get_payload(decode=True) or b''
            if name is None or name in fields:
                raise bad('a field of the form has no name of its own')
            if part.get_param('filename', header='content-disposition') is None:
                fields[name] = data.decode()
            else:
                fields[name] = Upload(part.get_filename(), part.get_content_type(), data)
        return fields

    def _answer(self, status, body, kind='application/json'):
        self.send_response_only(status)
        self.send_header('Content-Type', kind)
        self.send_header('Content-Length', str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _refuse(self, refusal):
        parameters = {'parameters': refusal.parameters} if refusal.parameters else {}
        self._answer(refusal.code, json.dumps({'ok': False, 'error_code': refusal.code,
                                               'description': refusal.description, **parameters}).encode())

    def _take(self):
        body = self._read_body()
        try:
            file = FILE_PATH.fullmatch(self.path)
            if file:
                self._send_file(self.server.find_bot(file[1]), file[2])
                return
            call = PATH.fullmatch(self.path)
            if call is None:
                raise Refusal(404, 'Not Found')
            bot = self.server.find_bot(call[1])
            result = self._call(bot, call[2], *self._read_parameters(call[3], body))
            self._answer(200, json.dumps({'ok': True, 'result': result}).encode())
        except Refusal as refusal:
            self._refuse(refusal)
        except RawAnswer as answer:
            self._answer(answer.status, answer.body, answer.kind)
        except (Cut, OSError):
            self.close_connection = True
            try:
                self.connection.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass

    do_GET = do_POST = _take

    def _is_gone(self):
        """Whether the caller has hung up."""
        if self.server.is_closing.is_set():
            return True
        readable, _, _ = select.select([self.connection], [], [], 0)
        return bool(readable) and not self.connection.recv(1, socket.MSG_PEEK)

    def _call(self, bot, method, given, is_form):
        if method not in rules.METHODS:
            raise Refusal(404, 'Not Found: method not found')
        bot.calls.append(method)
        taken, missing, complaints = rules.check_parameters(method, given, is_form)
        bot.complain(complaints)
        if missing:
            raise bad('there is no %s in the request' % missing[0])
        if complaints:
            raise bad(complaints[0])
        fault = next((fault for fault in bot.faults if fault.meets(method, taken)), None)
        if fault is None:
            return self._do(bot, method, taken)
        fault.spend()
        if fault.accepts:
            self._do(bot, method, taken)
        fault.caught.set()
        fault.befall(fault)
        raise Cut()

    def _do(self, bot, method, taken):
        if method in rules.MEDIA or method == 'sendMessage':
            return self._send(bot, method, taken)
        return getattr(self, '_do_' + method)(bot, taken)

    def _send(self, bot, method, taken):
        bot.complain(rules.check_markup(taken))
        if method == 'sendMessage':
            rules.check_text(taken['text'])
        else:
            rules.check_caption(taken.get('caption', ''))
            upload = taken[rules.MEDIA[method]]
            if isinstance(upload, Upload):
                bot.complain(rules.check_upload(method, upload))
        if 'reply_parameters' in taken:
            bot.complain(rules.check_reply(taken['reply_parameters']))
        return bot.accept(method, taken)

    def _do_getMe(self, bot, _):
        return {**bot.person.record, 'can_join_groups': True, 'can_read_all_group_messages': False,
                'supports_inline_queries': False}

    def _do_getUpdates(self, bot, taken):
        return bot.get_updates(taken, self._is_gone)

    def _do_setWebhook(self, bot, taken):
        if 'secret_token' in taken:
            rules.check_secret(taken['secret_token'])
        with bot.changed:
            bot.webhook = {name: taken[name] for name in ('url', 'secret_token') if name in taken} if taken['url'] else None
            if 'allowed_updates' in taken:
                bot._allow(taken['allowed_updates'])
            if taken.get('drop_pending_updates'):
                bot.complain(['updates of customers are never dropped'])
                bot.updates = []
            bot.changed.notify_all()
        return True

    def _do_deleteWebhook(self, bot, taken):
        with bot.changed:
            bot.webhook = None
            if taken.get('drop_pending_updates'):
                bot.complain(['updates of customers are never dropped'])
                bot.updates = []
        return True

    def _do_getWebhookInfo(self, bot, _):
        return {'url': (bot.webhook or {}).get('url', ''), 'has_custom_certificate': False,
                'pending_update_count': len(bot.updates),
                **({'last_error_message': bot.webhook_error} if bot.webhook_error else {})}

    def _do_getFile(self, bot, taken):
        data = bot.files.get(taken['file_id'])
        if data is None:
            raise bad('wrong file_id or the file is temporarily unavailable')
        if len(data) > rules.DOWNLOAD_BYTES:
            raise bad('file is too big')
        return {'file_id': taken['file_id'], 'file_unique_id': taken['file_id'][4:10], 'file_size': len(data),
                'file_path': 'documents/file_%s' % taken['file_id']}

    def _do_sendChatAction(self, bot, taken):
        if taken['action'] not in rules.ACTIONS:
            raise bad('wrong parameter action in request')
        bot.actions.append((bot.find_chat(taken['chat_id']).id, taken['action']))
        return True

    def _do_answerCallbackQuery(self, bot, taken):
        if taken['callback_query_id'] not in bot.unanswered:
            raise bad('query is too old and response timeout expired or query ID is invalid')
        bot.unanswered.discard(taken['callback_query_id'])
        return True

    def _send_file(self, bot, path):
        data = bot.files.get(path.removeprefix('documents/file_'))
        if data is None:
            raise Refusal(404, 'Not Found')
        bot.calls.append('file')
        fault = next((fault for fault in bot.faults if fault.meets('file', {})), None)
        if fault is not None:
            fault.spend()
            fault.caught.set()
            fault.befall(fault)
        self._answer(200, data, 'application/octet-stream')
