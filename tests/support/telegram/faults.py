# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Handover developers
"""Ways in which a call to the Bot API goes wrong."""

import threading
import time

from support.telegram.rules import Refusal


class Fault:
    """Befalls calls until it is used up; `caught` is set by the first, `over` ends a silence."""

    def __init__(self, accepts, befall):
        self.accepts = accepts
        self.befall = befall
        self.method = None
        self.chat = None
        self.left = 1
        self.count = 0
        self.at = None
        self.caught = threading.Event()
        self.over = threading.Event()

    def meets(self, method, parameters):
        return self.left > 0 and self.method == method and self.chat in (None, parameters.get('chat_id'))

    def spend(self):
        self.left -= 1
        self.count += 1
        self.at = time.monotonic()


class Cut(Exception):
    """The connection ends without an answer."""


class RawAnswer(Exception):
    """An answer that is none of the Bot API's."""

    def __init__(self, status, kind, body):
        super().__init__(status)
        self.status = status
        self.kind = kind
        self.body = body


def _raise(error):
    def befall(_):
        raise error
    return befall


def refusal(code, description, accepts=False, **parameters):
    """An answer with ok: false."""
    return Fault(accepts, _raise(Refusal(code, description, **parameters)))


def flood(seconds):
    """Too many messages."""
    return refusal(429, 'Too Many Requests: retry after %d' % seconds, retry_after=seconds)


def page(status, accepts=False):
    """What a gateway says instead: a page for people."""
    return Fault(accepts, _raise(RawAnswer(status, 'text/html', b'<html><title>%d</title></html>' % status)))


def garbage(body, status=200):
    """An answer that cannot be read."""
    return Fault(False, _raise(RawAnswer(status, 'application/json', body)))


def cut(accepts=False):
    """The connection breaks; accepts: after the message was taken."""
    return Fault(accepts, _raise(Cut()))


def silence(accepts=False):
    """No answer until the fault is over, or the caller has left; accepts: the message was taken."""
    def befall(fault):
        fault.over.wait()
        raise Cut()
    return Fault(accepts, befall)
