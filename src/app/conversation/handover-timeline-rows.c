/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "config.h"

#include "app/conversation/handover-timeline-rows.h"

/* What a row is taken to be before any has been measured. */
#define FIRST_ESTIMATE 60

/**
 * handover_timeline_rows_new:
 * @owner: the timeline
 *
 * Makes the rows of a timeline that shows nothing yet.
 *
 * Returns: (transfer full): the rows
 */
HandoverTimelineRows *
handover_timeline_rows_new (GtkWidget *owner)
{
  HandoverTimelineRows *self = g_new0 (HandoverTimelineRows, 1);

  self->owner = owner;
  self->heights = g_array_new (FALSE, TRUE, sizeof (int));
  self->rows = g_ptr_array_new ();

  return self;
}

static void
row_free (HandoverTimelineRow *row)
{
  if (row == NULL)
    return;

  gtk_widget_unparent (row->widget);
  g_object_unref (row->item);
  g_free (row);
}

/**
 * handover_timeline_rows_free:
 * @self: (transfer full): the rows
 *
 * Takes all rows away.
 */
void
handover_timeline_rows_free (HandoverTimelineRows *self)
{
  handover_timeline_rows_reset (self, NULL);
  g_array_unref (self->heights);
  g_ptr_array_unref (self->rows);
  g_free (self);
}

/**
 * handover_timeline_rows_get_n_items:
 * @self: the rows
 *
 * Counts the items, as far as their changes have been taken in.
 *
 * Returns: the number
 */
guint
handover_timeline_rows_get_n_items (HandoverTimelineRows *self)
{
  return self->heights->len;
}

static gboolean
has_focus (HandoverTimelineRows *self,
           HandoverTimelineRow  *row)
{
  GtkRoot *root = gtk_widget_get_root (self->owner);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  return row != NULL && focus != NULL && (focus == row->widget || gtk_widget_is_ancestor (focus, row->widget));
}

static void
drop_all (HandoverTimelineRows *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    row_free (g_ptr_array_index (self->rows, i));
  g_ptr_array_set_size (self->rows, 0);
  g_clear_pointer (&self->kept, row_free);
}

/**
 * handover_timeline_rows_reset:
 * @self: the rows
 * @model: (nullable): what to show from now on
 *
 * Begins anew with another model.
 */
void
handover_timeline_rows_reset (HandoverTimelineRows *self,
                              GListModel           *model)
{
  drop_all (self);
  self->first = 0;
  self->model = model;
  g_array_set_size (self->heights, 0);
  if (model != NULL)
    g_array_set_size (self->heights, g_list_model_get_n_items (model));
}

static gboolean
splice_kept (HandoverTimelineRows *self,
             guint                 position,
             guint                 removed,
             guint                 added)
{
  if (self->kept == NULL || self->kept_position < position)
    return FALSE;

  if (self->kept_position >= position + removed)
    {
      self->kept_position += added - removed;
      return FALSE;
    }

  g_clear_pointer (&self->kept, row_free);
  return TRUE;
}

static gboolean
remove_live (HandoverTimelineRows *self,
             guint                 position,
             guint                 removed)
{
  guint end = self->first + self->rows->len;
  guint from = CLAMP (position, self->first, end);
  guint to = CLAMP (position + removed, self->first, end);
  gboolean focus_lost = FALSE;

  for (guint i = from; i < to; i++)
    {
      HandoverTimelineRow *row = g_ptr_array_index (self->rows, i - self->first);

      focus_lost = focus_lost || has_focus (self, row);
      row_free (row);
    }
  if (to > from)
    g_ptr_array_remove_range (self->rows, from - self->first, to - from);

  if (position < self->first)
    self->first -= MIN (removed, self->first - position);

  return focus_lost;
}

static void
insert_live (HandoverTimelineRows *self,
             guint                 position,
             guint                 added)
{
  if (position <= self->first)
    self->first += added;
  else if (position < self->first + self->rows->len)
    for (guint i = 0; i < added; i++)
      g_ptr_array_insert (self->rows, position - self->first, NULL);
}

/**
 * handover_timeline_rows_splice:
 * @self: the rows
 * @position: where the model changed
 * @removed: how many items went
 * @added: how many came
 *
 * Takes in a change of the model. Rows that stay keep their widgets.
 *
 * Returns: %TRUE if the row that had the focus is gone
 */
gboolean
handover_timeline_rows_splice (HandoverTimelineRows *self,
                               guint                 position,
                               guint                 removed,
                               guint                 added)
{
  gboolean focus_lost = splice_kept (self, position, removed, added);

  focus_lost = remove_live (self, position, removed) || focus_lost;
  insert_live (self, position, added);

  if (removed > 0)
    g_array_remove_range (self->heights, position, removed);
  if (added > 0)
    {
      g_autofree int *unknown = g_new0 (int, added);

      g_array_insert_vals (self->heights, position, unknown, added);
    }

  return focus_lost;
}

