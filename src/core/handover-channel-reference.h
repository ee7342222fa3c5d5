/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include "core/handover-record.h"

G_BEGIN_DECLS

#define HANDOVER_TYPE_CHANNEL_REFERENCE (handover_channel_reference_get_type ())

G_DECLARE_FINAL_TYPE (HandoverChannelReference, handover_channel_reference, HANDOVER, CHANNEL_REFERENCE, HandoverRecord)

/**
 * HandoverChannelReference:
 *
 * Where a conversation takes place.
 *
 * Its members are read-only for everybody but the code that makes it.
 */
struct _HandoverChannelReference
{
  HandoverRecord parent_instance;

  /*< public >*/
  char *id;
  int kind; /* HandoverChannelKind */
};

G_END_DECLS
