/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "config.h"

#include "app/conversation/handover-transcript-view.h"

#include <glib/gi18n.h>

#include "app/conversation/handover-message-menu.h"
#include "app/conversation/handover-message-row.h"
#include "app/conversation/handover-timeline.h"

struct _HandoverTranscriptView
{
  AdwBin            parent_instance;

  HandoverReader    reader;
  GListModel       *model;
  gulong            items_changed_id;
  gboolean          loading;
  char             *error;
  guint             unseen;

  GtkStack         *stack;
  HandoverTimeline *timeline;
  AdwStatusPage    *error_page;
  GtkWidget        *older_spinner;
  GtkWidget        *older_error;
  GtkLabel         *older_reason;
  GtkButton        *newest_button;
  guint             show_newest_id;
};

G_DEFINE_FINAL_TYPE (HandoverTranscriptView, handover_transcript_view, ADW_TYPE_BIN)

enum
{
  PROP_0,
  PROP_AT_END,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

enum
{
  SIGNAL_LOAD_OLDER,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* --- Rows --- */

static GtkWidget *
create_row (GObject  *item,
            gpointer  user_data)
{
  HandoverTranscriptView *self = HANDOVER_TRANSCRIPT_VIEW (user_data);

  return handover_message_row_new (HANDOVER_MESSAGE (item), &self->reader);
}

static void
arrange_row (GtkWidget *row,
             GObject   *previous,
             GObject   *next,
             gpointer   user_data)
{
  handover_message_row_arrange (HANDOVER_MESSAGE_ROW (row), (HandoverMessage *) previous, (HandoverMessage *) next);
}

static char *
announce_item (GObject  *item,
               gpointer  user_data)
{
  HandoverTranscriptView *self = HANDOVER_TRANSCRIPT_VIEW (user_data);
  HandoverMessage *message = HANDOVER_MESSAGE (item);

  if (handover_message_wording_is_mine (message, &self->reader))
    return NULL;

  return handover_message_wording_spoken (message, &self->reader);
}

static const HandoverTimelineFunctions row_functions = { create_row, arrange_row, announce_item };

/* --- State --- */

static void
update_stack (HandoverTranscriptView *self)
{
  gboolean any = self->model != NULL && g_list_model_get_n_items (self->model) > 0;
  /* A status page takes its description as markup. */
  g_autofree char *description = self->error != NULL ? g_markup_escape_text (self->error, -1) : NULL;

  gtk_widget_set_visible (self->older_spinner, any && self->loading);
  gtk_widget_set_visible (self->older_error, any && self->error != NULL && !self->loading);
  gtk_label_set_text (self->older_reason, self->error != NULL ? self->error : "");
  adw_status_page_set_description (self->error_page, description);

  if (any)
    gtk_stack_set_visible_child_name (self->stack, "messages");
  else if (self->loading)
    gtk_stack_set_visible_child_name (self->stack, "loading");
  else if (self->error != NULL)
    gtk_stack_set_visible_child_name (self->stack, "error");
  else
    gtk_stack_set_visible_child_name (self->stack, "empty");
}

static gboolean
show_newest_cb (gpointer user_data)
{
  HandoverTranscriptView *self = HANDOVER_TRANSCRIPT_VIEW (user_data);
  g_autofree char *label = NULL;

  self->show_newest_id = 0;
  /* Translators: a button that goes down to so many messages that came while one read above */
  label = self->unseen > 0 ? g_strdup_printf (ngettext ("%u new ↓", "%u new ↓", self->unseen), self->unseen)
                           : g_strdup (_("Newest ↓"));
  gtk_button_set_label (self->newest_button, label);
  gtk_widget_set_visible (GTK_WIDGET (self->newest_button), !handover_timeline_get_at_end (self->timeline));

  return G_SOURCE_REMOVE;
}

static void
update_newest (HandoverTranscriptView *self)
{
  if (handover_timeline_get_at_end (self->timeline))
    self->unseen = 0;

  /* The timeline tells while it is laid out, which is too late to make room for a button. */
  if (self->show_newest_id == 0)
    self->show_newest_id = g_idle_add_full (G_PRIORITY_HIGH_IDLE, show_newest_cb, self, NULL);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_AT_END]);
}

