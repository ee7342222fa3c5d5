/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "config.h"

#include <math.h>

#include "app/conversation/handover-timeline-private.h"

/* How long after the last scroll step the estimates' error may be taken out of the adjustment. */
#define SETTLE_MS 150
/* Older items are asked for within so many pages of the top. */
#define LOAD_PAGES 2

typedef struct
{
  guint  first;
  guint  end;
  double top;
  double bottom;
} Span;

static guint
get_n_items (HandoverTimeline *self)
{
  return handover_timeline_rows_get_n_items (self->rows);
}

/* Whether a row may join: any, or one that is alive already. */
static gboolean
may_join (HandoverTimeline *self,
          guint             position,
          gboolean          alive_only)
{
  return !alive_only || handover_timeline_rows_peek (self->rows, position) != NULL;
}

static void
extend_down (HandoverTimeline *self,
             Span             *span,
             double            limit,
             gboolean          alive_only)
{
  guint n_items = get_n_items (self);

  while (span->bottom < limit && span->end < n_items && may_join (self, span->end, alive_only))
    span->bottom += handover_timeline_rows_ensure (self->rows, span->end++, self->width)->height;
}

static void
extend_up (HandoverTimeline *self,
           Span             *span,
           double            limit,
           gboolean          alive_only)
{
  while (span->top > limit && span->first > 0 && may_join (self, span->first - 1, alive_only))
    span->top -= handover_timeline_rows_ensure (self->rows, --span->first, self->width)->height;
}

static void
shift (Span   *span,
       double  by)
{
  span->top += by;
  span->bottom += by;
}

/* Builds what the viewport shows, from the row that holds still. Few items sit at the bottom. */
static Span
build_rows (HandoverTimeline *self,
            int               height)
{
  guint n_items = get_n_items (self);
  double margin = handover_timeline_get_margin (height);
  Span span;

  span.first = MIN (self->anchor, n_items - 1);
  span.top = self->anchor_y;
  if (self->stick)
    {
      span.first = n_items - 1;
      span.top = height - handover_timeline_rows_ensure (self->rows, n_items - 1, self->width)->height;
    }
  span.end = span.first;
  span.bottom = span.top;

  extend_down (self, &span, height, FALSE);
  if (span.end == n_items && span.bottom < height)
    shift (&span, height - span.bottom);

  extend_up (self, &span, 0, FALSE);
  if (span.first == 0 && span.top > 0)
    {
      gboolean fits = span.end == n_items && span.bottom - span.top <= height;

      shift (&span, fits ? height - span.bottom : -span.top);
      extend_down (self, &span, height, FALSE);
    }
  /* Rows that are alive already stay within the margin; others are made when there is time. */
  extend_down (self, &span, height + margin, TRUE);
  extend_up (self, &span, -margin, TRUE);

  return span;
}

static void
allocate_row (HandoverTimeline    *self,
              HandoverTimelineRow *row,
              double               y)
{
  row->y = (int) floor (y);
  gtk_widget_size_allocate (row->widget, &(GtkAllocation) { 0, row->y, self->width, row->height }, -1);
}

/* Puts the rows where they belong and lets the first one in view hold still from now on. */
static void
place_rows (HandoverTimeline *self,
            const Span       *span)
{
  HandoverTimelineRow *kept = self->rows->kept;
  double y = span->top;
  gboolean anchored = FALSE;

  for (guint position = span->first; position < span->end; position++)
    {
      HandoverTimelineRow *row = handover_timeline_rows_peek (self->rows, position);

      allocate_row (self, row, y);
      if (!anchored && y + row->height > 0)
        {
          self->anchor = position;
          self->anchor_y = y;
          anchored = TRUE;
        }
      y += row->height;
    }

  if (kept == NULL)
    return;

  gtk_widget_measure (kept->widget, GTK_ORIENTATION_VERTICAL, self->width, NULL, &kept->height, NULL, NULL);
  allocate_row (self, kept, self->rows->kept_position < span->first ? span->top - kept->height - gtk_widget_get_height (GTK_WIDGET (self))
                                                                   : span->bottom + gtk_widget_get_height (GTK_WIDGET (self)));
}

/* Kinetic scrolling writes absolute values, so a value must never be corrected under it: while values arrive, the
 * ends of the range move instead. */
static void
configure_vadjustment (HandoverTimeline *self,
                       double            value,
                       double            total,
                       int               height)
{
  double lower = 0;

  if (self->vadjustment == NULL)
    return;

  if (self->settle_id != 0)
    {
      lower = self->value - value;
      value = self->value;
    }

  self->value = value;
  g_signal_handler_block (self->vadjustment, self->value_changed_id);
  gtk_adjustment_configure (self->vadjustment, value, lower, lower + MAX (total, height), height * 0.1, height * 0.9,
                            height);
  g_signal_handler_unblock (self->vadjustment, self->value_changed_id);
}

/* Asks once for each length of the model; not from here, since the answer may change the model at once. */
static void
ask_for_older (HandoverTimeline *self,
               double            value,
               int               height)
{
  if (value > LOAD_PAGES * height)
    {
      self->asked_for = 0;
      return;
    }

  if (self->asked_for == get_n_items (self))
    return;

  self->asked_for = get_n_items (self);
  handover_timeline_queue_load (self);
}

/* A row that was opened by its own button must not slide away from under the pointer. One that changes with its
 * neighbours does not move the others. */
