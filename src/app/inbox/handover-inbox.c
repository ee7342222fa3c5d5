/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "config.h"

#include "app/inbox/handover-inbox.h"

#include <glib/gi18n.h>

#include "app/handover-announce.h"
#include "app/handover-menus.h"
#include "app/handover-wording.h"
#include "app/inbox/handover-connection-bar.h"
#include "app/inbox/handover-conversation-filter.h"
#include "app/inbox/handover-conversation-list.h"
#include "app/inbox/handover-notices.h"
#include "app/inbox/handover-view-switcher.h"
#include "app/inbox/handover-welcome-page.h"
#include "client/handover-local-service.h"
#include "client/store/handover-mirror.h"
#include "core/handover-time.h"

struct _HandoverInbox
{
  AdwBin                    parent_instance;

  HandoverAccount          *account;
  HandoverMirror           *mirror;
  HandoverView              view;
  GListModel               *waiting;
  GListModel               *mine;
  GListModel               *all;
  GListModel               *agents;

  GMenu                    *primary_menu;
  GMenu                    *account_section;
  HandoverNotices          *notices;
  GtkSearchBar             *search_bar;
  GtkSearchEntry           *search_entry;
  HandoverViewSwitcher     *views;
  GtkStack                 *pages;
  GtkWidget                *nobody;
  HandoverConversationList *list;
  AdwStatusPage            *empty;
  HandoverWelcomePage      *welcome;
  HandoverConnectionBar    *connection_bar;
};

G_DEFINE_FINAL_TYPE (HandoverInbox, handover_inbox, ADW_TYPE_BIN)

typedef enum
{
  PROP_VIEW = 1,
  PROP_SELECTED,
} HandoverInboxProperty;

static GParamSpec *properties[PROP_SELECTED + 1];

enum
{
  SIGNAL_ACTIVATED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static const char *
get_search (HandoverInbox *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->search_entry));

  return gtk_search_bar_get_search_mode (self->search_bar) && *text != '\0' ? text : NULL;
}

static void
describe_nobody_waiting (HandoverInbox *self)
{
  gint64 last = self->mirror != NULL ? handover_mirror_get_last_escalation (self->mirror) : 0;
  g_autofree char *moment = NULL;
  g_autofree char *text = NULL;

  adw_status_page_set_title (self->empty, _("Nobody is waiting"));
  adw_status_page_set_icon_name (self->empty, "handover-waiting-symbolic");
  if (last == 0)
    {
      adw_status_page_set_description (self->empty, _("No customer has needed a person yet."));
      return;
    }

  moment = handover_wording_moment (last, handover_time_now ());
  /* Translators: %s is a time, a weekday or a date */
  text = g_strdup_printf (_("Last escalation: %s"), moment);
  adw_status_page_set_description (self->empty, text);
}

static void
describe_empty (HandoverInbox *self)
{
  const char *titles[HANDOVER_N_VIEWS] = {
    [HANDOVER_VIEW_MINE] = _("You are answering nobody"),
    [HANDOVER_VIEW_TEAM] = _("Your colleagues are answering nobody"),
    [HANDOVER_VIEW_AGENT] = _("The AI is answering nobody"),
    [HANDOVER_VIEW_CLOSED] = _("Nothing is closed yet"),
    [HANDOVER_VIEW_ALL] = _("No conversations yet"),
  };

  if (get_search (self) != NULL)
    {
      adw_status_page_set_icon_name (self->empty, "system-search-symbolic");
      adw_status_page_set_title (self->empty, _("Nothing found"));
      adw_status_page_set_description (self->empty, _("Try another name, message or order number."));
    }
  else if (self->view == HANDOVER_VIEW_WAITING)
    {
      describe_nobody_waiting (self);
    }
  else
    {
      adw_status_page_set_icon_name (self->empty, "chat-message-new-symbolic");
      adw_status_page_set_title (self->empty, titles[self->view]);
      adw_status_page_set_description (self->empty, self->view == HANDOVER_VIEW_MINE
                                                      ? _("What you take over appears here.")
                                                      : NULL);
    }
}

/* Nothing was ever loaded, so there is nothing else to show; the bar below tries again. */
static void
describe_unreachable (HandoverInbox *self)
{
  adw_status_page_set_icon_name (self->empty, "network-offline-symbolic");
  adw_status_page_set_title (self->empty, _("The service cannot be reached"));
  adw_status_page_set_description (self->empty, _("Conversations appear as soon as there is a connection."));
}

