/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

#define HANDOVER_HTTP_BODY_LIMIT (4 * 1024 * 1024)

/**
 * HandoverReception:
 * @started: when the head had come, on the monotonic clock
 * @refused: whether it was refused before its body was read, and the connection taken away
 *
 * What is known of a message from its head on. It belongs to the message.
 */
typedef struct
{
  gint64 started;
  gboolean refused;

  /*< private >*/
  gboolean open;
  gsize limit;
  gsize n_received;
  void (*ended) (gpointer user_data);
  void (*refuse) (SoupServerMessage *message,
                  const GError      *error,
                  gpointer           user_data);
  gpointer user_data;
} HandoverReception;

HandoverReception *handover_reception_begin (SoupServerMessage *message,
                                             void             (*ended) (gpointer user_data),
                                             void             (*refuse_message) (SoupServerMessage *message,
                                                                                 const GError      *error,
                                                                                 gpointer           user_data),
                                             gpointer           user_data);
HandoverReception *handover_reception_get   (SoupServerMessage *message);
void               handover_reception_check (SoupServerMessage *message,
                                             gsize              limit);
void               handover_reception_refuse (SoupServerMessage *message,
                                              const GError      *error);
GIOStream         *handover_reception_steal (SoupServerMessage *message);

G_END_DECLS
