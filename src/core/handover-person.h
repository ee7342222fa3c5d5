/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include "core/handover-record.h"

G_BEGIN_DECLS

#define HANDOVER_TYPE_PERSON (handover_person_get_type ())

G_DECLARE_FINAL_TYPE (HandoverPerson, handover_person, HANDOVER, PERSON, HandoverRecord)

/**
 * HandoverPerson:
 *
 * The part of an operator that others see: who answered, who holds.
 *
 * Its members are read-only for everybody but the code that makes it.
 */
struct _HandoverPerson
{
  HandoverRecord parent_instance;

  /*< public >*/
  char *id;
  char *name;
};

G_END_DECLS
