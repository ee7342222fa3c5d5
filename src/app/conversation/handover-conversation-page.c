/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#define G_LOG_DOMAIN "handover-conversation-page"

#include "config.h"

#include "app/conversation/handover-conversation-page-private.h"

#include <glib/gi18n.h>

#include "app/handover-menus.h"
#include "app/handover-wording.h"
#include "client/handover-signals.h"
#include "core/handover-agent.h"
#include "core/handover-facts.h"

G_DEFINE_FINAL_TYPE (HandoverConversationPage, handover_conversation_page, ADW_TYPE_BIN)

enum
{
  PROP_0,
  PROP_ACCOUNT,
  PROP_CONVERSATION,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

/* --- Showing --- */

/* Says in a sentence why this operator may not write, and what would change it. */
static char *
dup_closed_reason (HandoverConversationPage *self)
{
  HandoverPerson *holder = self->conversation->holder;
  g_autofree char *name = handover_wording_customer (self->conversation->customer);
  g_autofree char *customer = handover_wording_embed (name);
  g_autofree char *colleague = handover_wording_embed (holder != NULL ? holder->name : _("A colleague"));

  switch ((HandoverControl) self->conversation->control)
    {
    case HANDOVER_CONTROL_WAITING:
      /* Translators: %s is the customer */
      return g_strdup_printf (_("Nobody is answering %s. Take over to write; the AI stays silent until you hand back."),
                              customer);
    case HANDOVER_CONTROL_OPERATOR:
      /* Translators: a colleague, then the customer */
      return g_strdup_printf (_("%s is answering %s. Only one person writes at a time."), colleague, customer);
    case HANDOVER_CONTROL_CLOSED:
      return g_strdup (_("This conversation is closed. Take over to open it again."));
    case HANDOVER_CONTROL_AGENT:
    case HANDOVER_CONTROL_UNKNOWN:
    default:
      /* Translators: %s is the customer */
      return g_strdup_printf (_("The AI is answering %s. Take over to write yourself."), customer);
    }
}

static gboolean
is_mine (HandoverConversationPage *self)
{
  return self->conversation->control == HANDOVER_CONTROL_OPERATOR && self->conversation->holder != NULL
         && g_strcmp0 (self->conversation->holder->id, handover_conversation_page_get_operator_id (self)) == 0;
}

static void
update_fields (HandoverConversationPage *self)
{
  HandoverOperator *operator = handover_account_get_operator (self->account);
  HandoverBusiness *business = handover_account_get_business (self->account);
  HandoverCustomer *customer = self->conversation->customer;
  g_autoptr (HandoverFacts) facts = handover_facts_new (self->conversation->metadata);
  g_autofree char *first_name = handover_template_first_name (customer != NULL ? customer->name : NULL);
  HandoverTemplateFields fields = {
    .first_name = first_name,
    .order_number = facts->order_number,
    .operator_name = operator != NULL ? operator->name : NULL,
    .business_name = business != NULL ? business->name : NULL,
  };

  handover_composer_set_fields (self->composer, &fields);
}

static void
update (HandoverConversationPage *self)
{
  HandoverConversation *conversation = self->conversation;
  const char *operator_id = handover_conversation_page_get_operator_id (self);
  gboolean online;
  g_autofree char *customer = NULL;
  g_autofree char *reason = NULL;

  handover_conversation_page_update_commands (self);
  if (self->account == NULL || conversation == NULL)
    return;

  customer = handover_wording_customer (conversation->customer);
  reason = dup_closed_reason (self);
  online = handover_account_get_connection (self->account) != HANDOVER_CONNECTION_OFFLINE;
  adw_window_title_set_title (self->title, customer);
  adw_window_title_set_subtitle (self->title,
                                 conversation->channel != NULL ? handover_wording_channel (conversation->channel->kind)
                                                               : "");
  /* A banner that is only folded away would still be read out. */
  gtk_widget_set_visible (GTK_WIDGET (self->banner), !online);
  adw_banner_set_revealed (self->banner, !online);
  handover_control_head_show (self->head, conversation, operator_id, handover_conversation_page_has_agent (self));
  handover_transcript_view_set_reader (self->transcript_view, operator_id, customer, online);
  handover_composer_set_customer (self->composer, customer);
  handover_composer_set_open (self->composer, is_mine (self), reason);
  handover_conversation_page_update_quote (self);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "conversation.answer", is_mine (self));
  if (!is_mine (self))
    handover_held_reply_hide (self->held_reply);
  update_fields (self);
  handover_conversation_page_mark_read (self);
}

