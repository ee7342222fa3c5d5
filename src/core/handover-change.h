/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include "core/handover-person.h"

G_BEGIN_DECLS

#define HANDOVER_TYPE_CHANGE (handover_change_get_type ())

G_DECLARE_FINAL_TYPE (HandoverChange, handover_change, HANDOVER, CHANGE, HandoverRecord)

/**
 * HandoverChange:
 *
 * What a control message reports, so that every client can say it in its own words.
 *
 * Its members are read-only for everybody but the code that makes it.
 */
struct _HandoverChange
{
  HandoverRecord parent_instance;

  /*< public >*/
  int kind; /* HandoverChangeKind */
  HandoverPerson *to;
  int trigger; /* HandoverTrigger */
  int resolution; /* HandoverResolution */
  char *brief;
};

G_END_DECLS
