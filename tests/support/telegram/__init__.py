# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Handover developers
"""A stand-in for Telegram's Bot API: behaves as its documents say, checks what it is sent, and fails when told to."""

from support.telegram.bot import Bot, Chat, Person
from support.telegram.faults import cut, flood, garbage, page, refusal, silence
from support.telegram.server import Telegram

__all__ = ['Bot', 'Chat', 'Person', 'Telegram', 'cut', 'flood', 'garbage', 'page', 'refusal', 'silence']