static void
update_transcript (HandoverConversationPage *self)
{
  handover_transcript_view_set_loading (self->transcript_view,
                                        self->transcript != NULL
                                          && handover_transcript_get_loading (self->transcript));
  handover_transcript_view_set_error (self->transcript_view,
                                      self->transcript != NULL ? handover_transcript_get_error (self->transcript)
                                                               : NULL);
  handover_conversation_page_look_for_quoted (self);
}

/* --- Following the account --- */

static void
take_account_parts (HandoverConversationPage *self)
{
  HandoverMirror *mirror = self->account != NULL ? handover_account_get_mirror (self->account) : NULL;
  HandoverOutbox *outbox = self->account != NULL ? handover_account_get_outbox (self->account) : NULL;

  g_signal_group_set_target (self->outbox_signals, outbox);
  g_signal_group_set_target (self->company_signals,
                             self->account != NULL ? handover_account_get_signals (self->account) : NULL);
  g_signal_group_set_target (self->agents_signals, mirror != NULL ? handover_mirror_get_agents (mirror) : NULL);
  handover_transcript_view_set_files (self->transcript_view,
                                      self->account != NULL ? handover_account_get_files (self->account) : NULL, outbox);
  handover_composer_set_templates (self->composer, mirror != NULL ? handover_mirror_get_templates (mirror) : NULL);
  update (self);
}

/* A note goes back to the note, a reply to the reply. What one is writing stays in view when something is refused. */
static void
show_returned (HandoverConversationPage *self,
               HandoverDraftKind         kind,
               const char               *reason)
{
  HandoverOutbox *outbox = handover_account_get_outbox (self->account);
  const char *draft = handover_outbox_get_draft (outbox, self->conversation->id, kind);

  if (kind == HANDOVER_DRAFT_NOTE)
    handover_composer_set_note (self->composer, draft);
  else
    handover_composer_set_draft (self->composer, draft);
  handover_conversation_page_update_quote (self);

  if (reason != NULL)
    handover_composer_set_problem (self->composer, reason);
  else
    handover_composer_write (self->composer, kind == HANDOVER_DRAFT_NOTE);
}

static void
show_drafts (HandoverConversationPage *self)
{
  HandoverOutbox *outbox = handover_account_get_outbox (self->account);
  const char *id = self->conversation->id;
  const char *note = handover_outbox_get_draft (outbox, id, HANDOVER_DRAFT_NOTE);
  const char *problem = handover_outbox_get_reason (outbox, id, HANDOVER_DRAFT_REPLY);

  if (problem == NULL)
    problem = handover_outbox_get_reason (outbox, id, HANDOVER_DRAFT_NOTE);

  handover_composer_set_draft (self->composer, handover_outbox_get_draft (outbox, id, HANDOVER_DRAFT_REPLY));
  handover_composer_set_note (self->composer, note);
  handover_composer_show (self->composer, note != NULL);
  handover_composer_set_problem (self->composer, problem);
}

/* Something came back to a conversation that is not the one on screen; what it says there waits until it is opened. */
static void
tell_elsewhere (HandoverConversationPage *self,
                const char               *conversation_id,
                const char               *reason)
{
  HandoverMirror *mirror = handover_account_get_mirror (self->account);
  g_autoptr (HandoverConversation) conversation = handover_mirror_get_conversation (mirror, conversation_id);
  g_autofree char *customer = NULL;
  g_autofree char *text = NULL;

  if (conversation == NULL)
    return;

  customer = handover_wording_customer (conversation->customer);
  /* Translators: the customer, then why a reply to them or a note was not sent */
  text = g_strdup_printf (_("%s: %s"), customer, reason);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.toast", "s", text);
}

