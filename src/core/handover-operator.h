/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include "core/handover-record.h"

G_BEGIN_DECLS

#define HANDOVER_TYPE_OPERATOR (handover_operator_get_type ())

G_DECLARE_FINAL_TYPE (HandoverOperator, handover_operator, HANDOVER, OPERATOR, HandoverRecord)

/**
 * HandoverOperator:
 *
 * A person who answers.
 *
 * Its members are read-only for everybody but the code that makes it.
 */
struct _HandoverOperator
{
  HandoverRecord parent_instance;

  /*< public >*/
  char *id;
  char *name;
  char *email;
  int role; /* HandoverRole */
  int presence; /* HandoverPresence */
  gboolean active;
};

G_END_DECLS
