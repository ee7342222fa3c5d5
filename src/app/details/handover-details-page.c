/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "config.h"

#include "app/details/handover-details-page.h"

#include <glib/gi18n.h>

#include "app/details/handover-fact-row.h"
#include "app/details/handover-reason-card.h"
#include "app/details/handover-receipt-card.h"
#include "app/handover-wording.h"
#include "client/store/handover-mirror.h"
#include "core/handover-time.h"

struct _HandoverDetailsPage
{
  AdwBin                parent_instance;

  HandoverAccount      *account;
  HandoverConversation *conversation;
  GListModel           *escalations;
  GPtrArray            *past_rows;
  char                 *order_number;
  gboolean              folded;

  GtkScrolledWindow    *scroller;
  GtkWidget            *reason;
  GtkLabel             *reason_heading;
  HandoverReasonCard   *reason_card;
  AdwAvatar            *avatar;
  GtkLabel             *customer_name;
  GtkLabel             *customer_channel;
  HandoverFactRow      *email_row;
  HandoverFactRow      *phone_row;
  HandoverFactRow      *user_id_row;
  GtkWidget            *order;
  GtkLabel             *order_title;
  GtkWidget            *copy_order;
  HandoverReceiptCard  *receipt;
  GtkListBox           *links;
  GtkListBox           *others;
  GtkWidget            *past;
  AdwExpanderRow       *past_row;
  GtkLabel             *past_count;
};

G_DEFINE_FINAL_TYPE (HandoverDetailsPage, handover_details_page, ADW_TYPE_BIN)

typedef enum
{
  PROP_ACCOUNT = 1,
  PROP_CONVERSATION,
  PROP_FOLDED,
} HandoverDetailsPageProperty;

static GParamSpec *properties[PROP_FOLDED + 1];

static void
copy_order_cb (HandoverDetailsPage *self)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), self->order_number);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.toast", "s", _("Copied"));
}

static void
launched_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GtkWidget) row = user_data;
  g_autoptr (GError) error = NULL;

  if (!gtk_uri_launcher_launch_finish (GTK_URI_LAUNCHER (source), result, &error) &&
      !g_error_matches (error, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_DISMISSED))
    gtk_widget_activate_action (row, "win.toast", "s", _("The link could not be opened."));
}

static void
link_activated_cb (GtkWidget *row)
{
  g_autoptr (GtkUriLauncher) launcher = gtk_uri_launcher_new (gtk_widget_get_tooltip_text (row));

  gtk_uri_launcher_launch (launcher, GTK_WINDOW (gtk_widget_get_root (row)), NULL, launched_cb, g_object_ref (row));
}

static GtkWidget *
create_link (const HandoverFact *link)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *icon = gtk_image_new_from_icon_name ("send-to-symbolic");

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), link->name);
  gtk_widget_set_tooltip_text (row, link->value);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), icon);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_signal_connect (row, "activated", G_CALLBACK (link_activated_cb), NULL);

  return row;
}

/* The shop's own names, such as ship_to, made to look like words. */
static char *
dup_title (const char *name)
{
  g_autofree char *words = g_strdelimit (g_strdup (name), "_-", ' ');

  return handover_wording_sentence (words);
}

static GtkWidget *
create_other (const HandoverFact *fact)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *title = dup_title (fact->name);

  gtk_widget_add_css_class (row, "property");
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), fact->value);
  adw_action_row_set_subtitle_selectable (ADW_ACTION_ROW (row), TRUE);

  return row;
}

static void
fill (GtkListBox *list,
      GPtrArray  *facts,
      GtkWidget *(*create) (const HandoverFact *fact))
{
  gtk_list_box_remove_all (list);
  for (guint i = 0; i < facts->len; i++)
    gtk_list_box_append (list, create (g_ptr_array_index (facts, i)));
  gtk_widget_set_visible (GTK_WIDGET (list), facts->len > 0);
}

