/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define HANDOVER_PASSWORD_MINIMUM 10
#define HANDOVER_PASSWORD_MAXIMUM 1024

/**
 * HandoverPasswordCost:
 * @operations: how many passes
 * @memory: how many bytes
 *
 * What one derivation costs.
 */
typedef struct
{
  guint64 operations;
  gsize memory;
} HandoverPasswordCost;

char     *handover_password_hash   (const char                  *password,
                                    const HandoverPasswordCost  *cost,
                                    GError                     **error);
gboolean  handover_password_verify (const char                  *hash,
                                    const char                  *password);
gboolean  handover_password_check  (const char                  *password,
                                    const char                  *member,
                                    GError                     **error);

G_END_DECLS