static void
returned_cb (HandoverConversationPage *self,
             const char               *conversation_id,
             guint                     kind,
             const char               *text,
             const char               *reason)
{
  if (self->conversation == NULL || g_strcmp0 (self->conversation->id, conversation_id) != 0)
    {
      if (reason != NULL)
        tell_elsewhere (self, conversation_id, reason);
      return;
    }

  show_returned (self, kind, reason);
}

static void
company_changed_cb (HandoverConversationPage *self,
                    const char               *conversation_id)
{
  if (self->conversation != NULL && g_strcmp0 (self->conversation->id, conversation_id) == 0)
    handover_conversation_page_update_company (self);
}

static void
window_active_cb (HandoverConversationPage *self)
{
  handover_conversation_page_tell_viewing (self);
  handover_conversation_page_mark_read (self);
}

static void
load_older_cb (HandoverConversationPage *self)
{
  if (self->transcript != NULL && !handover_transcript_get_loading (self->transcript)
      && !handover_transcript_get_complete (self->transcript))
    handover_transcript_load_older (self->transcript);
}

/* --- Writing --- */

static void
send_reply_cb (HandoverConversationPage *self,
               const char               *text)
{
  g_autofree char *entry = handover_outbox_reply (handover_account_get_outbox (self->account), self->conversation->id,
                                                  text, self->conversation->epoch);

  handover_conversation_page_update_quote (self);
  g_debug ("Reply %s is in the outbox", entry);
}

static void
send_anyway_cb (HandoverConversationPage *self)
{
  handover_stale_guard_see_all (self->guard);
  handover_composer_send_anyway (self->composer);
  handover_composer_write (self->composer, FALSE);
}

static void
keep_editing_cb (HandoverConversationPage *self)
{
  handover_stale_guard_see_all (self->guard);
  handover_composer_write (self->composer, FALSE);
}

static void
send_note_cb (HandoverConversationPage *self,
              const char               *text)
{
  g_autofree char *entry = handover_outbox_note (handover_account_get_outbox (self->account), self->conversation->id,
                                                 text);

  g_debug ("Note %s is in the outbox", entry);
}

static void
draft_changed_cb (HandoverConversationPage *self,
                  gboolean                  note)
{
  g_autofree char *draft = note ? handover_composer_dup_note (self->composer)
                                : handover_composer_dup_draft (self->composer);

  if (self->account == NULL || self->conversation == NULL)
    return;

  handover_outbox_set_draft (handover_account_get_outbox (self->account), self->conversation->id,
                             note ? HANDOVER_DRAFT_NOTE : HANDOVER_DRAFT_REPLY, draft);
  if (!note && *draft != '\0')
    handover_conversation_page_tell_typing (self);
}

/* --- Object --- */

static void
handover_conversation_page_root (GtkWidget *widget)
{
  HandoverConversationPage *self = HANDOVER_CONVERSATION_PAGE (widget);

  GTK_WIDGET_CLASS (handover_conversation_page_parent_class)->root (widget);
  /* No signal group: it would outlive its weak reference when the window goes while it is being shut down. */
  g_signal_connect_object (gtk_widget_get_root (widget), "notify::is-active", G_CALLBACK (window_active_cb), self,
                           G_CONNECT_SWAPPED);
}

static void
handover_conversation_page_unroot (GtkWidget *widget)
{
  g_signal_handlers_disconnect_by_func (gtk_widget_get_root (widget), window_active_cb, widget);
  GTK_WIDGET_CLASS (handover_conversation_page_parent_class)->unroot (widget);
}

static void
handover_conversation_page_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (handover_conversation_page_parent_class)->map (widget);
  handover_conversation_page_mark_read (HANDOVER_CONVERSATION_PAGE (widget));
  handover_conversation_page_tell_viewing (HANDOVER_CONVERSATION_PAGE (widget));
}

