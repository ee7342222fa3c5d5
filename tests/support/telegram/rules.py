# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Handover developers
"""What the methods of the Bot API take, and how what they take is limited."""

import json
import re

TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024
PHOTO_BYTES = 10 * 1024 * 1024
UPLOAD_BYTES = 50 * 1024 * 1024
DOWNLOAD_BYTES = 20 * 1024 * 1024
ACTIONS = {'typing', 'upload_photo', 'record_video', 'upload_video', 'record_voice', 'upload_voice', 'upload_document',
           'choose_sticker', 'find_location', 'record_video_note', 'upload_video_note'}
UPDATE_KINDS = {'message', 'edited_message', 'channel_post', 'edited_channel_post', 'business_connection',
                'business_message', 'edited_business_message', 'deleted_business_messages', 'message_reaction',
                'message_reaction_count', 'inline_query', 'chosen_inline_result', 'callback_query', 'shipping_query',
                'pre_checkout_query', 'purchased_paid_media', 'poll', 'poll_answer', 'my_chat_member', 'chat_member',
                'chat_join_request', 'chat_boost', 'removed_chat_boost'}
# What is sent without being asked for.
DEFAULT_KINDS = UPDATE_KINDS - {'message_reaction', 'message_reaction_count', 'chat_member'}

REQUIRED = '!'
ADDRESS = {'chat_id': 'chat!', 'business_connection_id': 'text', 'message_thread_id': 'int'}
SENDING = {**ADDRESS, 'disable_notification': 'bool', 'protect_content': 'bool', 'message_effect_id': 'text',
           'reply_parameters': 'object', 'reply_markup': 'object'}
CAPTION = {'caption': 'text', 'parse_mode': 'text', 'caption_entities': 'list'}
METHODS = {
    'getMe': {},
    'getUpdates': {'offset': 'int', 'limit': 'int', 'timeout': 'int', 'allowed_updates': 'list'},
    'setWebhook': {'url': 'text!', 'certificate': 'file', 'ip_address': 'text', 'max_connections': 'int',
                   'allowed_updates': 'list', 'drop_pending_updates': 'bool', 'secret_token': 'text'},
    'deleteWebhook': {'drop_pending_updates': 'bool'},
    'getWebhookInfo': {},
    'getFile': {'file_id': 'text!'},
    'sendMessage': {**SENDING, 'text': 'text!', 'parse_mode': 'text', 'entities': 'list',
                    'link_preview_options': 'object'},
    'sendPhoto': {**SENDING, **CAPTION, 'photo': 'file!', 'has_spoiler': 'bool', 'show_caption_above_media': 'bool'},
    'sendDocument': {**SENDING, **CAPTION, 'document': 'file!', 'thumbnail': 'file',
                     'disable_content_type_detection': 'bool'},
    'sendVideo': {**SENDING, **CAPTION, 'video': 'file!', 'duration': 'int', 'width': 'int', 'height': 'int',
                  'thumbnail': 'file', 'cover': 'file', 'start_timestamp': 'int', 'has_spoiler': 'bool',
                  'supports_streaming': 'bool', 'show_caption_above_media': 'bool'},
    'sendAudio': {**SENDING, **CAPTION, 'audio': 'file!', 'duration': 'int', 'performer': 'text', 'title': 'text',
                  'thumbnail': 'file'},
    'sendVoice': {**SENDING, **CAPTION, 'voice': 'file!', 'duration': 'int'},
    'sendChatAction': {**ADDRESS, 'action': 'text!'},
    'answerCallbackQuery': {'callback_query_id': 'text!', 'text': 'text', 'show_alert': 'bool', 'url': 'text',
                            'cache_time': 'int'},
}
MEDIA = {'sendPhoto': 'photo', 'sendDocument': 'document', 'sendVideo': 'video', 'sendAudio': 'audio',
         'sendVoice': 'voice'}


class Refusal(Exception):
    """What the Bot API answers instead of a result."""

    def __init__(self, code, description, **parameters):
        super().__init__('%d %s' % (code, description))
        self.code = code
        self.description = description
        self.parameters = parameters


class Upload:
    """A file that came in a form."""

    def __init__(self, name, kind, data):
        self.name = name
        self.kind = kind
        self.data = data


def utf16_length(text):
    """In code units, as the Bot API counts."""
    return len(text.encode('utf-16-le', 'surrogatepass')) // 2


def bad(description):
    return Refusal(400, 'Bad Request: ' + description)


def from_form(kind, value):
    """A value of a form is text; what is no text in it is JSON."""
    if kind in ('text', 'file') or isinstance(value, Upload):
        return value
    try:
        return json.loads(value)
    except ValueError:
        return value


FITS = {
    'text': lambda value: isinstance(value, str),
    'int': lambda value: isinstance(value, int) and not isinstance(value, bool),
    'bool': lambda value: isinstance(value, bool),
    'list': lambda value: isinstance(value, list),
    'object': lambda value: isinstance(value, dict),
    'file': lambda value: isinstance(value, (str, Upload)),
    'chat': lambda value: (isinstance(value, int) and not isinstance(value, bool)
                           and abs(value) < 2 ** 52) or (isinstance(value, str) and value.startswith('@')),
}


def check_parameters(method, given, is_form):
    """The parameters with their types; yields complaints that a lenient server would keep to itself."""
    known = METHODS[method]
    complaints = []
    taken = {}
    for name, value in given.items():
        kind = known.get(name, '').rstrip(REQUIRED)
        if not kind:
            complaints.append('%s knows no parameter %s' % (method, name))
            continue
        value = from_form(kind, value) if is_form else value
        if not FITS[kind](value):
            complaints.append('%s of %s is no %s: %r' % (name, method, kind, value))
            continue
        taken[name] = value
    missing = [name for name, kind in known.items() if kind.endswith(REQUIRED) and name not in taken]
    return taken, missing, complaints


def check_text(text):
    """The limits that sendMessage has."""
    if not text.strip():
        raise bad('message text is empty')
    if utf16_length(text) > TEXT_LIMIT:
        raise bad('message is too long')


def check_caption(caption):
    if utf16_length(caption) > CAPTION_LIMIT:
        raise bad('message caption is too long')


def check_markup(taken):
    """Nobody sends marked-up text here: an unlucky underscore would be an error."""
    return ['%s is never needed: the text is sent as it is' % name
            for name in ('parse_mode', 'entities', 'caption_entities') if name in taken]


def check_reply(parameters):
    if not isinstance(parameters.get('message_id'), int):
        raise bad('there is no message_id in reply_parameters')
    unknown = set(parameters) - {'message_id', 'chat_id', 'allow_sending_without_reply', 'quote', 'quote_parse_mode',
                                 'quote_entities', 'quote_position', 'checklist_task_id'}
    complaints = ['reply_parameters knows no %s' % name for name in sorted(unknown)]
    if not parameters.get('allow_sending_without_reply'):
        complaints.append('a customer who deleted what is answered would get no answer')
    return complaints


def check_secret(secret):
    if not re.fullmatch(r'[A-Za-z0-9_-]{1,256}', secret):
        raise bad('secret token contains unallowed characters')


def check_upload(method, upload):
    complaints = []
    if not upload.data:
        raise bad('file must be non-empty')
    if len(upload.data) > (PHOTO_BYTES if method == 'sendPhoto' else UPLOAD_BYTES):
        raise Refusal(413, 'Request Entity Too Large')
    if not upload.name:
        complaints.append('the file of %s has no name' % method)
    if not upload.kind or '/' not in upload.kind:
        complaints.append('the file of %s has no type' % method)
    return complaints
