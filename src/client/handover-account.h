/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include <gio/gio.h>

#include "client/handover-connection.h"
#include "core/handover-business.h"
#include "core/handover-operator.h"

G_BEGIN_DECLS

typedef struct _HandoverFiles HandoverFiles;
typedef struct _HandoverMirror HandoverMirror;
typedef struct _HandoverOutbox HandoverOutbox;
typedef struct _HandoverSignals HandoverSignals;

/**
 * HandoverSignOutReason:
 * @HANDOVER_SIGN_OUT_ASKED: the operator signed out here
 * @HANDOVER_SIGN_OUT_REVOKED: the service no longer accepts the session
 *
 * Why an account is signed out.
 */
typedef enum
{
  HANDOVER_SIGN_OUT_ASKED,
  HANDOVER_SIGN_OUT_REVOKED,
} HandoverSignOutReason;

#define HANDOVER_TYPE_SIGN_OUT_REASON (handover_sign_out_reason_get_type ())
GType handover_sign_out_reason_get_type (void);

#define HANDOVER_TYPE_ACCOUNT (handover_account_get_type ())

G_DECLARE_FINAL_TYPE (HandoverAccount, handover_account, HANDOVER, ACCOUNT, GObject)

void                 handover_account_sign_in_async       (const char           *service,
                                                           const char           *email,
                                                           const char           *password,
                                                           GCancellable         *cancellable,
                                                           GAsyncReadyCallback   callback,
                                                           gpointer              user_data);
void                 handover_account_sign_up_async       (const char           *service,
                                                           const char           *business_name,
                                                           const char           *name,
                                                           const char           *email,
                                                           const char           *password,
                                                           GCancellable         *cancellable,
                                                           GAsyncReadyCallback   callback,
                                                           gpointer              user_data);
void                 handover_account_accept_invite_async (const char           *service,
                                                           const char           *invite,
                                                           const char           *name,
                                                           const char           *email,
                                                           const char           *password,
                                                           GCancellable         *cancellable,
                                                           GAsyncReadyCallback   callback,
                                                           gpointer              user_data);
void                 handover_account_restore_async       (const char           *service,
                                                           GCancellable         *cancellable,
                                                           GAsyncReadyCallback   callback,
                                                           gpointer              user_data);
HandoverAccount     *handover_account_open_finish         (GAsyncResult         *result,
                                                           GError              **error);

void                 handover_account_sign_out_async      (HandoverAccount      *self,
                                                           GCancellable         *cancellable,
                                                           GAsyncReadyCallback   callback,
                                                           gpointer              user_data);
gboolean             handover_account_sign_out_finish     (HandoverAccount      *self,
                                                           GAsyncResult         *result,
                                                           GError              **error);

const char          *handover_account_get_service         (HandoverAccount      *self);
char                *handover_account_dup_address         (HandoverAccount      *self);
gboolean             handover_account_is_local            (HandoverAccount      *self);
HandoverOperator    *handover_account_get_operator        (HandoverAccount      *self);
HandoverBusiness    *handover_account_get_business        (HandoverAccount      *self);
HandoverConnection   handover_account_get_connection      (HandoverAccount      *self);
guint                handover_account_get_gaps            (HandoverAccount      *self);
gboolean             handover_account_get_remembered      (HandoverAccount      *self);
gboolean             handover_account_get_signed_in       (HandoverAccount      *self);
HandoverMirror      *handover_account_get_mirror          (HandoverAccount      *self);
HandoverOutbox      *handover_account_get_outbox          (HandoverAccount      *self);
HandoverFiles       *handover_account_get_files           (HandoverAccount      *self);
HandoverSignals     *handover_account_get_signals         (HandoverAccount      *self);
void                 handover_account_retry               (HandoverAccount      *self);

G_END_DECLS