/**
 * handover_timeline_rows_arrange:
 * @self: the rows
 * @position: a position, also one that does not exist
 *
 * Tells the row at that position, if it is alive, who its neighbours are.
 */
void
handover_timeline_rows_arrange (HandoverTimelineRows *self,
                                guint                 position)
{
  HandoverTimelineRow *row = handover_timeline_rows_peek (self, position);
  g_autoptr (GObject) previous = NULL;
  g_autoptr (GObject) next = NULL;

  if (row == NULL || self->functions->arrange == NULL)
    return;

  if (position > 0)
    previous = g_list_model_get_item (self->model, position - 1);
  next = g_list_model_get_item (self->model, position + 1);
  self->functions->arrange (row->widget, previous, next, self->user_data);
}

static void
number_row (HandoverTimelineRows *self,
            HandoverTimelineRow  *row,
            guint                 position)
{
  gtk_accessible_update_relation (GTK_ACCESSIBLE (row->widget),
                                  GTK_ACCESSIBLE_RELATION_POS_IN_SET, (int) position + 1,
                                  GTK_ACCESSIBLE_RELATION_SET_SIZE, (int) self->heights->len,
                                  -1);
}

/**
 * handover_timeline_rows_number:
 * @self: the rows
 *
 * Tells screen readers the place of every live row.
 */
void
handover_timeline_rows_number (HandoverTimelineRows *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    if (g_ptr_array_index (self->rows, i) != NULL)
      number_row (self, g_ptr_array_index (self->rows, i), self->first + i);

  if (self->kept != NULL)
    number_row (self, self->kept, self->kept_position);
}

/**
 * handover_timeline_rows_peek:
 * @self: the rows
 * @position: a position, also one that does not exist
 *
 * Gets a row that is alive.
 *
 * Returns: (transfer none) (nullable): the row
 */
HandoverTimelineRow *
handover_timeline_rows_peek (HandoverTimelineRows *self,
                             guint                 position)
{
  if (self->kept != NULL && self->kept_position == position)
    return self->kept;

  if (position < self->first || position >= self->first + self->rows->len)
    return NULL;

  return g_ptr_array_index (self->rows, position - self->first);
}

/* Screen readers and Tab go by the order of siblings. */
static GtkWidget *
find_sibling_before (HandoverTimelineRows *self,
                     guint                 position)
{
  guint i = CLAMP (position, self->first, self->first + self->rows->len) - self->first;

  while (i-- > 0)
    {
      HandoverTimelineRow *row = g_ptr_array_index (self->rows, i);

      if (row != NULL)
        return row->widget;
    }

  return self->kept != NULL && self->kept_position < position ? self->kept->widget : NULL;
}

static HandoverTimelineRow *
create_row (HandoverTimelineRows *self,
            guint                 position)
{
  HandoverTimelineRow *row = g_new0 (HandoverTimelineRow, 1);

  row->item = g_list_model_get_item (self->model, position);
  row->widget = self->functions->create (row->item, self->user_data);
  gtk_widget_insert_after (row->widget, self->owner, find_sibling_before (self, position));
  number_row (self, row, position);

  return row;
}

static gpointer *
get_slot (HandoverTimelineRows *self,
          guint                 position)
{
  if (self->rows->len == 0)
    self->first = position;

  for (; self->first > position; self->first--)
    g_ptr_array_insert (self->rows, 0, NULL);
  while (self->first + self->rows->len <= position)
    g_ptr_array_add (self->rows, NULL);

  return &g_ptr_array_index (self->rows, position - self->first);
}

/**
 * handover_timeline_rows_ensure:
 * @self: the rows
 * @position: a position
 * @width: how wide rows are
 *
 * Makes the row at that position if it is not alive, and measures it.
 *
 * Returns: (transfer none): the row
 */
HandoverTimelineRow *
handover_timeline_rows_ensure (HandoverTimelineRows *self,
                               guint                 position,
                               int                   width)
{
  gpointer *slot = get_slot (self, position);
  HandoverTimelineRow *row = *slot;

  if (row == NULL && self->kept != NULL && self->kept_position == position)
    *slot = row = g_steal_pointer (&self->kept);

  if (row == NULL)
    {
      *slot = row = create_row (self, position);
      handover_timeline_rows_arrange (self, position);
    }

  gtk_widget_measure (row->widget, GTK_ORIENTATION_VERTICAL, width, NULL, &row->height, NULL, NULL);
  g_array_index (self->heights, int, position) = MAX (row->height, 1);

  return row;
}

/**
 * handover_timeline_rows_keep:
 * @self: the rows
 * @position: a position
 *
 * Makes the row at that position if it is not alive, so that it can take the focus before it is in view.
 *
 * Returns: (transfer none): the row
 */
HandoverTimelineRow *
handover_timeline_rows_keep (HandoverTimelineRows *self,
                             guint                 position)
{
  HandoverTimelineRow *row = handover_timeline_rows_peek (self, position);

  if (row != NULL)
    return row;

  /* A position inside the live range is an inserted one that the next allocation would make. */
  if (position >= self->first && position < self->first + self->rows->len)
    row = *get_slot (self, position) = create_row (self, position);
  else
    {
      g_clear_pointer (&self->kept, row_free);
      row = create_row (self, position);
      self->kept = row;
      self->kept_position = position;
    }
  handover_timeline_rows_arrange (self, position);

  return row;
}