static void
hold_focused_row (HandoverTimeline *self,
                  int               height)
{
  HandoverTimelineRow *row;
  guint position;
  int new_height;

  if (self->model_changed || !handover_timeline_rows_find_focus (self->rows, &position))
    return;

  row = handover_timeline_rows_peek (self->rows, position);
  gtk_widget_measure (row->widget, GTK_ORIENTATION_VERTICAL, self->width, NULL, &new_height, NULL, NULL);
  if (row == self->rows->kept || row->height == 0 || new_height == row->height || row->y < 0 || row->y >= height)
    return;

  self->anchor = position;
  self->anchor_y = row->y;
  self->stick = FALSE;
}

static void
take_width (HandoverTimeline *self,
            int               width,
            int               height)
{
  HandoverTimelineRow *row;
  int old_height, new_height;

  if (self->width == width)
    {
      hold_focused_row (self, height);
      return;
    }

  self->width = width;
  handover_timeline_rows_forget (self->rows);

  /* Inside a long row the reader's line is a part of the way down. */
  row = handover_timeline_rows_peek (self->rows, self->anchor);
  if (self->stick || row == NULL || row->height == 0 || self->anchor_y >= 0)
    return;

  old_height = row->height;
  gtk_widget_measure (row->widget, GTK_ORIENTATION_VERTICAL, width, NULL, &new_height, NULL, NULL);
  self->anchor_y = self->anchor_y * new_height / old_height;
}

/**
 * handover_timeline_lay_out:
 * @self: a timeline
 * @width: its width
 * @height: its height
 *
 * Allocates what can be seen and tells the adjustment where that is.
 */
void
handover_timeline_lay_out (HandoverTimeline *self,
                           int               width,
                           int               height)
{
  double total = 0;
  double value = 0;
  Span span = { 0, };

  if (get_n_items (self) > 0)
    {
      guint live_end = self->rows->first + self->rows->rows->len;
      guint start = self->stick ? get_n_items (self) - 1 : self->anchor;

      take_width (self, width, height);

      /* Far away nothing alive can be used; a gap must not be filled. */
      if (start + 1 < self->rows->first || start > live_end)
        handover_timeline_rows_trim (self->rows, 0, 0);

      span = build_rows (self, height);
      handover_timeline_rows_trim (self->rows, span.first, span.end);
      place_rows (self, &span);
      value = handover_timeline_rows_sum (self->rows, span.first, &total) - span.top;
      value = CLAMP (value, 0, MAX (0, total - height));
    }

  handover_timeline_build_ahead (self, span.top, span.bottom);
  self->model_changed = FALSE;
  self->stick = span.end == get_n_items (self) && span.bottom <= height + 1;
  configure_vadjustment (self, value, total, height);
  handover_timeline_set_at_end (self, self->stick);
  if (get_n_items (self) > 0 && height > 0)
    ask_for_older (self, value, height);
}

/**
 * handover_timeline_get_margin:
 * @height: the height of the viewport
 *
 * Says how far beyond the viewport rows are alive.
 *
 * Returns: pixels
 */
double
handover_timeline_get_margin (int height)
{
  return height / 2.0;
}

static gboolean
settle_cb (gpointer user_data)
{
  HandoverTimeline *self = HANDOVER_TIMELINE (user_data);

  self->settle_id = 0;
  gtk_widget_queue_allocate (GTK_WIDGET (self));

  return G_SOURCE_REMOVE;
}

/**
 * handover_timeline_value_changed:
 * @self: a timeline
 *
 * Follows the adjustment that somebody else has moved.
 */
void
handover_timeline_value_changed (HandoverTimeline *self)
{
  double value = gtk_adjustment_get_value (self->vadjustment);
  double lower = gtk_adjustment_get_lower (self->vadjustment);
  double upper = gtk_adjustment_get_upper (self->vadjustment);
  double page = gtk_adjustment_get_page_size (self->vadjustment);
  double delta = value - self->value;

  if (get_n_items (self) == 0)
    return;

  handover_timeline_stop_ahead (self);
  self->upward = delta < 0;
  if (fabs (delta) < 3 * page)
    self->anchor_y -= delta;
  else
    {
      double offset;

      self->anchor = handover_timeline_rows_find (self->rows, value - lower, &offset);
      self->anchor_y = -offset;
    }

  self->value = value;
  self->stick = value >= upper - page - 1;
  g_clear_handle_id (&self->settle_id, g_source_remove);
  self->settle_id = g_timeout_add (SETTLE_MS, settle_cb, self);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

/**
 * handover_timeline_choose_anchor:
 * @self: a timeline
 * @position: where the model changes
 * @removed: how many items go
 * @added: how many come
 *
 * Finds the row that holds still over a change: the anchor, or the nearest one that stays.
 */
void
handover_timeline_choose_anchor (HandoverTimeline *self,
                                 guint             position,
                                 guint             removed,
                                 guint             added)
{
  HandoverTimelineRow *row = NULL;
  guint after = position + removed;

  if (self->anchor < position)
    return;

  if (self->anchor >= after)
    {
      /* The first row after the change may lose or get what stands above it, the day for one: what is below it must
       * not follow. */
      if (self->anchor == after)
        row = handover_timeline_rows_peek (self->rows, after + 1);
      if (row != NULL && row != self->rows->kept)
        {
          self->anchor++;
          self->anchor_y = row->y;
        }
      self->anchor += added - removed;
      return;
    }

  row = handover_timeline_rows_peek (self->rows, after);
  if (row != NULL && row != self->rows->kept)
    {
      self->anchor = position + added;
      self->anchor_y = row->y;
      return;
    }

  self->anchor = position > 0 ? position - 1 : 0;
  row = handover_timeline_rows_peek (self->rows, self->anchor);
  self->anchor_y = row != NULL && position > 0 ? row->y : 0;
}
