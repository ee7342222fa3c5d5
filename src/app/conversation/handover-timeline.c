/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "config.h"

#include "app/conversation/handover-timeline-private.h"

#include <glib/gi18n.h>

#include "app/handover-announce.h"

/* How long additions are collected before they are announced together. */
#define ANNOUNCE_MS 250

enum
{
  PROP_0,
  PROP_MODEL,
  PROP_AT_END,
  N_PROPS,
  PROP_HADJUSTMENT = N_PROPS,
  PROP_VADJUSTMENT,
  PROP_HSCROLL_POLICY,
  PROP_VSCROLL_POLICY,
};

static GParamSpec *properties[N_PROPS];

enum
{
  SIGNAL_LOAD_OLDER,
  SIGNAL_ANNOUNCE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE_WITH_CODE (HandoverTimeline, handover_timeline, GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_SCROLLABLE, NULL))

static guint
get_n_items (HandoverTimeline *self)
{
  return handover_timeline_rows_get_n_items (self->rows);
}

static void
handover_timeline_measure (GtkWidget      *widget,
                           GtkOrientation  orientation,
                           int             for_size,
                           int            *minimum,
                           int            *natural,
                           int            *minimum_baseline,
                           int            *natural_baseline)
{
  *minimum = *natural = 0;
  if (orientation == GTK_ORIENTATION_VERTICAL)
    return;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      int child_minimum, child_natural;

      gtk_widget_measure (child, orientation, -1, &child_minimum, &child_natural, NULL, NULL);
      *minimum = MAX (*minimum, child_minimum);
      *natural = MAX (*natural, child_natural);
    }
}

static void
handover_timeline_size_allocate (GtkWidget *widget,
                                 int        width,
                                 int        height,
                                 int        baseline)
{
  HandoverTimeline *self = HANDOVER_TIMELINE (widget);

  handover_timeline_lay_out (self, width, height);
  if (self->hadjustment != NULL)
    gtk_adjustment_configure (self->hadjustment, 0, 0, width, width * 0.1, width * 0.9, width);
}

static void
handover_timeline_set_focus_child (GtkWidget *widget,
                                   GtkWidget *child)
{
  GTK_WIDGET_CLASS (handover_timeline_parent_class)->set_focus_child (widget, child);
  handover_timeline_follow_focus (HANDOVER_TIMELINE (widget), child);
}

/* --- For layout --- */

void
handover_timeline_set_at_end (HandoverTimeline *self,
                              gboolean          at_end)
{
  if (self->at_end == at_end)
    return;

  self->at_end = at_end;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_AT_END]);
}

static gboolean
load_older_cb (gpointer user_data)
{
  HandoverTimeline *self = HANDOVER_TIMELINE (user_data);

  self->load_id = 0;
  g_signal_emit (self, signals[SIGNAL_LOAD_OLDER], 0);

  return G_SOURCE_REMOVE;
}

void
handover_timeline_queue_load (HandoverTimeline *self)
{
  if (self->load_id == 0)
    self->load_id = g_idle_add (load_older_cb, self);
}

