/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "client/store/handover-message-order.h"

/* Spreads a run of unknown messages, newest first, over the room between its neighbours. */
static void
spread (HandoverMessagePlace *run,
        guint                 n_run,
        gboolean              has_above,
        double                above,
        gboolean              has_below,
        double                below)
{
  for (guint i = 0; i < n_run; i++)
    {
      if (has_above && has_below)
        run[i].position = above - (above - below) * (i + 1) / (n_run + 1);
      else if (has_above)
        run[i].position = above - (i + 1);
      else if (has_below)
        run[i].position = below + (n_run - i);
      else
        run[i].position = (double) n_run - i;
    }
}

/**
 * handover_message_order_fill:
 * @places: the messages of one page, newest first as the service gives them
 * @n_places: how many
 * @edge: (nullable): the highest position that is taken, for an @older page the lowest; %NULL if none is
 * @older: whether the page goes on where the stored messages end, else it is the newest
 * @neighbour: looks for stored messages between which the page may have to go
 * @user_data: for @neighbour
 *
 * Finds positions for the messages of a page that are not stored yet, such that sorting by position gives the
 * service's order. A page without any known message lies wholly beyond the edge.
 */
void
handover_message_order_fill (HandoverMessagePlace     *places,
                             guint                     n_places,
                             const double             *edge,
                             gboolean                  older,
                             HandoverMessageNeighbour  neighbour,
                             gpointer                  user_data)
{
  guint i = 0;

  while (i < n_places)
    {
      guint end = i;
      gboolean has_above, has_below;
      double above = 0, below = 0;

      while (end < n_places && !places[end].known)
        end++;
      if (end == i)
        {
          i++;
          continue;
        }

      has_above = i > 0;
      has_below = end < n_places;
      if (has_above)
        above = places[i - 1].position;
      if (has_below)
        below = places[end].position;

      /* What the stream brought after the page was made is newer than the page. */
      if (!has_above && has_below)
        has_above = neighbour (below, TRUE, &above, user_data);
      else if (has_above && !has_below)
        has_below = neighbour (above, FALSE, &below, user_data);
      else if (!has_above && edge != NULL)
        {
          has_above = older;
          has_below = !older;
          above = below = *edge;
        }

      spread (places + i, end - i, has_above, above, has_below, below);
      i = end;
    }
}
