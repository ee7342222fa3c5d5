/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * HandoverAdmission:
 * @HANDOVER_ADMISSION_FREE: it may be served
 * @HANDOVER_ADMISSION_CROWDED: there are too many from its address; it is told so
 * @HANDOVER_ADMISSION_FULL: there are too many in all; it is told so
 * @HANDOVER_ADMISSION_CUT: it was closed without a word
 *
 * What becomes of a connection.
 */
typedef enum
{
  HANDOVER_ADMISSION_FREE,
  HANDOVER_ADMISSION_CROWDED,
  HANDOVER_ADMISSION_FULL,
  HANDOVER_ADMISSION_CUT,
} HandoverAdmission;

typedef struct _HandoverConnections HandoverConnections;
typedef struct _HandoverPlace HandoverPlace;

HandoverConnections *handover_connections_new   (guint                in_all,
                                                 guint                per_address,
                                                 const char * const  *trusted_proxies);
void                 handover_connections_free  (HandoverConnections *self);
HandoverAdmission    handover_connections_admit (HandoverConnections *self,
                                                 GSocket             *socket,
                                                 GSocketAddress      *peer);
HandoverPlace       *handover_connections_take_place (GSocket        *socket);
void                 handover_place_free        (HandoverPlace       *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HandoverConnections, handover_connections_free)

G_END_DECLS
