/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include "core/handover-record.h"

G_BEGIN_DECLS

#define HANDOVER_TYPE_CHANNEL_ACCOUNT (handover_channel_account_get_type ())

G_DECLARE_FINAL_TYPE (HandoverChannelAccount, handover_channel_account, HANDOVER, CHANNEL_ACCOUNT, HandoverRecord)

/**
 * HandoverChannelAccount:
 *
 * A business's account on a platform, connected or once connected.
 *
 * Its members are read-only for everybody but the code that makes it.
 */
struct _HandoverChannelAccount
{
  HandoverRecord parent_instance;

  /*< public >*/
  char *id;
  int kind; /* HandoverChannelKind */
  char *name;
  char *handle;
  char *agent_id;
  int state; /* HandoverChannelState */
  gint64 last_received_at;
  gint64 last_sent_at;
  char *last_error;
  gint64 last_error_at;
  gint64 created_at;
  gint64 version;
};

G_END_DECLS
