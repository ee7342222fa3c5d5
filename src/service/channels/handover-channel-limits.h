/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * HandoverTextUnit:
 * @HANDOVER_TEXT_UTF16: UTF-16 code units
 * @HANDOVER_TEXT_CHARACTERS: characters of Unicode
 * @HANDOVER_TEXT_BYTES: bytes of UTF-8
 *
 * What a platform counts texts in.
 */
typedef enum
{
  HANDOVER_TEXT_UTF16,
  HANDOVER_TEXT_CHARACTERS,
  HANDOVER_TEXT_BYTES,
} HandoverTextUnit;

/**
 * HandoverChannelLimits:
 * @unit: what texts are counted in
 * @text: how long a text may be
 * @caption: how long the text beside a file may be; 0 where files go without
 * @sent_file: how large a file may be that we send, in bytes; 0 where none may be
 * @received_file: how large a file may be that we fetch, in bytes
 * @per_second: how many parts may leave in a second, over all chats
 * @chat_interval: how many milliseconds lie between two parts to one chat
 * @receives: whether it is asked for what came; otherwise webhooks alone bring it
 *
 * What a platform allows. A class sets them once and for all.
 */
typedef struct
{
  HandoverTextUnit unit;
  guint text;
  guint caption;
  gint64 sent_file;
  gint64 received_file;
  guint per_second;
  guint chat_interval;
  gboolean receives;
} HandoverChannelLimits;

G_END_DECLS
