/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * HandoverMessagePlace:
 * @known: whether the message is stored already
 * @position: where it is stored; filled in by handover_message_order_fill() where it is not
 *
 * Where one message of a page lies in its transcript.
 */
typedef struct
{
  gboolean known;
  double position;
} HandoverMessagePlace;

/**
 * HandoverMessageNeighbour:
 * @position: a position that is taken
 * @above: whether to look above it, else below
 * @found: (out): the next position that is taken
 * @user_data: data
 *
 * Looks for the next stored message of the transcript.
 *
 * Returns: whether there is one
 */
typedef gboolean (*HandoverMessageNeighbour) (double    position,
                                              gboolean  above,
                                              double   *found,
                                              gpointer  user_data);

void handover_message_order_fill (HandoverMessagePlace     *places,
                                  guint                     n_places,
                                  const double             *edge,
                                  gboolean                  older,
                                  HandoverMessageNeighbour  neighbour,
                                  gpointer                  user_data);

G_END_DECLS
