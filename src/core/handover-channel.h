/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include "core/handover-record.h"

G_BEGIN_DECLS

#define HANDOVER_TYPE_CHANNEL (handover_channel_get_type ())

G_DECLARE_FINAL_TYPE (HandoverChannel, handover_channel, HANDOVER, CHANNEL, HandoverRecord)

/**
 * HandoverChannel:
 *
 * Where a conversation takes place.
 *
 * Its members are read-only for everybody but the code that makes it.
 */
struct _HandoverChannel
{
  HandoverRecord parent_instance;

  /*< public >*/
  char *id;
  int kind; /* HandoverChannelKind */
};

G_END_DECLS
