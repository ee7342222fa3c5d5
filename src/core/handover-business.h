/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include "core/handover-record.h"

G_BEGIN_DECLS

#define HANDOVER_TYPE_BUSINESS (handover_business_get_type ())

G_DECLARE_FINAL_TYPE (HandoverBusiness, handover_business, HANDOVER, BUSINESS, HandoverRecord)

/**
 * HandoverBusiness:
 *
 * A business, the tenant of the service.
 *
 * Its members are read-only for everybody but the code that makes it.
 */
struct _HandoverBusiness
{
  HandoverRecord parent_instance;

  /*< public >*/
  char *id;
  char *name;
  char *transition_message;
  gint64 created_at;
};

G_END_DECLS
