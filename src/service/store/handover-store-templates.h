/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include "core/handover-template.h"
#include "service/store/handover-store.h"

G_BEGIN_DECLS

HandoverTemplate *handover_store_get_template    (HandoverStore     *self,
                                                  const char        *business_id,
                                                  const char        *operator_id,
                                                  const char        *id,
                                                  GError           **error);
GPtrArray        *handover_store_list_templates  (HandoverStore     *self,
                                                  const char        *business_id,
                                                  const char        *operator_id,
                                                  const char        *cursor,
                                                  guint              limit,
                                                  char             **next_cursor,
                                                  GError           **error);
gboolean          handover_store_insert_template (HandoverStore     *self,
                                                  const char        *business_id,
                                                  const char        *operator_id,
                                                  HandoverTemplate  *template,
                                                  GError           **error);
gboolean          handover_store_save_template   (HandoverStore     *self,
                                                  const char        *business_id,
                                                  const char        *operator_id,
                                                  HandoverTemplate  *template,
                                                  GError           **error);
gboolean          handover_store_delete_template (HandoverStore     *self,
                                                  const char        *business_id,
                                                  const char        *id,
                                                  GError           **error);

G_END_DECLS
