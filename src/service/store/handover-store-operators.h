/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include "core/handover-operator.h"
#include "service/store/handover-store.h"

G_BEGIN_DECLS

/**
 * HandoverCredentials:
 * @business_id: the operator's business
 * @operator_id: the operator
 * @password_hash: what the password is checked against
 * @active: whether the operator may sign in
 *
 * What signing in needs to know of an operator.
 */
typedef struct
{
  char *business_id;
  char *operator_id;
  char *password_hash;
  gboolean active;
} HandoverCredentials;

void              handover_credentials_free            (HandoverCredentials  *self);

HandoverOperator *handover_store_get_operator          (HandoverStore        *self,
                                                        const char           *business_id,
                                                        const char           *operator_id,
                                                        GError              **error);
GPtrArray        *handover_store_list_operators        (HandoverStore        *self,
                                                        const char           *business_id,
                                                        GError              **error);
gboolean          handover_store_find_credentials      (HandoverStore        *self,
                                                        const char           *email,
                                                        HandoverCredentials **credentials,
                                                        GError              **error);
char             *handover_store_get_password          (HandoverStore        *self,
                                                        const char           *business_id,
                                                        const char           *operator_id,
                                                        GError              **error);
gboolean          handover_store_has_other_owner       (HandoverStore        *self,
                                                        const char           *business_id,
                                                        const char           *operator_id,
                                                        gboolean             *has,
                                                        GError              **error);
gboolean          handover_store_add_operator          (HandoverStore        *self,
                                                        const char           *business_id,
                                                        HandoverOperator     *operator,
                                                        const char           *password_hash,
                                                        GError              **error);
gboolean          handover_store_update_operator       (HandoverStore        *self,
                                                        const char           *business_id,
                                                        HandoverOperator     *operator,
                                                        GError              **error);
gboolean          handover_store_set_operator_password (HandoverStore        *self,
                                                        const char           *business_id,
                                                        const char           *operator_id,
                                                        const char           *password_hash,
                                                        GError              **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HandoverCredentials, handover_credentials_free)

G_END_DECLS