static void
handover_conversation_page_unmap (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (handover_conversation_page_parent_class)->unmap (widget);
  handover_conversation_page_update_looking (HANDOVER_CONVERSATION_PAGE (widget));
}

static void
handover_conversation_page_get_property (GObject    *object,
                                         guint       property_id,
                                         GValue     *value,
                                         GParamSpec *pspec)
{
  HandoverConversationPage *self = HANDOVER_CONVERSATION_PAGE (object);

  switch (property_id)
    {
    case PROP_ACCOUNT:
      g_value_set_object (value, self->account);
      break;
    case PROP_CONVERSATION:
      g_value_set_object (value, self->conversation);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
handover_conversation_page_set_property (GObject      *object,
                                         guint         property_id,
                                         const GValue *value,
                                         GParamSpec   *pspec)
{
  HandoverConversationPage *self = HANDOVER_CONVERSATION_PAGE (object);

  switch (property_id)
    {
    case PROP_ACCOUNT:
      handover_conversation_page_set_account (self, g_value_get_object (value));
      break;
    case PROP_CONVERSATION:
      handover_conversation_page_set_conversation (self, g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
handover_conversation_page_dispose (GObject *object)
{
  HandoverConversationPage *self = HANDOVER_CONVERSATION_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->account_signals);
  g_clear_object (&self->outbox_signals);
  g_clear_object (&self->conversation_signals);
  g_clear_object (&self->transcript_signals);
  g_clear_object (&self->agents_signals);
  g_clear_object (&self->company_signals);
  g_clear_object (&self->guard);
  g_clear_handle_id (&self->viewing_source, g_source_remove);
  gtk_widget_dispose_template (GTK_WIDGET (self), HANDOVER_TYPE_CONVERSATION_PAGE);
  g_clear_object (&self->transcript);
  g_clear_object (&self->conversation);
  g_clear_object (&self->account);

  G_OBJECT_CLASS (handover_conversation_page_parent_class)->dispose (object);
}

static void
handover_conversation_page_finalize (GObject *object)
{
  HandoverConversationPage *self = HANDOVER_CONVERSATION_PAGE (object);

  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->read_id, g_free);
  g_clear_pointer (&self->wanted_id, g_free);

  G_OBJECT_CLASS (handover_conversation_page_parent_class)->finalize (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  g_type_ensure (HANDOVER_TYPE_CONTROL_HEAD);
  g_type_ensure (HANDOVER_TYPE_TRANSCRIPT_VIEW);
  g_type_ensure (HANDOVER_TYPE_COMPOSER);
  g_type_ensure (HANDOVER_TYPE_HELD_REPLY);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_BASE "/ui/handover-conversation-page.ui");
  gtk_widget_class_bind_template_child (widget_class, HandoverConversationPage, toasts);
  gtk_widget_class_bind_template_child (widget_class, HandoverConversationPage, title);
  gtk_widget_class_bind_template_child (widget_class, HandoverConversationPage, banner);
  gtk_widget_class_bind_template_child (widget_class, HandoverConversationPage, head);
  gtk_widget_class_bind_template_child (widget_class, HandoverConversationPage, company_revealer);
  gtk_widget_class_bind_template_child (widget_class, HandoverConversationPage, company);
  gtk_widget_class_bind_template_child (widget_class, HandoverConversationPage, transcript_view);
  gtk_widget_class_bind_template_child (widget_class, HandoverConversationPage, composer);
  gtk_widget_class_bind_template_callback (widget_class, handover_menus_name_items);
  gtk_widget_class_bind_template_callback (widget_class, handover_conversation_page_mark_read);
  gtk_widget_class_bind_template_callback (widget_class, load_older_cb);
  gtk_widget_class_bind_template_child (widget_class, HandoverConversationPage, held_reply);
  gtk_widget_class_bind_template_callback (widget_class, handover_conversation_page_hold_reply);
  gtk_widget_class_bind_template_callback (widget_class, send_anyway_cb);
  gtk_widget_class_bind_template_callback (widget_class, keep_editing_cb);
  gtk_widget_class_bind_template_callback (widget_class, send_reply_cb);
  gtk_widget_class_bind_template_callback (widget_class, send_note_cb);
  gtk_widget_class_bind_template_callback (widget_class, draft_changed_cb);
}

static void
handover_conversation_page_class_init (HandoverConversationPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = handover_conversation_page_dispose;
  object_class->finalize = handover_conversation_page_finalize;
  object_class->get_property = handover_conversation_page_get_property;
  object_class->set_property = handover_conversation_page_set_property;
  widget_class->root = handover_conversation_page_root;
  widget_class->unroot = handover_conversation_page_unroot;
  widget_class->map = handover_conversation_page_map;
  widget_class->unmap = handover_conversation_page_unmap;

  properties[PROP_ACCOUNT] = g_param_spec_object ("account", NULL, NULL, HANDOVER_TYPE_ACCOUNT,
                                                  G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY
                                                    | G_PARAM_STATIC_STRINGS);
  properties[PROP_CONVERSATION] = g_param_spec_object ("conversation", NULL, NULL, HANDOVER_TYPE_CONVERSATION,
                                                       G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY
                                                         | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  handover_conversation_page_install_commands (widget_class);
  handover_conversation_page_install_files (widget_class);
  handover_conversation_page_install_quotes (widget_class);
  bind_template (widget_class);
}

static GSignalGroup *
new_group (HandoverConversationPage *self,
           GType                     type,
           const char               *signal,
           GCallback                 callback)
{
  GSignalGroup *group = g_signal_group_new (type);

  g_signal_group_connect_swapped (group, signal, callback, self);

  return group;
}

static void
handover_conversation_page_init (HandoverConversationPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  handover_conversation_page_accept_files (self);

  self->guard = handover_stale_guard_new ();
  self->cancellable = g_cancellable_new ();
  self->account_signals = new_group (self, HANDOVER_TYPE_ACCOUNT, "notify", G_CALLBACK (take_account_parts));
  self->outbox_signals = new_group (self, HANDOVER_TYPE_OUTBOX, "returned", G_CALLBACK (returned_cb));
  self->conversation_signals = new_group (self, HANDOVER_TYPE_CONVERSATION, "notify", G_CALLBACK (update));
  self->transcript_signals = new_group (self, HANDOVER_TYPE_TRANSCRIPT, "notify", G_CALLBACK (update_transcript));
  g_signal_group_connect_swapped (self->transcript_signals, "items-changed",
                                  G_CALLBACK (handover_conversation_page_mark_read), self);
  self->agents_signals = new_group (self, G_TYPE_LIST_MODEL, "items-changed", G_CALLBACK (update));
  self->company_signals = new_group (self, HANDOVER_TYPE_SIGNALS, "changed", G_CALLBACK (company_changed_cb));
  handover_conversation_page_update_commands (self);
}

/**
 * handover_conversation_page_get_operator_id:
 * @self: a page
 *
 * Gets who reads.
 *
 * Returns: (nullable): the operator's id
 */
const char *
handover_conversation_page_get_operator_id (HandoverConversationPage *self)
{
  HandoverOperator *operator = self->account != NULL ? handover_account_get_operator (self->account) : NULL;

  return operator != NULL ? operator->id : NULL;
}

/**
 * handover_conversation_page_has_agent:
 * @self: a page that shows a conversation
 *
 * Says whether an AI could go on.
 *
 * Returns: %TRUE if the conversation's agent is enabled
 */
gboolean
handover_conversation_page_has_agent (HandoverConversationPage *self)
{
  GListModel *agents = handover_mirror_get_agents (handover_account_get_mirror (self->account));

  for (guint i = 0; i < g_list_model_get_n_items (agents); i++)
    {
      g_autoptr (HandoverAgent) agent = g_list_model_get_item (agents, i);

      if (agent->enabled && g_strcmp0 (agent->id, self->conversation->agent_id) == 0)
        return TRUE;
    }

  return FALSE;
}

/**
 * handover_conversation_page_mark_read:
 * @self: a page
 *
 * Marks the newest message as read if somebody can be looking at it.
 */
void
handover_conversation_page_mark_read (HandoverConversationPage *self)
{
  g_autoptr (HandoverMessage) newest = NULL;
  guint n_items;

  handover_conversation_page_update_looking (self);
  if (self->account == NULL || self->transcript == NULL || self->conversation == NULL
      || self->conversation->unread_count == 0 || !handover_conversation_page_is_looked_at (self)
      || !handover_transcript_view_get_at_end (self->transcript_view))
    return;

  n_items = g_list_model_get_n_items (G_LIST_MODEL (self->transcript));
  for (guint i = n_items; i > 0 && newest == NULL; i--)
    {
      g_autoptr (HandoverMessage) message = g_list_model_get_item (G_LIST_MODEL (self->transcript), i - 1);

      if (!handover_transcript_is_unsent (message))
        newest = g_steal_pointer (&message);
    }

  if (newest != NULL && g_set_str (&self->read_id, newest->id))
    handover_outbox_mark_read (handover_account_get_outbox (self->account), self->conversation->id, newest->id);
}

/**
 * handover_conversation_page_set_account:
 * @self: a page
 * @account: (nullable): who is signed in
 *
 * Says whose page it is.
 */
void
handover_conversation_page_set_account (HandoverConversationPage *self,
                                        HandoverAccount          *account)
{
  g_return_if_fail (HANDOVER_IS_CONVERSATION_PAGE (self));

  if (self->account == account)
    return;

  handover_conversation_page_set_conversation (self, NULL);
  g_set_object (&self->account, account);
  g_signal_group_set_target (self->account_signals, account);
  take_account_parts (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ACCOUNT]);
}

/**
 * handover_conversation_page_get_conversation:
 * @self: a page
 *
 * Gets what is open.
 *
 * Returns: (transfer none) (nullable): the conversation
 */
HandoverConversation *
handover_conversation_page_get_conversation (HandoverConversationPage *self)
{
  g_return_val_if_fail (HANDOVER_IS_CONVERSATION_PAGE (self), NULL);

  return self->conversation;
}

/**
 * handover_conversation_page_set_conversation:
 * @self: a page
 * @conversation: (nullable): what to open, with an account set
 *
 * Opens a conversation at its newest message, with what was being written there.
 */
void
handover_conversation_page_set_conversation (HandoverConversationPage *self,
                                             HandoverConversation     *conversation)
{
  g_autoptr (HandoverTranscript) transcript = NULL;

  g_return_if_fail (HANDOVER_IS_CONVERSATION_PAGE (self));
  g_return_if_fail (conversation == NULL || self->account != NULL);

  if (self->conversation == conversation)
    return;

  if (conversation != NULL)
    transcript = handover_mirror_get_transcript (handover_account_get_mirror (self->account), conversation->id);

  g_set_object (&self->conversation, conversation);
  g_set_object (&self->transcript, transcript);
  g_clear_pointer (&self->read_id, g_free);
  g_clear_pointer (&self->wanted_id, g_free);
  g_signal_group_set_target (self->conversation_signals, conversation);
  g_signal_group_set_target (self->transcript_signals, transcript);

  handover_transcript_view_set_model (self->transcript_view, G_LIST_MODEL (transcript));
  handover_stale_guard_set_model (self->guard, G_LIST_MODEL (transcript),
                                  handover_conversation_page_get_operator_id (self));
  handover_held_reply_hide (self->held_reply);
  handover_composer_set_problem (self->composer, NULL);
  handover_conversation_page_show_files (self);
  if (conversation != NULL)
    show_drafts (self);
  update_transcript (self);
  update (self);
  handover_conversation_page_update_company (self);
  handover_conversation_page_tell_viewing (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CONVERSATION]);
}