/**
 * handover_timeline_rows_trim:
 * @self: the rows
 * @first: the first position to hold on to
 * @end: the position after the last one
 *
 * Takes away the rows outside of a range, but never the one that has the focus.
 */
void
handover_timeline_rows_trim (HandoverTimelineRows *self,
                             guint                 first,
                             guint                 end)
{
  guint live_end = self->first + self->rows->len;
  guint from = CLAMP (first, self->first, live_end);
  guint to = CLAMP (end, from, live_end);

  if (self->kept != NULL && !has_focus (self, self->kept))
    g_clear_pointer (&self->kept, row_free);

  for (guint i = 0; i < self->rows->len; i++)
    {
      guint position = self->first + i;
      HandoverTimelineRow *row = g_ptr_array_index (self->rows, i);

      if (position >= from && position < to)
        continue;
      if (has_focus (self, row))
        {
          self->kept = row;
          self->kept_position = position;
        }
      else
        row_free (row);
    }

  if (live_end > to)
    g_ptr_array_remove_range (self->rows, to - self->first, live_end - to);
  if (from > self->first)
    g_ptr_array_remove_range (self->rows, 0, from - self->first);
  self->first = from;
}

/**
 * handover_timeline_rows_find_focus:
 * @self: the rows
 * @position: (out): where the focus is
 *
 * Finds the row that has the focus, or holds it inside.
 *
 * Returns: %FALSE if the focus is elsewhere
 */
gboolean
handover_timeline_rows_find_focus (HandoverTimelineRows *self,
                                   guint                *position)
{
  if (has_focus (self, self->kept))
    {
      *position = self->kept_position;
      return TRUE;
    }

  for (guint i = 0; i < self->rows->len; i++)
    if (has_focus (self, g_ptr_array_index (self->rows, i)))
      {
        *position = self->first + i;
        return TRUE;
      }

  return FALSE;
}

/**
 * handover_timeline_rows_forget:
 * @self: the rows
 *
 * Turns all heights into estimates, because the width has changed.
 */
void
handover_timeline_rows_forget (HandoverTimelineRows *self)
{
  int *heights = (int *) (gpointer) self->heights->data;

  for (guint i = 0; i < self->heights->len; i++)
    heights[i] = -ABS (heights[i]);
}

typedef struct
{
  gint64 known;
  guint  unknown;
} Sum;

/* Each frame adds up all heights, so this must be what a compiler makes fast. */
static Sum
add_up (HandoverTimelineRows *self,
        guint                 from,
        guint                 to)
{
  const int *heights = (const int *) (gconstpointer) self->heights->data;
  gint64 known = 0;
  guint unknown = 0;

  for (guint i = from; i < to; i++)
    {
      known += ABS (heights[i]);
      unknown += heights[i] == 0;
    }

  return (Sum) { known, unknown };
}

static double
get_mean (HandoverTimelineRows *self,
          gint64                known,
          guint                 unknown)
{
  guint n_known = self->heights->len - unknown;

  return n_known > 0 ? (double) known / n_known : FIRST_ESTIMATE;
}

/**
 * handover_timeline_rows_sum:
 * @self: the rows
 * @position: a position
 * @total: (out): the height of everything
 *
 * Adds up heights; those unknown count as the mean of the known.
 *
 * Returns: the height of everything before @position
 */
double
handover_timeline_rows_sum (HandoverTimelineRows *self,
                            guint                 position,
                            double               *total)
{
  guint n_items = self->heights->len;
  Sum before = add_up (self, 0, MIN (position, n_items));
  Sum after = add_up (self, MIN (position, n_items), n_items);
  double mean = get_mean (self, before.known + after.known, before.unknown + after.unknown);

  *total = before.known + after.known + (before.unknown + after.unknown) * mean;

  return before.known + before.unknown * mean;
}

/**
 * handover_timeline_rows_find:
 * @self: the rows, at least one
 * @value: a height from the very top
 * @offset: (out): how far below the top of the found row that is
 *
 * Finds the row at a height.
 *
 * Returns: its position
 */
guint
handover_timeline_rows_find (HandoverTimelineRows *self,
                             double                value,
                             double               *offset)
{
  const int *heights = (const int *) (gconstpointer) self->heights->data;
  Sum all = add_up (self, 0, self->heights->len);
  double mean = get_mean (self, all.known, all.unknown);
  double sum = 0;

  for (guint i = 0; i < self->heights->len; i++)
    {
      double height = heights[i] != 0 ? ABS (heights[i]) : mean;

      if (value < sum + height || i == self->heights->len - 1)
        {
          *offset = CLAMP (value - sum, 0, height);
          return i;
        }
      sum += height;
    }

  *offset = 0;
  return 0;
}
