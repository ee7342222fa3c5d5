/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include "client/handover-account.h"
#include "client/handover-client.h"
#include "client/store/handover-files.h"
#include "client/store/handover-mirror.h"
#include "client/store/handover-outbox.h"

G_BEGIN_DECLS

HandoverAccount *handover_account_new            (HandoverClient   *client,
                                                  const char       *email,
                                                  HandoverOperator *operator,
                                                  HandoverBusiness *business,
                                                  HandoverMirror   *mirror,
                                                  HandoverOutbox   *outbox);
void             handover_account_start          (HandoverAccount  *self);
void             handover_account_set_remembered (HandoverAccount  *self,
                                                  gboolean          remembered);
void             handover_account_take_record    (HandoverAccount  *self,
                                                  HandoverRecord   *record);
HandoverClient  *handover_account_get_client     (HandoverAccount  *self);
const char      *handover_account_get_email      (HandoverAccount  *self);

G_END_DECLS
