/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "config.h"

#include "app/conversation/handover-timeline-private.h"

/* No frame is to wait long for the rows after it. */
#define BUDGET_US 4000

/* The reader's way goes on as it went. */
static gboolean
find_next (HandoverTimeline *self,
           guint            *position)
{
  int height = gtk_widget_get_height (GTK_WIDGET (self));
  double margin = handover_timeline_get_margin (height);
  guint end = self->rows->first + self->rows->rows->len;
  gboolean above = self->rows->first > 0 && self->top > -margin;
  gboolean below = end < handover_timeline_rows_get_n_items (self->rows) && self->bottom < height + margin;

  if (above && (self->upward || !below))
    *position = self->rows->first - 1;
  else
    *position = end;

  return above || below;
}

static gboolean
build_ahead_cb (gpointer user_data)
{
  HandoverTimeline *self = HANDOVER_TIMELINE (user_data);
  gint64 end = g_get_monotonic_time () + BUDGET_US;
  guint position;

  do
    {
      HandoverTimelineRow *row;
      gboolean above;

      if (!find_next (self, &position))
        {
          self->ahead_id = 0;
          return G_SOURCE_REMOVE;
        }

      above = position < self->rows->first;
      row = handover_timeline_rows_ensure (self->rows, position, self->width);
      if (above)
        self->top -= row->height;
      else
        self->bottom += row->height;
    }
  while (g_get_monotonic_time () < end);

  return G_SOURCE_CONTINUE;
}

/**
 * handover_timeline_build_ahead:
 * @self: a timeline that has just been laid out
 * @top: where the first live row begins in the viewport
 * @bottom: where the last one ends
 *
 * Makes the rows that come next while nothing else is to be done, so that scrolling finds them made: making one takes
 * longer than a frame may.
 */
void
handover_timeline_build_ahead (HandoverTimeline *self,
                               double            top,
                               double            bottom)
{
  guint position;

  self->top = top;
  self->bottom = bottom;
  if (self->ahead_id == 0 && find_next (self, &position))
    self->ahead_id = g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, build_ahead_cb, self, NULL);
}

/**
 * handover_timeline_stop_ahead:
 * @self: a timeline
 *
 * Makes no more rows until it is laid out again, because what is where has changed.
 */
void
handover_timeline_stop_ahead (HandoverTimeline *self)
{
  g_clear_handle_id (&self->ahead_id, g_source_remove);
}