static guint
count_items (GListModel *model)
{
  return model != NULL ? g_list_model_get_n_items (model) : 0;
}

static guint
count_shown (HandoverInbox *self)
{
  guint n_items;

  g_object_get (self->list, "n-items", &n_items, NULL);

  return n_items;
}

static gboolean
has_no_agent (HandoverInbox *self)
{
  return self->agents != NULL && g_list_model_get_n_items (self->agents) == 0;
}

static void
update_page (HandoverInbox *self)
{
  gboolean nothing = count_items (self->all) == 0;
  HandoverConnection connection = self->account != NULL ? handover_account_get_connection (self->account)
                                                        : HANDOVER_CONNECTION_CONNECTED;

  handover_view_switcher_set_counts (self->views, count_items (self->waiting), count_items (self->mine));
  /* Above the own conversations, where the waiting ones would be. */
  gtk_widget_set_visible (self->nobody, self->view == HANDOVER_VIEW_WAITING && get_search (self) == NULL &&
                          count_items (self->waiting) == 0);

  if (count_shown (self) > 0)
    {
      gtk_stack_set_visible_child_name (self->pages, "list");
    }
  else if (nothing && connection == HANDOVER_CONNECTION_CONNECTING)
    {
      gtk_stack_set_visible_child_name (self->pages, "loading");
    }
  else if (nothing && connection == HANDOVER_CONNECTION_OFFLINE)
    {
      describe_unreachable (self);
      gtk_stack_set_visible_child_name (self->pages, "empty");
    }
  else if (nothing && has_no_agent (self))
    {
      gtk_stack_set_visible_child_name (self->pages, "welcome");
    }
  else
    {
      describe_empty (self);
      gtk_stack_set_visible_child_name (self->pages, "empty");
    }
}

static void
update_sections (HandoverInbox *self)
{
  const char *search = get_search (self);
  g_autoptr (GListModel) found = NULL;
  HandoverView below;

  if (self->mirror == NULL)
    {
      handover_conversation_list_set_sections (self->list, NULL, NULL, NULL);
      return;
    }

  if (search != NULL)
    {
      found = handover_conversation_filter_new (self->all, search);
      handover_conversation_list_set_sections (self->list, found, NULL, NULL);
      return;
    }

  switch (self->view)
    {
    case HANDOVER_VIEW_WAITING:
    case HANDOVER_VIEW_MINE:
      below = self->view == HANDOVER_VIEW_WAITING ? HANDOVER_VIEW_MINE : HANDOVER_VIEW_WAITING;
      handover_conversation_list_set_sections (self->list,
                                               handover_mirror_get_conversations (self->mirror, self->view),
                                               handover_mirror_get_conversations (self->mirror, below),
                                               handover_view_switcher_get_title (below));
      break;
    case HANDOVER_VIEW_TEAM:
    case HANDOVER_VIEW_AGENT:
    case HANDOVER_VIEW_CLOSED:
    case HANDOVER_VIEW_ALL:
    case HANDOVER_N_VIEWS:
    default:
      handover_conversation_list_set_sections (self->list,
                                               handover_mirror_get_conversations (self->mirror, self->view),
                                               NULL, NULL);
    }
}

static void
view_chosen_cb (HandoverInbox *self)
{
  handover_inbox_set_view (self, handover_view_to_nick (handover_view_switcher_get_view (self->views)));
}

static void
search_changed_cb (HandoverInbox *self)
{
  update_sections (self);
  update_page (self);
}

static void
activated_cb (HandoverInbox *self)
{
  g_signal_emit (self, signals[SIGNAL_ACTIVATED], 0);
}

static void
search_activated_cb (HandoverInbox *self)
{
  if (count_shown (self) == 0)
    return;

  handover_conversation_list_set_selected (self->list, NULL);
  handover_conversation_list_move (self->list, 1);
  activated_cb (self);
}

static void
selected_changed_cb (HandoverInbox *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SELECTED]);
}

/* The service on this computer may come back at another address. */
static void
address_changed_cb (HandoverInbox *self)
{
  g_autofree char *address = handover_account_dup_address (self->account);

  handover_welcome_page_set_service (self->welcome, address);
}

