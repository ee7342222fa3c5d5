/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "config.h"

#include "app/conversation/handover-timeline-private.h"

static guint
get_n_items (HandoverTimeline *self)
{
  return handover_timeline_rows_get_n_items (self->rows);
}

static double
get_page (HandoverTimeline *self)
{
  return gtk_widget_get_height (GTK_WIDGET (self));
}

/* Goes through the adjustment like any other scrolling, so that what sticks is decided in one place. */
static void
scroll_by (HandoverTimeline *self,
           double            delta)
{
  if (self->vadjustment != NULL && delta != 0)
    gtk_adjustment_set_value (self->vadjustment, gtk_adjustment_get_value (self->vadjustment) + delta);
}

static void
scroll_into_view (HandoverTimeline *self,
                  double            top,
                  double            bottom)
{
  double page = get_page (self);

  if (top < 0)
    scroll_by (self, MAX (top, bottom - page));
  else if (bottom > page)
    scroll_by (self, MIN (bottom - page, top));
}

static gboolean
is_in_view (HandoverTimeline *self,
            guint             position)
{
  HandoverTimelineRow *row = handover_timeline_rows_peek (self->rows, position);

  return row != NULL && row != self->rows->kept && row->y + row->height > 0 && row->y < get_page (self);
}

/* The one Tab stop: the row that had the focus last, if it can be seen, else the last one that can. */
static gboolean
focus_cursor (HandoverTimeline *self)
{
  guint position = self->rows->first + self->rows->rows->len;

  if (self->rows->rows->len == 0)
    return FALSE;

  if (is_in_view (self, self->cursor))
    return handover_timeline_focus_row (self, self->cursor);

  while (position > self->rows->first && !is_in_view (self, position - 1))
    position--;

  return handover_timeline_focus_row (self, position > self->rows->first ? position - 1 : self->rows->first);
}

static void
show_focus (HandoverTimeline *self)
{
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (GTK_WIDGET (self)));
  graphene_rect_t bounds;

  if (focus != NULL && gtk_widget_compute_bounds (focus, GTK_WIDGET (self), &bounds))
    scroll_into_view (self, bounds.origin.y, bounds.origin.y + bounds.size.height);
}

/**
 * handover_timeline_focus:
 * @widget: a timeline
 * @direction: where to
 *
 * Moves the focus: into the one row that is the Tab stop, inside it, and out again.
 *
 * Returns: whether the focus stays inside
 */
gboolean
handover_timeline_focus (GtkWidget        *widget,
                         GtkDirectionType  direction)
{
  HandoverTimeline *self = HANDOVER_TIMELINE (widget);
  guint position;

  if (!handover_timeline_rows_find_focus (self->rows, &position))
    return focus_cursor (self);

  if (direction != GTK_DIR_TAB_FORWARD && direction != GTK_DIR_TAB_BACKWARD)
    return FALSE;

  if (!gtk_widget_child_focus (handover_timeline_rows_peek (self->rows, position)->widget, direction))
    return FALSE;

  show_focus (self);
  return TRUE;
}

/**
 * handover_timeline_grab_focus:
 * @widget: a timeline
 *
 * Takes the focus.
 *
 * Returns: whether a row could take it
 */
gboolean
handover_timeline_grab_focus (GtkWidget *widget)
{
  return focus_cursor (HANDOVER_TIMELINE (widget));
}

/**
 * handover_timeline_follow_focus:
 * @self: a timeline
 * @child: (nullable): the row that has the focus now
 *
 * Remembers where the focus was last, and lets go of a row that was only kept for it.
 */
void
handover_timeline_follow_focus (HandoverTimeline *self,
                                GtkWidget        *child)
{
  guint position;

  if (child != NULL && handover_timeline_rows_find_focus (self->rows, &position))
    self->cursor = position;
  if (self->rows->kept != NULL)
    gtk_widget_queue_allocate (GTK_WIDGET (self));
}

/* A row higher than the viewport is read to its end before the next one gets the focus. */
static gboolean
read_on (HandoverTimeline *self,
         guint             position,
         int               step)
{
  HandoverTimelineRow *row = handover_timeline_rows_peek (self->rows, position);
  double page = get_page (self);

  if (row == NULL || row->height <= page || !is_in_view (self, position))
    return FALSE;

  if (step > 0 && row->y + row->height > page)
    scroll_by (self, MIN (page / 2, row->y + row->height - page));
  else if (step < 0 && row->y < 0)
    scroll_by (self, MAX (-page / 2, row->y));
  else
    return FALSE;

  return TRUE;
}