static void
items_changed_cb (HandoverTranscriptView *self,
                  guint                   position,
                  guint                   removed,
                  guint                   added)
{
  guint n_items = g_list_model_get_n_items (self->model);

  if (removed == 0 && position > 0 && position + added == n_items && !handover_timeline_get_at_end (self->timeline))
    self->unseen += added;
  update_newest (self);
  update_stack (self);
}

static void
newest_cb (HandoverTranscriptView *self)
{
  handover_timeline_scroll_to_end (self->timeline);
}

static void
load_older_cb (HandoverTranscriptView *self)
{
  g_signal_emit (self, signals[SIGNAL_LOAD_OLDER], 0);
}

/* --- Object --- */

static void
handover_transcript_view_get_property (GObject    *object,
                                       guint       property_id,
                                       GValue     *value,
                                       GParamSpec *pspec)
{
  HandoverTranscriptView *self = HANDOVER_TRANSCRIPT_VIEW (object);

  switch (property_id)
    {
    case PROP_AT_END:
      g_value_set_boolean (value, handover_transcript_view_get_at_end (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
handover_transcript_view_dispose (GObject *object)
{
  HandoverTranscriptView *self = HANDOVER_TRANSCRIPT_VIEW (object);

  if (self->model != NULL)
    g_clear_signal_handler (&self->items_changed_id, self->model);
  g_clear_object (&self->model);
  /* Disposing of the template unparents the stack behind the bin's back, which would then do it once more. */
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), HANDOVER_TYPE_TRANSCRIPT_VIEW);
  /* Taking the timeline away may have asked once more. */
  g_clear_handle_id (&self->show_newest_id, g_source_remove);

  G_OBJECT_CLASS (handover_transcript_view_parent_class)->dispose (object);
}

static void
handover_transcript_view_finalize (GObject *object)
{
  HandoverTranscriptView *self = HANDOVER_TRANSCRIPT_VIEW (object);

  g_clear_pointer (&self->reader.operator_id, g_free);
  g_clear_pointer (&self->reader.customer, g_free);
  g_clear_object (&self->reader.files);
  g_clear_object (&self->reader.outbox);
  g_clear_pointer (&self->error, g_free);

  G_OBJECT_CLASS (handover_transcript_view_parent_class)->finalize (object);
}

static void
handover_transcript_view_class_init (HandoverTranscriptViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = handover_transcript_view_dispose;
  object_class->finalize = handover_transcript_view_finalize;
  object_class->get_property = handover_transcript_view_get_property;

  /**
   * HandoverTranscriptView:at-end:
   *
   * Whether the newest message can be seen.
   */
  properties[PROP_AT_END] = g_param_spec_boolean ("at-end", NULL, NULL, TRUE,
                                                  G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  /**
   * HandoverTranscriptView::load-older:
   *
   * Older messages are wanted, or are to be tried again.
   */
  signals[SIGNAL_LOAD_OLDER] = g_signal_new ("load-older", HANDOVER_TYPE_TRANSCRIPT_VIEW, G_SIGNAL_RUN_LAST, 0, NULL,
                                             NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (HANDOVER_TYPE_TIMELINE);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_BASE "/ui/handover-transcript-view.ui");
  gtk_widget_class_bind_template_child (widget_class, HandoverTranscriptView, stack);
  gtk_widget_class_bind_template_child (widget_class, HandoverTranscriptView, timeline);
  gtk_widget_class_bind_template_child (widget_class, HandoverTranscriptView, error_page);
  gtk_widget_class_bind_template_child (widget_class, HandoverTranscriptView, older_spinner);
  gtk_widget_class_bind_template_child (widget_class, HandoverTranscriptView, older_error);
  gtk_widget_class_bind_template_child (widget_class, HandoverTranscriptView, older_reason);
  gtk_widget_class_bind_template_child (widget_class, HandoverTranscriptView, newest_button);
  gtk_widget_class_bind_template_callback (widget_class, update_newest);
  gtk_widget_class_bind_template_callback (widget_class, newest_cb);
  gtk_widget_class_bind_template_callback (widget_class, load_older_cb);
}

static void
handover_transcript_view_init (HandoverTranscriptView *self)
{
  self->reader.online = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  handover_timeline_set_functions (self->timeline, &row_functions, self);
  handover_message_menu_attach (GTK_WIDGET (self));
  update_stack (self);
}

/**
 * handover_transcript_view_set_reader:
 * @self: a view
 * @operator_id: (nullable): who reads
 * @customer: (nullable): what the customer is called
 * @online: whether what is written leaves at once
 *
 * Says who reads, and how it stands.
 */
void
handover_transcript_view_set_reader (HandoverTranscriptView *self,
                                     const char             *operator_id,
                                     const char             *customer,
                                     gboolean                online)
{
  gboolean changed;

  g_return_if_fail (HANDOVER_IS_TRANSCRIPT_VIEW (self));

  changed = g_set_str (&self->reader.operator_id, operator_id);
  changed = g_set_str (&self->reader.customer, customer) || changed;
  changed = self->reader.online != online || changed;
  self->reader.online = online;

  if (!changed)
    return;

  for (GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (self->timeline)); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    handover_message_row_update (HANDOVER_MESSAGE_ROW (row));
}

/**
 * handover_transcript_view_set_files:
 * @self: a transcript view
 * @files: (nullable): where attachments come from
 * @outbox: (nullable): where what has not left yet is
 *
 * Says where the files of messages are. To be called before there are messages.
 */
void
handover_transcript_view_set_files (HandoverTranscriptView *self,
                                    HandoverFiles          *files,
                                    HandoverOutbox         *outbox)
{
  g_return_if_fail (HANDOVER_IS_TRANSCRIPT_VIEW (self));

  g_set_object (&self->reader.files, files);
  g_set_object (&self->reader.outbox, outbox);
}

/**
 * handover_transcript_view_set_model:
 * @self: a view
 * @model: (nullable): a list of #HandoverMessage, oldest first
 *
 * Shows a transcript, at its newest message.
 */
void
handover_transcript_view_set_model (HandoverTranscriptView *self,
                                    GListModel             *model)
{
  g_return_if_fail (HANDOVER_IS_TRANSCRIPT_VIEW (self));

  if (self->model == model)
    return;

  if (self->model != NULL)
    g_clear_signal_handler (&self->items_changed_id, self->model);
  g_set_object (&self->model, model);
  if (model != NULL)
    self->items_changed_id = g_signal_connect_swapped (model, "items-changed", G_CALLBACK (items_changed_cb), self);

  self->unseen = 0;
  handover_timeline_set_model (self->timeline, model);
  update_stack (self);
}

/**
 * handover_transcript_view_set_loading:
 * @self: a view
 * @loading: whether messages are on their way
 *
 * Says that something is being loaded.
 */
void
handover_transcript_view_set_loading (HandoverTranscriptView *self,
                                      gboolean                loading)
{
  g_return_if_fail (HANDOVER_IS_TRANSCRIPT_VIEW (self));

  self->loading = loading;
  update_stack (self);
}

/**
 * handover_transcript_view_set_error:
 * @self: a view
 * @error: (nullable): why messages could not be loaded, in plain words
 *
 * Says what went wrong, with a way to try again.
 */
void
handover_transcript_view_set_error (HandoverTranscriptView *self,
                                    const char             *error)
{
  g_return_if_fail (HANDOVER_IS_TRANSCRIPT_VIEW (self));

  g_set_str (&self->error, error);
  update_stack (self);
}

/**
 * handover_transcript_view_get_at_end:
 * @self: a view
 *
 * Says whether the newest message can be seen.
 *
 * Returns: %TRUE if it can
 */
gboolean
handover_transcript_view_get_at_end (HandoverTranscriptView *self)
{
  g_return_val_if_fail (HANDOVER_IS_TRANSCRIPT_VIEW (self), FALSE);

  return handover_timeline_get_at_end (self->timeline);
}

/**
 * handover_transcript_view_show_message:
 * @self: a view
 * @position: a position in the transcript
 *
 * Goes to a message, and shows which one it is.
 */
void
handover_transcript_view_show_message (HandoverTranscriptView *self,
                                       guint                   position)
{
  g_return_if_fail (HANDOVER_IS_TRANSCRIPT_VIEW (self));

  if (handover_timeline_focus_row (self->timeline, position))
    gtk_window_set_focus_visible (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), TRUE);
}
