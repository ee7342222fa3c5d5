/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define HANDOVER_BACKOFF_FIRST 1000
#define HANDOVER_BACKOFF_LAST 30000

/**
 * HandoverBackoffFunc:
 * @user_data: data for the function
 *
 * Tries again.
 */
typedef void (*HandoverBackoffFunc) (gpointer user_data);

typedef struct _HandoverBackoff HandoverBackoff;

HandoverBackoff *handover_backoff_new    (guint                first,
                                          guint                last,
                                          HandoverBackoffFunc  func,
                                          gpointer             user_data);
void             handover_backoff_free   (HandoverBackoff     *self);
guint            handover_backoff_wait   (HandoverBackoff     *self,
                                          gint64               at_least);
void             handover_backoff_hurry  (HandoverBackoff     *self);
void             handover_backoff_cancel (HandoverBackoff     *self);
void             handover_backoff_reset  (HandoverBackoff     *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HandoverBackoff, handover_backoff_free)

G_END_DECLS