/* Above the account's entries in the menu. */
static void
update_menu (HandoverInbox *self)
{
  HandoverOperator *operator = self->account != NULL ? handover_account_get_operator (self->account) : NULL;
  HandoverBusiness *business = self->account != NULL ? handover_account_get_business (self->account) : NULL;
  g_autoptr (GMenuItem) item = NULL;
  g_autofree char *person = NULL;
  g_autofree char *shop = NULL;
  g_autofree char *title = NULL;

  if (operator == NULL || business == NULL)
    return;

  person = handover_wording_embed (operator->name);
  shop = handover_wording_embed (business->name);

  /* Translators: the operator's and the business's name, above the account's menu */
  title = g_strdup_printf (_("%s · %s"), person, shop);
  item = g_menu_item_new_section (title, G_MENU_MODEL (self->account_section));
  g_menu_remove (self->primary_menu, 0);
  g_menu_insert_item (self->primary_menu, 0, item);
}

/* For who cannot see the list, and whether or not it is in sight. */
static void
escalation_opened_cb (HandoverInbox        *self,
                      HandoverEscalation   *escalation,
                      HandoverConversation *conversation)
{
  g_autofree char *name = NULL;
  g_autofree char *customer = NULL;
  g_autofree char *text = NULL;

  /* Catching up after a break, it may have been taken already. */
  if (conversation->control != HANDOVER_CONTROL_WAITING)
    return;

  name = handover_wording_customer (conversation->customer);
  customer = handover_wording_embed (name);
  /* Translators: for a screen reader; %s is the name of a customer */
  text = g_strdup_printf (_("%s needs a person"), customer);
  handover_announce (GTK_WIDGET (self), text, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_HIGH);
}

static GListModel *
get_view_model (HandoverMirror *mirror,
                HandoverView    view)
{
  return mirror != NULL ? handover_mirror_get_conversations (mirror, view) : NULL;
}

static void
watch (HandoverInbox *self,
       GListModel   **place,
       GListModel    *model)
{
  if (*place != NULL)
    g_signal_handlers_disconnect_by_func (*place, update_page, self);
  g_set_object (place, model);
  if (model != NULL)
    g_signal_connect_object (model, "items-changed", G_CALLBACK (update_page), self, G_CONNECT_SWAPPED);
}