static void
update_order (HandoverDetailsPage *self,
              const HandoverFacts *facts)
{
  g_autofree char *number = NULL;
  g_autofree char *title = NULL;

  g_set_str (&self->order_number, facts->order_number);
  if (facts->order_number != NULL)
    {
      number = handover_wording_isolate (facts->order_number);
      /* Translators: %s is the number of an order */
      title = g_strdup_printf (_("Order %s"), number);
    }

  gtk_label_set_text (self->order_title, title != NULL ? title : _("Cart"));
  gtk_widget_set_visible (self->copy_order, title != NULL);
  gtk_widget_set_visible (self->order, title != NULL || facts->items->len > 0);
}

static void
update_customer (HandoverDetailsPage *self,
                 const HandoverFacts *facts)
{
  HandoverCustomer *customer = self->conversation->customer;
  HandoverChannelReference *channel = self->conversation->channel;
  g_autofree char *name = handover_wording_customer (customer);
  const char *user_id = customer->user_id != NULL ? customer->user_id : facts->user_id;

  gtk_label_set_text (self->customer_name, name);
  gtk_label_set_text (self->customer_channel,
                      handover_wording_channel (channel != NULL ? channel->kind : HANDOVER_CHANNEL_KIND_UNKNOWN));
  adw_avatar_set_text (self->avatar, name);
  adw_avatar_set_show_initials (self->avatar, handover_wording_has_initials (customer));
  handover_fact_row_set_value (self->email_row, customer->email);
  handover_fact_row_set_value (self->phone_row, customer->phone);
  handover_fact_row_set_value (self->user_id_row, user_id);
}

static void
update (HandoverDetailsPage *self)
{
  g_autoptr (HandoverFacts) facts = NULL;

  if (self->conversation == NULL)
    return;

  facts = handover_facts_new (self->conversation->metadata);
  gtk_widget_set_visible (self->reason, self->conversation->escalation != NULL);
  gtk_label_set_text (self->reason_heading, self->conversation->agent_id != NULL ? _("Why the AI Stopped")
                                                                                 : _("Why a Person Is Needed"));
  handover_reason_card_set_escalation (self->reason_card, self->conversation->escalation);
  update_customer (self, facts);
  update_order (self, facts);
  handover_receipt_card_set_facts (self->receipt, facts);
  fill (self->links, facts->links, create_link);
  fill (self->others, facts->others, create_other);
}

static GtkWidget *
create_past (HandoverEscalation *escalation)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *when = handover_wording_moment (escalation->opened_at, handover_time_now ());
  /* Translators: why an AI stopped, when, and how it ended */
  g_autofree char *title = g_strdup_printf (_("%s · %s · %s"), handover_wording_trigger (escalation->trigger), when,
                                            handover_wording_resolution (escalation->resolution));

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), escalation->summary);

  return row;
}

static void
update_past (HandoverDetailsPage *self)
{
  guint n_items = self->escalations != NULL ? g_list_model_get_n_items (self->escalations) : 0;
  g_autofree char *count = NULL;

  for (guint i = 0; i < self->past_rows->len; i++)
    adw_expander_row_remove (self->past_row, g_ptr_array_index (self->past_rows, i));
  g_ptr_array_set_size (self->past_rows, 0);

  for (guint i = 0; i < n_items; i++)
    {
      g_autoptr (HandoverEscalation) escalation = g_list_model_get_item (self->escalations, i);
      GtkWidget *row;

      /* The open one ends in place. */
      g_signal_handlers_disconnect_by_func (escalation, update_past, self);
      g_signal_connect_object (escalation, "notify::resolved-at", G_CALLBACK (update_past), self, G_CONNECT_SWAPPED);
      if (escalation->resolved_at == 0)
        continue;

      row = create_past (escalation);
      adw_expander_row_add_row (self->past_row, row);
      g_ptr_array_add (self->past_rows, row);
    }

  count = g_strdup_printf ("%u", self->past_rows->len);
  gtk_label_set_text (self->past_count, count);
  gtk_widget_set_visible (self->past, self->past_rows->len > 0);
}

