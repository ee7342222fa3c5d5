/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include "core/handover-business.h"
#include "service/store/handover-store.h"

G_BEGIN_DECLS

HandoverBusiness *handover_store_get_business    (HandoverStore     *self,
                                                  const char        *business_id,
                                                  GError           **error);
gboolean          handover_store_add_business    (HandoverStore     *self,
                                                  HandoverBusiness  *business,
                                                  GError           **error);
gboolean          handover_store_update_business (HandoverStore     *self,
                                                  HandoverBusiness  *business,
                                                  GError           **error);

G_END_DECLS
