/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include "service/http/handover-route.h"

G_BEGIN_DECLS

/**
 * HandoverSignIn:
 * @password: what the person typed
 * @stored: (nullable): the hash it is checked against; %NULL when there is nobody to check
 * @checked: whether it fits @stored
 * @hash: (nullable): the hash of the new password
 *
 * What the steps of signing in hand on to each other.
 */
typedef struct
{
  char *password;
  char *stored;
  char *new_password;
  gboolean checked;
  char *hash;
} HandoverSignIn;

HandoverSignIn *handover_sign_in_attach      (HandoverRequest    *request);
gboolean        handover_sign_in_read_email  (JsonObject         *object,
                                              const char        **email,
                                              GError            **error);
gboolean        handover_sign_in_admit       (HandoverRequest    *request,
                                              HandoverResponse   *response,
                                              const char         *account,
                                              GError            **error);
void            handover_sign_in_forgive     (HandoverRequest    *request,
                                              const char         *account);
gboolean        handover_sign_in_derive      (HandoverRequest    *request,
                                              GError            **error);
gboolean        handover_sign_in_check       (HandoverRequest    *request,
                                              GError            **error);
gboolean        handover_sign_in_open        (HandoverStore      *store,
                                              HandoverRequest    *request,
                                              HandoverResponse   *response,
                                              guint               status,
                                              const char         *business_id,
                                              const char         *operator_id,
                                              GError            **error);

G_END_DECLS