static void
update_escalations (HandoverDetailsPage *self)
{
  HandoverMirror *mirror = self->account != NULL ? handover_account_get_mirror (self->account) : NULL;
  GListModel *escalations = NULL;

  if (mirror != NULL && self->conversation != NULL)
    escalations = handover_mirror_get_escalations (mirror, self->conversation->id);

  handover_details_page_set_escalations (self, escalations);
}

static void
handover_details_page_get_property (GObject    *object,
                                    guint       property_id,
                                    GValue     *value,
                                    GParamSpec *pspec)
{
  HandoverDetailsPage *self = HANDOVER_DETAILS_PAGE (object);

  switch ((HandoverDetailsPageProperty) property_id)
    {
    case PROP_ACCOUNT:
      g_value_set_object (value, self->account);
      break;
    case PROP_CONVERSATION:
      g_value_set_object (value, self->conversation);
      break;
    case PROP_FOLDED:
      g_value_set_boolean (value, self->folded);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
handover_details_page_set_property (GObject      *object,
                                    guint         property_id,
                                    const GValue *value,
                                    GParamSpec   *pspec)
{
  HandoverDetailsPage *self = HANDOVER_DETAILS_PAGE (object);

  switch ((HandoverDetailsPageProperty) property_id)
    {
    case PROP_ACCOUNT:
      handover_details_page_set_account (self, g_value_get_object (value));
      break;
    case PROP_CONVERSATION:
      handover_details_page_set_conversation (self, g_value_get_object (value));
      break;
    case PROP_FOLDED:
      self->folded = g_value_get_boolean (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
handover_details_page_dispose (GObject *object)
{
  HandoverDetailsPage *self = HANDOVER_DETAILS_PAGE (object);

  if (self->conversation != NULL)
    g_signal_handlers_disconnect_by_data (self->conversation, self);
  if (self->escalations != NULL)
    g_signal_handlers_disconnect_by_data (self->escalations, self);
  g_clear_object (&self->conversation);
  g_clear_object (&self->escalations);
  g_clear_object (&self->account);
  gtk_widget_dispose_template (GTK_WIDGET (self), HANDOVER_TYPE_DETAILS_PAGE);

  G_OBJECT_CLASS (handover_details_page_parent_class)->dispose (object);
}

static void
handover_details_page_finalize (GObject *object)
{
  HandoverDetailsPage *self = HANDOVER_DETAILS_PAGE (object);

  g_clear_pointer (&self->past_rows, g_ptr_array_unref);
  g_clear_pointer (&self->order_number, g_free);

  G_OBJECT_CLASS (handover_details_page_parent_class)->finalize (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_BASE "/ui/handover-details-page.ui");
  gtk_widget_class_bind_template_child (widget_class, HandoverDetailsPage, scroller);
  gtk_widget_class_bind_template_child (widget_class, HandoverDetailsPage, reason);
  gtk_widget_class_bind_template_child (widget_class, HandoverDetailsPage, reason_card);
  gtk_widget_class_bind_template_child (widget_class, HandoverDetailsPage, reason_heading);
  gtk_widget_class_bind_template_child (widget_class, HandoverDetailsPage, avatar);
  gtk_widget_class_bind_template_child (widget_class, HandoverDetailsPage, customer_name);
  gtk_widget_class_bind_template_child (widget_class, HandoverDetailsPage, customer_channel);
  gtk_widget_class_bind_template_child (widget_class, HandoverDetailsPage, email_row);
  gtk_widget_class_bind_template_child (widget_class, HandoverDetailsPage, phone_row);
  gtk_widget_class_bind_template_child (widget_class, HandoverDetailsPage, user_id_row);
  gtk_widget_class_bind_template_child (widget_class, HandoverDetailsPage, order);
  gtk_widget_class_bind_template_child (widget_class, HandoverDetailsPage, order_title);
  gtk_widget_class_bind_template_child (widget_class, HandoverDetailsPage, copy_order);
  gtk_widget_class_bind_template_child (widget_class, HandoverDetailsPage, receipt);
  gtk_widget_class_bind_template_child (widget_class, HandoverDetailsPage, links);
  gtk_widget_class_bind_template_child (widget_class, HandoverDetailsPage, others);
  gtk_widget_class_bind_template_child (widget_class, HandoverDetailsPage, past);
  gtk_widget_class_bind_template_child (widget_class, HandoverDetailsPage, past_row);
  gtk_widget_class_bind_template_child (widget_class, HandoverDetailsPage, past_count);
  gtk_widget_class_bind_template_callback (widget_class, copy_order_cb);
}

static void
handover_details_page_class_init (HandoverDetailsPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = handover_details_page_get_property;
  object_class->set_property = handover_details_page_set_property;
  object_class->dispose = handover_details_page_dispose;
  object_class->finalize = handover_details_page_finalize;

  /**
   * HandoverDetailsPage:account:
   *
   * Whose conversations these are.
   */
  properties[PROP_ACCOUNT] = g_param_spec_object ("account", NULL, NULL, HANDOVER_TYPE_ACCOUNT, flags);

  /**
   * HandoverDetailsPage:conversation:
   *
   * The conversation that is open.
   */
  properties[PROP_CONVERSATION] =
    g_param_spec_object ("conversation", NULL, NULL, HANDOVER_TYPE_CONVERSATION, flags);

  /**
   * HandoverDetailsPage:folded:
   *
   * Whether the page lies over the transcript and so needs a way back.
   */
  properties[PROP_FOLDED] = g_param_spec_boolean ("folded", NULL, NULL, FALSE, flags);

  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
  bind_template (GTK_WIDGET_CLASS (klass));
}

static void
handover_details_page_init (HandoverDetailsPage *self)
{
  g_type_ensure (HANDOVER_TYPE_REASON_CARD);
  g_type_ensure (HANDOVER_TYPE_FACT_ROW);
  g_type_ensure (HANDOVER_TYPE_RECEIPT_CARD);

  self->past_rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * handover_details_page_set_account:
 * @self: a page
 * @account: (nullable): whose conversations these are
 *
 * Sets where past escalations come from.
 */
void
handover_details_page_set_account (HandoverDetailsPage *self,
                                   HandoverAccount     *account)
{
  g_return_if_fail (HANDOVER_IS_DETAILS_PAGE (self));

  if (g_set_object (&self->account, account))
    update_escalations (self);
}

/**
 * handover_details_page_set_conversation:
 * @self: a page
 * @conversation: (nullable): the conversation that is open
 *
 * Shows what is known about another conversation, and follows it.
 */
void
handover_details_page_set_conversation (HandoverDetailsPage  *self,
                                        HandoverConversation *conversation)
{
  g_return_if_fail (HANDOVER_IS_DETAILS_PAGE (self));

  if (self->conversation == conversation)
    return;

  if (self->conversation != NULL)
    g_signal_handlers_disconnect_by_data (self->conversation, self);
  g_set_object (&self->conversation, conversation);
  if (conversation != NULL)
    {
      g_signal_connect_object (conversation, "notify::customer", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (conversation, "notify::escalation", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (conversation, "notify::metadata", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
    }

  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scroller), 0);
  adw_expander_row_set_expanded (self->past_row, FALSE);
  update (self);
  update_escalations (self);
}

/**
 * handover_details_page_set_escalations:
 * @self: a page
 * @escalations: (nullable): the conversation's escalations, newest first
 *
 * Lists those that are over.
 */
void
handover_details_page_set_escalations (HandoverDetailsPage *self,
                                       GListModel          *escalations)
{
  g_return_if_fail (HANDOVER_IS_DETAILS_PAGE (self));

  if (self->escalations != NULL)
    g_signal_handlers_disconnect_by_data (self->escalations, self);
  g_set_object (&self->escalations, escalations);
  if (escalations != NULL)
    g_signal_connect_object (escalations, "items-changed", G_CALLBACK (update_past), self, G_CONNECT_SWAPPED);
  update_past (self);
}