static void
handover_inbox_get_property (GObject    *object,
                             guint       property_id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  HandoverInbox *self = HANDOVER_INBOX (object);

  switch ((HandoverInboxProperty) property_id)
    {
    case PROP_VIEW:
      g_value_set_string (value, handover_inbox_get_view (self));
      break;
    case PROP_SELECTED:
      g_value_set_object (value, handover_inbox_get_selected (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
handover_inbox_set_property (GObject      *object,
                             guint         property_id,
                             const GValue *value,
                             GParamSpec   *pspec)
{
  HandoverInbox *self = HANDOVER_INBOX (object);

  switch ((HandoverInboxProperty) property_id)
    {
    case PROP_VIEW:
      handover_inbox_set_view (self, g_value_get_string (value));
      break;
    case PROP_SELECTED:
      handover_inbox_set_selected (self, g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
handover_inbox_dispose (GObject *object)
{
  HandoverInbox *self = HANDOVER_INBOX (object);

  handover_inbox_set_account (self, NULL);
  handover_inbox_set_mirror (self, NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), HANDOVER_TYPE_INBOX);

  G_OBJECT_CLASS (handover_inbox_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_BASE "/ui/handover-inbox.ui");
  gtk_widget_class_bind_template_child (widget_class, HandoverInbox, primary_menu);
  gtk_widget_class_bind_template_child (widget_class, HandoverInbox, account_section);
  gtk_widget_class_bind_template_child (widget_class, HandoverInbox, notices);
  gtk_widget_class_bind_template_child (widget_class, HandoverInbox, search_bar);
  gtk_widget_class_bind_template_child (widget_class, HandoverInbox, search_entry);
  gtk_widget_class_bind_template_child (widget_class, HandoverInbox, views);
  gtk_widget_class_bind_template_child (widget_class, HandoverInbox, nobody);
  gtk_widget_class_bind_template_child (widget_class, HandoverInbox, pages);
  gtk_widget_class_bind_template_child (widget_class, HandoverInbox, list);
  gtk_widget_class_bind_template_child (widget_class, HandoverInbox, empty);
  gtk_widget_class_bind_template_child (widget_class, HandoverInbox, welcome);
  gtk_widget_class_bind_template_child (widget_class, HandoverInbox, connection_bar);
  gtk_widget_class_bind_template_callback (widget_class, handover_menus_name_items);
  gtk_widget_class_bind_template_callback (widget_class, view_chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, selected_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, update_page);
}

static void
handover_inbox_class_init (HandoverInboxClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = handover_inbox_get_property;
  object_class->set_property = handover_inbox_set_property;
  object_class->dispose = handover_inbox_dispose;

  /**
   * HandoverInbox:view:
   *
   * The view that is shown, by its nick.
   */
  properties[PROP_VIEW] =
    g_param_spec_string ("view", NULL, NULL, "waiting",
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);

  /**
   * HandoverInbox:selected:
   *
   * The conversation that is open, whether or not the view holds it.
   */
  properties[PROP_SELECTED] =
    g_param_spec_object ("selected", NULL, NULL, HANDOVER_TYPE_CONVERSATION,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  /**
   * HandoverInbox::activated:
   *
   * The selected conversation should be brought into sight.
   */
  signals[SIGNAL_ACTIVATED] = g_signal_new ("activated", HANDOVER_TYPE_INBOX, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                            G_TYPE_NONE, 0);

  gtk_widget_class_install_property_action (widget_class, "inbox.view", "view");
  bind_template (widget_class);
}

static void
handover_inbox_init (HandoverInbox *self)
{
  g_type_ensure (HANDOVER_TYPE_CONVERSATION_LIST);
  g_type_ensure (HANDOVER_TYPE_VIEW_SWITCHER);
  g_type_ensure (HANDOVER_TYPE_WELCOME_PAGE);
  g_type_ensure (HANDOVER_TYPE_NOTICES);
  g_type_ensure (HANDOVER_TYPE_CONNECTION_BAR);

  self->view = HANDOVER_VIEW_WAITING;

  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_search_bar_connect_entry (self->search_bar, GTK_EDITABLE (self->search_entry));
  update_page (self);
}

/**
 * handover_inbox_set_account:
 * @self: an inbox
 * @account: (nullable): the account whose conversations to show
 *
 * Shows another account.
 */
void
handover_inbox_set_account (HandoverInbox   *self,
                            HandoverAccount *account)
{
  g_return_if_fail (HANDOVER_IS_INBOX (self));

  if (self->account == account)
    return;

  if (self->account != NULL)
    {
      g_signal_handlers_disconnect_by_func (self->account, address_changed_cb, self);
      g_signal_handlers_disconnect_by_func (self->account, update_page, self);
      g_signal_handlers_disconnect_by_func (handover_account_get_operator (self->account), update_menu, self);
      g_signal_handlers_disconnect_by_func (handover_account_get_business (self->account), update_menu, self);
    }

  g_set_object (&self->account, account);
  handover_connection_bar_set_account (self->connection_bar, account);
  handover_notices_set_service (self->notices, account != NULL && handover_account_is_local (account)
                                                 ? handover_local_service_get_default ()
                                                 : NULL);
  handover_inbox_set_mirror (self, account != NULL ? handover_account_get_mirror (account) : NULL);
  if (account == NULL)
    return;

  address_changed_cb (self);
  g_signal_connect_object (account, "notify::connection", G_CALLBACK (address_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (account, "notify::connection", G_CALLBACK (update_page), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (handover_account_get_operator (account), "notify::name", G_CALLBACK (update_menu), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (handover_account_get_business (account), "notify::name", G_CALLBACK (update_menu), self,
                           G_CONNECT_SWAPPED);
  update_menu (self);
}

/**
 * handover_inbox_set_mirror:
 * @self: an inbox
 * @mirror: (nullable): where the conversations come from
 *
 * Shows the conversations of a mirror; the account's own is set with the account.
 */
void
handover_inbox_set_mirror (HandoverInbox  *self,
                           HandoverMirror *mirror)
{
  g_return_if_fail (HANDOVER_IS_INBOX (self));

  if (self->mirror == mirror)
    return;

  if (self->mirror != NULL)
    g_signal_handlers_disconnect_by_func (self->mirror, escalation_opened_cb, self);
  g_set_object (&self->mirror, mirror);
  if (mirror != NULL)
    g_signal_connect_object (mirror, "escalation-opened", G_CALLBACK (escalation_opened_cb), self, G_CONNECT_SWAPPED);

  handover_conversation_list_set_selected (self->list, NULL);
  handover_conversation_list_set_operator_id (self->list,
                                              mirror != NULL ? handover_mirror_get_operator_id (mirror) : NULL);
  /* Each list is read once asked for; asking now spares the eye an empty page at the first change of view. */
  for (HandoverView view = HANDOVER_VIEW_WAITING; view < HANDOVER_N_VIEWS; view++)
    get_view_model (mirror, view);
  watch (self, &self->waiting, get_view_model (mirror, HANDOVER_VIEW_WAITING));
  watch (self, &self->mine, get_view_model (mirror, HANDOVER_VIEW_MINE));
  watch (self, &self->all, get_view_model (mirror, HANDOVER_VIEW_ALL));
  watch (self, &self->agents, mirror != NULL ? handover_mirror_get_agents (mirror) : NULL);
  update_sections (self);
}

/**
 * handover_inbox_get_view:
 * @self: an inbox
 *
 * Gets the view that is shown.
 *
 * Returns: its nick
 */
const char *
handover_inbox_get_view (HandoverInbox *self)
{
  g_return_val_if_fail (HANDOVER_IS_INBOX (self), NULL);

  return handover_view_to_nick (self->view);
}

/**
 * handover_inbox_set_view:
 * @self: an inbox
 * @view: the nick of a view
 *
 * Shows another view and ends a search.
 */
void
handover_inbox_set_view (HandoverInbox *self,
                         const char    *view)
{
  HandoverView next;

  g_return_if_fail (HANDOVER_IS_INBOX (self));

  if (!handover_view_from_nick (view, &next) || next == self->view)
    return;

  self->view = next;
  handover_view_switcher_set_view (self->views, next);
  gtk_search_bar_set_search_mode (self->search_bar, FALSE);
  update_sections (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_VIEW]);
}

/**
 * handover_inbox_get_selected:
 * @self: an inbox
 *
 * Gets the conversation that is open.
 *
 * Returns: (transfer none) (nullable): the conversation
 */
HandoverConversation *
handover_inbox_get_selected (HandoverInbox *self)
{
  g_return_val_if_fail (HANDOVER_IS_INBOX (self), NULL);

  return handover_conversation_list_get_selected (self->list);
}

/**
 * handover_inbox_set_selected:
 * @self: an inbox
 * @conversation: (nullable): the conversation that is open
 *
 * Marks the conversation that is open.
 */
void
handover_inbox_set_selected (HandoverInbox        *self,
                             HandoverConversation *conversation)
{
  g_return_if_fail (HANDOVER_IS_INBOX (self));

  handover_conversation_list_set_selected (self->list, conversation);
}

/**
 * handover_inbox_move:
 * @self: an inbox
 * @step: 1 for the next conversation, -1 for the previous one
 *
 * Opens a neighbour of the open conversation.
 */
void
handover_inbox_move (HandoverInbox *self,
                     int            step)
{
  g_return_if_fail (HANDOVER_IS_INBOX (self));

  handover_conversation_list_move (self->list, step);
}

/**
 * handover_inbox_start_search:
 * @self: an inbox
 *
 * Opens the search, ready to be typed into.
 */
void
handover_inbox_start_search (HandoverInbox *self)
{
  g_return_if_fail (HANDOVER_IS_INBOX (self));

  gtk_search_bar_set_search_mode (self->search_bar, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->search_entry));
}

/**
 * handover_inbox_set_notifications_refused:
 * @self: an inbox
 * @refused: whether the desktop shows no notifications of this app
 *
 * Warns that no alert would reach the operator.
 */
void
handover_inbox_set_notifications_refused (HandoverInbox *self,
                                          gboolean       refused)
{
  g_return_if_fail (HANDOVER_IS_INBOX (self));

  handover_notices_set_notifications_refused (self->notices, refused);
}

/**
 * handover_inbox_set_background_refused:
 * @self: an inbox
 * @refused: whether the desktop does not let this app run in the background
 *
 * Warns that no alert reaches the operator while the window is closed.
 */
void
handover_inbox_set_background_refused (HandoverInbox *self,
                                       gboolean       refused)
{
  g_return_if_fail (HANDOVER_IS_INBOX (self));

  handover_notices_set_background_refused (self->notices, refused);
}
