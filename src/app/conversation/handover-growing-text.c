/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "config.h"

#include "app/conversation/handover-growing-text.h"

#define MOST_LINES 8
#define FEWEST_LINES 3

/**
 * HandoverGrowingText:
 *
 * A text view as high as its text, up to some lines; then it scrolls.
 */
struct _HandoverGrowingText
{
  AdwBin             parent_instance;

  GtkScrolledWindow *scrolled;
  GtkTextView       *view;
  GSignalGroup      *buffer_signals;
  guint              resize_id;
};

G_DEFINE_FINAL_TYPE (HandoverGrowingText, handover_growing_text, ADW_TYPE_BIN)

typedef enum
{
  PROP_VIEW = 1,
} HandoverGrowingTextProperty;

static GParamSpec *properties[PROP_VIEW + 1];

/* A scrolled text view asks for a line or more too little at some widths, so it is told. */
static gboolean
resize_cb (gpointer user_data)
{
  HandoverGrowingText *self = HANDOVER_GROWING_TEXT (user_data);
  int margins = gtk_text_view_get_top_margin (self->view) + gtk_text_view_get_bottom_margin (self->view);
  GtkWidget *root = GTK_WIDGET (gtk_widget_get_root (GTK_WIDGET (self)));
  GdkRectangle last, first;
  GtkTextIter start, end;
  int line, most, height;

  self->resize_id = 0;
  if (root == NULL)
    return G_SOURCE_REMOVE;

  gtk_text_buffer_get_bounds (gtk_text_view_get_buffer (self->view), &start, &end);
  gtk_text_view_get_iter_location (self->view, &start, &first);
  gtk_text_view_get_iter_location (self->view, &end, &last);
  line = MAX (first.height, 1);
  /* In a low window or with large text, what is around it needs room as well. */
  most = CLAMP (gtk_widget_get_height (root) / 5 / line, FEWEST_LINES, MOST_LINES) * line;
  height = MIN (last.y + last.height - first.y, most) + margins;

  if (height == gtk_scrolled_window_get_min_content_height (self->scrolled))
    return G_SOURCE_REMOVE;

  /* A scrollbar wants room for itself, also where it is not shown. */
  gtk_scrolled_window_set_policy (self->scrolled, GTK_POLICY_NEVER,
                                  height < most + margins ? GTK_POLICY_EXTERNAL : GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_max_content_height (self->scrolled, -1);
  gtk_scrolled_window_set_min_content_height (self->scrolled, height);
  gtk_scrolled_window_set_max_content_height (self->scrolled, height);

  return G_SOURCE_REMOVE;
}

static void
handover_growing_text_queue_resize (HandoverGrowingText *self)
{
  if (self->resize_id == 0)
    self->resize_id = g_idle_add_full (G_PRIORITY_HIGH_IDLE, resize_cb, self, NULL);
}

static void
buffer_changed_cb (HandoverGrowingText *self)
{
  g_signal_group_set_target (self->buffer_signals, gtk_text_view_get_buffer (self->view));
  handover_growing_text_queue_resize (self);
}

static void
take_view (HandoverGrowingText *self,
           GtkTextView         *view)
{
  GtkAdjustment *adjustments[] = {
    gtk_scrolled_window_get_vadjustment (self->scrolled),
    gtk_scrolled_window_get_hadjustment (self->scrolled),
  };

  self->view = view;
  gtk_scrolled_window_set_child (self->scrolled, GTK_WIDGET (view));
  g_signal_connect_object (view, "notify::buffer", G_CALLBACK (buffer_changed_cb), self, G_CONNECT_SWAPPED);
  for (guint i = 0; i < G_N_ELEMENTS (adjustments); i++)
    g_signal_connect_object (adjustments[i], "changed", G_CALLBACK (handover_growing_text_queue_resize), self,
                             G_CONNECT_SWAPPED);
  buffer_changed_cb (self);
}

static void
handover_growing_text_realize (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (handover_growing_text_parent_class)->realize (widget);
  g_signal_connect_object (gtk_native_get_surface (gtk_widget_get_native (widget)), "notify::height",
                           G_CALLBACK (handover_growing_text_queue_resize), widget, G_CONNECT_SWAPPED);
}

static void
handover_growing_text_unrealize (GtkWidget *widget)
{
  g_signal_handlers_disconnect_by_func (gtk_native_get_surface (gtk_widget_get_native (widget)),
                                        handover_growing_text_queue_resize, widget);
  GTK_WIDGET_CLASS (handover_growing_text_parent_class)->unrealize (widget);
}

static void
handover_growing_text_set_property (GObject      *object,
                                    guint         property_id,
                                    const GValue *value,
                                    GParamSpec   *pspec)
{
  switch ((HandoverGrowingTextProperty) property_id)
    {
    case PROP_VIEW:
      take_view (HANDOVER_GROWING_TEXT (object), g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
handover_growing_text_dispose (GObject *object)
{
  HandoverGrowingText *self = HANDOVER_GROWING_TEXT (object);

  g_clear_handle_id (&self->resize_id, g_source_remove);
  g_clear_object (&self->buffer_signals);

  G_OBJECT_CLASS (handover_growing_text_parent_class)->dispose (object);
}

static void
handover_growing_text_class_init (HandoverGrowingTextClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = handover_growing_text_dispose;
  object_class->set_property = handover_growing_text_set_property;
  widget_class->realize = handover_growing_text_realize;
  widget_class->unrealize = handover_growing_text_unrealize;

  /**
   * HandoverGrowingText:view:
   *
   * The text view. To be set once.
   */
  properties[PROP_VIEW] = g_param_spec_object ("view", NULL, NULL, GTK_TYPE_TEXT_VIEW,
                                               G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
handover_growing_text_init (HandoverGrowingText *self)
{
  self->scrolled = GTK_SCROLLED_WINDOW (gtk_scrolled_window_new ());
  gtk_scrolled_window_set_policy (self->scrolled, GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->scrolled));

  self->buffer_signals = g_signal_group_new (GTK_TYPE_TEXT_BUFFER);
  g_signal_group_connect_swapped (self->buffer_signals, "changed", G_CALLBACK (handover_growing_text_queue_resize), self);
}