/* The row that comes next on the way is made at its place, as the view will need it anyway. */
static double
get_height (HandoverTimeline *self,
            guint             position,
            int               direction)
{
  HandoverTimelineRow *row = handover_timeline_rows_peek (self->rows, position);
  HandoverTimelineRow *neighbour = handover_timeline_rows_peek (self->rows, position - direction);
  double total;

  if (row != NULL && row != self->rows->kept)
    return row->height;

  /* From a row out of sight it goes by estimates. */
  if (neighbour == NULL || neighbour == self->rows->kept)
    return handover_timeline_rows_sum (self->rows, position + 1, &total)
           - handover_timeline_rows_sum (self->rows, position, &total);

  row = handover_timeline_rows_ensure (self->rows, position, self->width);
  row->y = direction < 0 ? neighbour->y - row->height : neighbour->y + neighbour->height;

  return row->height;
}

/* No further than that all rows on the way come into view. */
static guint
find_page_target (HandoverTimeline *self,
                  guint             position,
                  int               direction)
{
  guint n_items = get_n_items (self);
  guint target = position;
  double sum = 0;

  while (direction > 0 ? target + 1 < n_items : target > 0)
    {
      sum += get_height (self, target + direction, direction);
      if (sum > get_page (self) && target != position)
        break;
      target += direction;
    }

  return target;
}

static gboolean
move_cb (GtkWidget *widget,
         GVariant  *arguments,
         gpointer   user_data)
{
  HandoverTimeline *self = HANDOVER_TIMELINE (widget);
  guint n_items = get_n_items (self);
  guint position;
  char kind;
  int direction;

  g_variant_get (arguments, "(yi)", &kind, &direction);
  if (n_items == 0 || !handover_timeline_rows_find_focus (self->rows, &position))
    return FALSE;

  if (kind != 'e' && read_on (self, position, direction))
    return TRUE;

  if (kind == 'e')
    position = direction < 0 ? 0 : n_items - 1;
  else if (kind == 'p')
    position = find_page_target (self, position, direction);
  else if (direction < 0 ? position == 0 : position == n_items - 1)
    return FALSE;
  else
    position += direction;

  return handover_timeline_focus_row (self, position);
}

static void
add_key (GtkWidgetClass *widget_class,
         guint           key,
         guint           keypad_key,
         char            kind,
         int             direction)
{
  gtk_widget_class_add_binding (widget_class, key, 0, move_cb, "(yi)", kind, direction);
  gtk_widget_class_add_binding (widget_class, keypad_key, 0, move_cb, "(yi)", kind, direction);
}

/**
 * handover_timeline_add_keys:
 * @widget_class: the timeline's class
 *
 * Adds the keys that move between rows.
 */
void
handover_timeline_add_keys (GtkWidgetClass *widget_class)
{
  add_key (widget_class, GDK_KEY_Up, GDK_KEY_KP_Up, 'r', -1);
  add_key (widget_class, GDK_KEY_Down, GDK_KEY_KP_Down, 'r', 1);
  add_key (widget_class, GDK_KEY_Page_Up, GDK_KEY_KP_Page_Up, 'p', -1);
  add_key (widget_class, GDK_KEY_Page_Down, GDK_KEY_KP_Page_Down, 'p', 1);
  add_key (widget_class, GDK_KEY_Home, GDK_KEY_KP_Home, 'e', -1);
  add_key (widget_class, GDK_KEY_End, GDK_KEY_KP_End, 'e', 1);
}

/**
 * handover_timeline_focus_row:
 * @self: a timeline
 * @position: the position of an item
 *
 * Gives the focus to an item's row and scrolls it into view.
 *
 * Returns: whether the row took the focus
 */
gboolean
handover_timeline_focus_row (HandoverTimeline *self,
                             guint             position)
{
  HandoverTimelineRow *row;

  g_return_val_if_fail (HANDOVER_IS_TIMELINE (self), FALSE);
  g_return_val_if_fail (position < get_n_items (self), FALSE);

  row = handover_timeline_rows_keep (self->rows, position);
  if (!gtk_widget_grab_focus (row->widget))
    return FALSE;

  self->cursor = position;
  if (row->height > 0 && row != self->rows->kept)
    scroll_into_view (self, row->y, row->y + row->height);
  else if (position == get_n_items (self) - 1)
    handover_timeline_scroll_to_end (self);
  else
    handover_timeline_scroll_to (self, position);

  return TRUE;
}