static void
set_adjustment (HandoverTimeline  *self,
                GtkAdjustment    **field,
                GtkAdjustment     *adjustment)
{
  if (*field != NULL && *field == adjustment)
    return;

  if (field == &self->vadjustment && *field != NULL)
    g_clear_signal_handler (&self->value_changed_id, *field);
  g_clear_object (field);

  *field = g_object_ref_sink (adjustment != NULL ? adjustment : gtk_adjustment_new (0, 0, 0, 0, 0, 0));
  if (field == &self->vadjustment)
    self->value_changed_id = g_signal_connect_swapped (*field, "value-changed", G_CALLBACK (handover_timeline_value_changed), self);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

/* --- Changes of the model --- */

static gboolean
announce_cb (gpointer user_data)
{
  HandoverTimeline *self = HANDOVER_TIMELINE (user_data);
  guint count = self->announcements->len;
  g_autofree char *text = NULL;

  self->announce_id = 0;
  if (count == 1)
    text = g_strdup (g_ptr_array_index (self->announcements, 0));
  else
    /* Translators: for a screen reader, when several messages come at once */
    text = g_strdup_printf (ngettext ("%u new message", "%u new messages", count), count);
  g_ptr_array_set_size (self->announcements, 0);
  g_signal_emit (self, signals[SIGNAL_ANNOUNCE], 0, text);

  return G_SOURCE_REMOVE;
}

static void
announce_added (HandoverTimeline *self,
                guint             position,
                guint             added)
{
  if (self->rows->functions->announce == NULL)
    return;

  for (guint i = position; i < position + added; i++)
    {
      g_autoptr (GObject) item = g_list_model_get_item (self->model, i);
      char *text = self->rows->functions->announce (item, self->rows->user_data);

      if (text != NULL)
        g_ptr_array_add (self->announcements, text);
    }

  if (self->announcements->len > 0 && self->announce_id == 0)
    self->announce_id = g_timeout_add (ANNOUNCE_MS, announce_cb, self);
}

static void
items_changed_cb (HandoverTimeline *self,
                  guint             position,
                  guint             removed,
                  guint             added)
{
  guint old_length = get_n_items (self);
  gboolean focus_lost;

  handover_timeline_stop_ahead (self);
  handover_timeline_choose_anchor (self, position, removed, added);
  focus_lost = handover_timeline_rows_splice (self->rows, position, removed, added);
  if (position > 0)
    handover_timeline_rows_arrange (self->rows, position - 1);
  handover_timeline_rows_arrange (self->rows, position + added);
  handover_timeline_rows_number (self->rows);
  self->model_changed = TRUE;

  if (self->cursor >= position + removed)
    self->cursor += added - removed;
  if (focus_lost && get_n_items (self) > 0)
    handover_timeline_focus_row (self, MIN (position, get_n_items (self) - 1));

  if (old_length > 0 && removed == 0 && position == old_length)
    announce_added (self, position, added);

  gtk_widget_queue_resize (GTK_WIDGET (self));
}

static void
handover_timeline_announce (HandoverTimeline *self,
                            const char       *text)
{
  handover_announce (GTK_WIDGET (self), text, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

/* --- Object --- */

static void
handover_timeline_dispose (GObject *object)
{
  HandoverTimeline *self = HANDOVER_TIMELINE (object);

  handover_timeline_stop_ahead (self);
  g_clear_handle_id (&self->settle_id, g_source_remove);
  g_clear_handle_id (&self->load_id, g_source_remove);
  g_clear_handle_id (&self->announce_id, g_source_remove);
  if (self->model != NULL)
    g_clear_signal_handler (&self->items_changed_id, self->model);
  if (self->vadjustment != NULL)
    g_clear_signal_handler (&self->value_changed_id, self->vadjustment);
  handover_timeline_rows_reset (self->rows, NULL);
  g_clear_object (&self->model);
  g_clear_object (&self->hadjustment);
  g_clear_object (&self->vadjustment);

  G_OBJECT_CLASS (handover_timeline_parent_class)->dispose (object);
}

static void
handover_timeline_finalize (GObject *object)
{
  HandoverTimeline *self = HANDOVER_TIMELINE (object);

  handover_timeline_rows_free (self->rows);
  g_ptr_array_unref (self->announcements);

  G_OBJECT_CLASS (handover_timeline_parent_class)->finalize (object);
}

static void
handover_timeline_get_property (GObject    *object,
                                guint       property_id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  HandoverTimeline *self = HANDOVER_TIMELINE (object);

  switch (property_id)
    {
    case PROP_MODEL:
      g_value_set_object (value, self->model);
      break;
    case PROP_AT_END:
      g_value_set_boolean (value, self->at_end);
      break;
    case PROP_HADJUSTMENT:
      g_value_set_object (value, self->hadjustment);
      break;
    case PROP_VADJUSTMENT:
      g_value_set_object (value, self->vadjustment);
      break;
    case PROP_HSCROLL_POLICY:
      g_value_set_enum (value, self->hscroll_policy);
      break;
    case PROP_VSCROLL_POLICY:
      g_value_set_enum (value, self->vscroll_policy);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
handover_timeline_set_property (GObject      *object,
                                guint         property_id,
                                const GValue *value,
                                GParamSpec   *pspec)
{
  HandoverTimeline *self = HANDOVER_TIMELINE (object);

  switch (property_id)
    {
    case PROP_MODEL:
      handover_timeline_set_model (self, g_value_get_object (value));
      break;
    case PROP_HADJUSTMENT:
      set_adjustment (self, &self->hadjustment, g_value_get_object (value));
      break;
    case PROP_VADJUSTMENT:
      set_adjustment (self, &self->vadjustment, g_value_get_object (value));
      break;
    case PROP_HSCROLL_POLICY:
      self->hscroll_policy = g_value_get_enum (value);
      break;
    case PROP_VSCROLL_POLICY:
      self->vscroll_policy = g_value_get_enum (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
handover_timeline_class_init (HandoverTimelineClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = handover_timeline_dispose;
  object_class->finalize = handover_timeline_finalize;
  object_class->get_property = handover_timeline_get_property;
  object_class->set_property = handover_timeline_set_property;
  widget_class->measure = handover_timeline_measure;
  widget_class->size_allocate = handover_timeline_size_allocate;
  widget_class->focus = handover_timeline_focus;
  widget_class->grab_focus = handover_timeline_grab_focus;
  widget_class->set_focus_child = handover_timeline_set_focus_child;

  properties[PROP_MODEL] = g_param_spec_object ("model", NULL, NULL, G_TYPE_LIST_MODEL,
                                                G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_AT_END] = g_param_spec_boolean ("at-end", NULL, NULL, TRUE,
                                                  G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  g_object_class_override_property (object_class, PROP_HADJUSTMENT, "hadjustment");
  g_object_class_override_property (object_class, PROP_VADJUSTMENT, "vadjustment");
  g_object_class_override_property (object_class, PROP_HSCROLL_POLICY, "hscroll-policy");
  g_object_class_override_property (object_class, PROP_VSCROLL_POLICY, "vscroll-policy");

  /**
   * HandoverTimeline::load-older:
   *
   * The reader comes near the top: what lies before the first item is wanted.
   */
  signals[SIGNAL_LOAD_OLDER] = g_signal_new ("load-older", HANDOVER_TYPE_TIMELINE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                             NULL, G_TYPE_NONE, 0);
  /**
   * HandoverTimeline::announce:
   * @text: what to say
   *
   * Something new is to be said to who cannot see it.
   */
  signals[SIGNAL_ANNOUNCE] = g_signal_new_class_handler ("announce", HANDOVER_TYPE_TIMELINE, G_SIGNAL_RUN_LAST,
                                                         G_CALLBACK (handover_timeline_announce), NULL, NULL, NULL,
                                                         G_TYPE_NONE, 1, G_TYPE_STRING);

  handover_timeline_add_keys (widget_class);
  gtk_widget_class_set_css_name (widget_class, "timeline");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LOG);
}

static void
handover_timeline_init (HandoverTimeline *self)
{
  self->rows = handover_timeline_rows_new (GTK_WIDGET (self));
  self->announcements = g_ptr_array_new_with_free_func (g_free);
  self->stick = TRUE;
  self->at_end = TRUE;
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
}

/**
 * handover_timeline_new:
 *
 * Makes a timeline: a scrollable list that opens at its end, keeps to it, and never moves what is being read,
 * whatever is added or removed elsewhere.
 *
 * Returns: (transfer floating): the timeline
 */
GtkWidget *
handover_timeline_new (void)
{
  return g_object_new (HANDOVER_TYPE_TIMELINE, NULL);
}

/**
 * handover_timeline_set_functions:
 * @self: a timeline without a model
 * @functions: how to make rows; must stay valid
 * @user_data: for @functions
 *
 * Says how rows are made. Comes before the model.
 */
void
handover_timeline_set_functions (HandoverTimeline                *self,
                                 const HandoverTimelineFunctions *functions,
                                 gpointer                         user_data)
{
  g_return_if_fail (HANDOVER_IS_TIMELINE (self));
  g_return_if_fail (self->model == NULL);

  self->rows->functions = functions;
  self->rows->user_data = user_data;
}

/**
 * handover_timeline_get_model:
 * @self: a timeline
 *
 * Gets what is shown.
 *
 * Returns: (transfer none) (nullable): the model
 */
GListModel *
handover_timeline_get_model (HandoverTimeline *self)
{
  g_return_val_if_fail (HANDOVER_IS_TIMELINE (self), NULL);

  return self->model;
}

/**
 * handover_timeline_set_model:
 * @self: a timeline
 * @model: (nullable): what to show, oldest first
 *
 * Shows something else, from its end.
 */
void
handover_timeline_set_model (HandoverTimeline *self,
                             GListModel       *model)
{
  g_return_if_fail (HANDOVER_IS_TIMELINE (self));
  g_return_if_fail (model == NULL || self->rows->functions != NULL);

  if (self->model == model)
    return;

  if (self->model != NULL)
    g_clear_signal_handler (&self->items_changed_id, self->model);
  handover_timeline_stop_ahead (self);
  handover_timeline_rows_reset (self->rows, model);
  g_set_object (&self->model, model);
  if (model != NULL)
    self->items_changed_id = g_signal_connect_swapped (model, "items-changed", G_CALLBACK (items_changed_cb), self);

  g_clear_handle_id (&self->settle_id, g_source_remove);
  g_clear_handle_id (&self->announce_id, g_source_remove);
  g_ptr_array_set_size (self->announcements, 0);
  self->anchor = self->cursor = self->asked_for = 0;
  self->anchor_y = 0;
  self->stick = TRUE;
  gtk_widget_queue_resize (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MODEL]);
}

/**
 * handover_timeline_get_at_end:
 * @self: a timeline
 *
 * Says whether the end is in view; then what is added is, too.
 *
 * Returns: %TRUE if it is
 */
gboolean
handover_timeline_get_at_end (HandoverTimeline *self)
{
  g_return_val_if_fail (HANDOVER_IS_TIMELINE (self), FALSE);

  return self->at_end;
}

/**
 * handover_timeline_scroll_to:
 * @self: a timeline
 * @position: the position of an item
 *
 * Brings an item to the top of the view, however far away it is.
 */
void
handover_timeline_scroll_to (HandoverTimeline *self,
                             guint             position)
{
  g_return_if_fail (HANDOVER_IS_TIMELINE (self));
  g_return_if_fail (position < get_n_items (self));

  handover_timeline_stop_ahead (self);
  g_clear_handle_id (&self->settle_id, g_source_remove);
  self->anchor = position;
  self->anchor_y = 0;
  self->stick = FALSE;
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

/**
 * handover_timeline_scroll_to_end:
 * @self: a timeline
 *
 * Goes to the newest item, and stays at the end from then on.
 */
void
handover_timeline_scroll_to_end (HandoverTimeline *self)
{
  g_return_if_fail (HANDOVER_IS_TIMELINE (self));

  handover_timeline_stop_ahead (self);
  g_clear_handle_id (&self->settle_id, g_source_remove);
  self->stick = TRUE;
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

/**
 * handover_timeline_get_row:
 * @self: a timeline
 * @position: a position
 *
 * Gets the row of an item, if there is one just now.
 *
 * Returns: (transfer none) (nullable): the row
 */
GtkWidget *
handover_timeline_get_row (HandoverTimeline *self,
                           guint             position)
{
  HandoverTimelineRow *row;

  g_return_val_if_fail (HANDOVER_IS_TIMELINE (self), NULL);

  row = handover_timeline_rows_peek (self->rows, position);

  return row != NULL ? row->widget : NULL;
}
