/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include "core/handover-person.h"

G_BEGIN_DECLS

/**
 * HANDOVER_SIGNAL_LIFETIME:
 *
 * How long a signal holds, in milliseconds, unless it is said again.
 */
#define HANDOVER_SIGNAL_LIFETIME (10 * 1000)

#define HANDOVER_TYPE_SIGNAL (handover_signal_get_type ())

G_DECLARE_FINAL_TYPE (HandoverSignal, handover_signal, HANDOVER, SIGNAL, HandoverRecord)

/**
 * HandoverSignal:
 *
 * Something passing: who looks at a conversation, or writes in it. It is not logged, and may be lost.
 *
 * Its members are read-only for everybody but the code that makes it.
 */
struct _HandoverSignal
{
  HandoverRecord parent_instance;

  /*< public >*/
  char *conversation_id;
  int kind; /* HandoverSignalKind */
  HandoverPerson *operator;
  gint64 at;
};

G_END_DECLS
