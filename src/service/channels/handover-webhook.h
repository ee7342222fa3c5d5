/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * HandoverWebhook:
 * @secret: what we gave the platform to prove itself with
 * @headers: (element-type utf8 utf8): the request's headers by lower-case name
 * @body: its bytes as they came
 *
 * What a platform sent us on its own.
 */
typedef struct
{
  const char *secret;
  GHashTable *headers;
  GBytes *body;
} HandoverWebhook;

G_END_DECLS
