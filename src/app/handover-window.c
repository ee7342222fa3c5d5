/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#define G_LOG_DOMAIN "handover-window"

#include "config.h"

#include "app/handover-window-private.h"

#include <glib/gi18n.h>

#include "app/handover-help.h"
#include "app/handover-wording.h"
#include "client/store/handover-mirror.h"

G_DEFINE_FINAL_TYPE (HandoverWindow, handover_window, ADW_TYPE_APPLICATION_WINDOW)

typedef enum
{
  PROP_ACCOUNT = 1,
  PROP_CONVERSATION,
  PROP_VIEW,
  PROP_SHOW_DETAILS,
  PROP_IN_FRONT,
} HandoverWindowProperty;

static GParamSpec *properties[PROP_IN_FRONT + 1];

enum
{
  SIGNAL_OPENED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
opened_cb (HandoverWindow  *self,
           HandoverAccount *account)
{
  g_signal_emit (self, signals[SIGNAL_OPENED], 0, account);
}

static void
selected_cb (HandoverWindow *self)
{
  handover_window_set_conversation (self, handover_inbox_get_selected (self->inbox));
}

static void
activated_cb (HandoverWindow *self)
{
  adw_navigation_split_view_set_show_content (self->split, TRUE);
}

static const char *
get_in_front (HandoverWindow *self)
{
  if (self->conversation == NULL || !gtk_window_is_active (GTK_WINDOW (self)))
    return NULL;

  if (adw_navigation_split_view_get_collapsed (self->split) && !adw_navigation_split_view_get_show_content (self->split))
    return NULL;

  return self->conversation->id;
}

static void
in_front_changed_cb (HandoverWindow *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_IN_FRONT]);
}

static void
view_changed_cb (HandoverWindow *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_VIEW]);
}

static void
details_shown_cb (HandoverWindow *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SHOW_DETAILS]);

  /* While folded they are an overlay that comes and goes; only the wide window's choice is worth keeping. */
  if (!adw_overlay_split_view_get_collapsed (self->details))
    g_settings_set_boolean (self->settings, "details-shown", adw_overlay_split_view_get_show_sidebar (self->details));
}

static void
conversation_changed_cb (HandoverWindow *self)
{
  g_autofree char *name = NULL;

  if (self->conversation != NULL)
    name = handover_wording_customer (self->conversation->customer);
  adw_navigation_page_set_title (self->conversation_navigation, name != NULL ? name : _("Conversation"));
  handover_window_update_actions (self);
}

static void
handover_window_get_property (GObject    *object,
                              guint       property_id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  HandoverWindow *self = HANDOVER_WINDOW (object);

  switch ((HandoverWindowProperty) property_id)
    {
    case PROP_ACCOUNT:
      g_value_set_object (value, self->account);
      break;
    case PROP_CONVERSATION:
      g_value_set_object (value, self->conversation);
      break;
    case PROP_VIEW:
      /* Buttons ask for the state of their actions while the template is still being built. */
      g_value_set_string (value, self->inbox != NULL ? handover_inbox_get_view (self->inbox) : NULL);
      break;
    case PROP_SHOW_DETAILS:
      g_value_set_boolean (value, self->details != NULL && adw_overlay_split_view_get_show_sidebar (self->details));
      break;
    case PROP_IN_FRONT:
      g_value_set_string (value, get_in_front (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
handover_window_set_property (GObject      *object,
                              guint         property_id,
                              const GValue *value,
                              GParamSpec   *pspec)
{
  HandoverWindow *self = HANDOVER_WINDOW (object);

  switch ((HandoverWindowProperty) property_id)
    {
    case PROP_ACCOUNT:
      handover_window_set_account (self, g_value_get_object (value));
      break;
    case PROP_CONVERSATION:
      handover_window_set_conversation (self, g_value_get_object (value));
      break;
    case PROP_VIEW:
      handover_inbox_set_view (self->inbox, g_value_get_string (value));
      adw_navigation_split_view_set_show_content (self->split, FALSE);
      break;
    case PROP_SHOW_DETAILS:
      adw_overlay_split_view_set_show_sidebar (self->details, g_value_get_boolean (value));
      break;
    case PROP_IN_FRONT:
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

/* GTK lets go of a focus that was removed when it draws the next frame. A window that was hidden before that, as by the
 * end of its dialog, comes back with the keys going to what is no longer there; without any it looks for one. */
static void
handover_window_map (GtkWidget *widget)
{
  GtkWindow *self = GTK_WINDOW (widget);
  GtkWidget *focus = gtk_window_get_focus (self);

  if (focus != NULL && gtk_widget_get_root (focus) != GTK_ROOT (self))
    gtk_window_set_focus (self, NULL);
  GTK_WIDGET_CLASS (handover_window_parent_class)->map (widget);
}

static void
handover_window_dispose (GObject *object)
{
  HandoverWindow *self = HANDOVER_WINDOW (object);

  if (self->conversation != NULL)
    g_signal_handlers_disconnect_by_data (self->conversation, self);
  g_clear_object (&self->conversation);
  g_clear_object (&self->account);
  gtk_widget_dispose_template (GTK_WIDGET (self), HANDOVER_TYPE_WINDOW);
  g_clear_object (&self->settings);

  G_OBJECT_CLASS (handover_window_parent_class)->dispose (object);
}

static void
install_properties (GObjectClass *object_class)
{
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  /**
   * HandoverWindow:account:
   *
   * Who is signed in; without one, the sign-in page is shown.
   */
  properties[PROP_ACCOUNT] = g_param_spec_object ("account", NULL, NULL, HANDOVER_TYPE_ACCOUNT, flags);

  /**
   * HandoverWindow:conversation:
   *
   * The conversation that is open.
   */
  properties[PROP_CONVERSATION] =
    g_param_spec_object ("conversation", NULL, NULL, HANDOVER_TYPE_CONVERSATION, flags);

  /**
   * HandoverWindow:view:
   *
   * Which conversations the inbox shows.
   */
  properties[PROP_VIEW] = g_param_spec_string ("view", NULL, NULL, "waiting", flags);

  /**
   * HandoverWindow:show-details:
   *
   * Whether the details are in sight.
   */
  properties[PROP_SHOW_DETAILS] = g_param_spec_boolean ("show-details", NULL, NULL, TRUE, flags);

  /**
   * HandoverWindow:in-front:
   *
   * The id of the conversation that the operator has in front of the eyes, who then needs no notification of it.
   */
  properties[PROP_IN_FRONT] =
    g_param_spec_string ("in-front", NULL, NULL, NULL,
                         G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_BASE "/ui/handover-window.ui");
  gtk_widget_class_bind_template_child (widget_class, HandoverWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, HandoverWindow, pages);
  gtk_widget_class_bind_template_child (widget_class, HandoverWindow, sign_in_page);
  gtk_widget_class_bind_template_child (widget_class, HandoverWindow, split);
  gtk_widget_class_bind_template_child (widget_class, HandoverWindow, inbox);
  gtk_widget_class_bind_template_child (widget_class, HandoverWindow, conversation_navigation);
  gtk_widget_class_bind_template_child (widget_class, HandoverWindow, conversation_pages);
  gtk_widget_class_bind_template_child (widget_class, HandoverWindow, details);
  gtk_widget_class_bind_template_child (widget_class, HandoverWindow, conversation_page);
  gtk_widget_class_bind_template_child (widget_class, HandoverWindow, details_page);
  gtk_widget_class_bind_template_callback (widget_class, opened_cb);
  gtk_widget_class_bind_template_callback (widget_class, selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, in_front_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, view_changed_cb);
}

static void
handover_window_class_init (HandoverWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = handover_window_get_property;
  object_class->set_property = handover_window_set_property;
  object_class->dispose = handover_window_dispose;
  widget_class->map = handover_window_map;
  install_properties (object_class);

  /**
   * HandoverWindow::opened:
   * @account: the account that is now signed in
   *
   * Somebody has signed in on the window's page.
   */
  signals[SIGNAL_OPENED] = g_signal_new ("opened", HANDOVER_TYPE_WINDOW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 1, HANDOVER_TYPE_ACCOUNT);

  bind_template (widget_class);
  handover_window_install_actions (widget_class);
}

static void
handover_window_init (HandoverWindow *self)
{
  g_type_ensure (HANDOVER_TYPE_SIGN_IN_PAGE);
  g_type_ensure (HANDOVER_TYPE_INBOX);
  g_type_ensure (HANDOVER_TYPE_CONVERSATION_PAGE);
  g_type_ensure (HANDOVER_TYPE_DETAILS_PAGE);

  self->settings = g_settings_new ("dev.handover.Handover");
  gtk_widget_init_template (GTK_WIDGET (self));
  handover_help_follow_dialogs (ADW_APPLICATION_WINDOW (self));

  adw_overlay_split_view_set_show_sidebar (self->details, g_settings_get_boolean (self->settings, "details-shown"));
  g_signal_connect_object (self->details, "notify::show-sidebar", G_CALLBACK (details_shown_cb), self,
                           G_CONNECT_SWAPPED);
  g_settings_bind (self->settings, "window-width", self, "default-width", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (self->settings, "window-height", self, "default-height", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (self->settings, "window-maximized", self, "maximized", G_SETTINGS_BIND_DEFAULT);
  handover_window_update_actions (self);
}

/**
 * handover_window_new:
 * @application: the application
 *
 * Makes the one window.
 *
 * Returns: (transfer none): the window, owned by GTK
 */
HandoverWindow *
handover_window_new (HandoverApplication *application)
{
  return g_object_new (HANDOVER_TYPE_WINDOW, "application", application, NULL);
}

/**
 * handover_window_get_account:
 * @self: a window
 *
 * Gets who is signed in.
 *
 * Returns: (transfer none) (nullable): the account
 */
HandoverAccount *
handover_window_get_account (HandoverWindow *self)
{
  g_return_val_if_fail (HANDOVER_IS_WINDOW (self), NULL);

  return self->account;
}

/* What was open over one account's desk is of no use over another's, or over the sign-in page. */
static void
close_dialogs (HandoverWindow *self)
{
  g_autoptr (GListModel) dialogs = adw_application_window_get_dialogs (ADW_APPLICATION_WINDOW (self));

  for (guint i = g_list_model_get_n_items (dialogs); i > 0; i--)
    {
      g_autoptr (AdwDialog) dialog = g_list_model_get_item (dialogs, i - 1);

      if (dialog != NULL)
        adw_dialog_force_close (dialog);
    }
}

/**
 * handover_window_set_account:
 * @self: a window
 * @account: (nullable): who is signed in
 *
 * Shows the desk of an account, with no conversation open.
 */
void
handover_window_set_account (HandoverWindow  *self,
                             HandoverAccount *account)
{
  g_return_if_fail (HANDOVER_IS_WINDOW (self));

  if (!g_set_object (&self->account, account))
    return;

  close_dialogs (self);
  handover_window_set_conversation (self, NULL);
  handover_inbox_set_account (self->inbox, account);
  g_object_set (self->conversation_page, "account", account, NULL);
  g_object_set (self->details_page, "account", account, NULL);
  gtk_stack_set_visible_child_name (self->pages, account != NULL ? "desk" : "sign-in");
  adw_navigation_split_view_set_show_content (self->split, FALSE);
  handover_window_update_actions (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ACCOUNT]);
}

/**
 * handover_window_get_conversation:
 * @self: a window
 *
 * Gets the conversation that is open.
 *
 * Returns: (transfer none) (nullable): the conversation
 */
HandoverConversation *
handover_window_get_conversation (HandoverWindow *self)
{
  g_return_val_if_fail (HANDOVER_IS_WINDOW (self), NULL);

  return self->conversation;
}

/**
 * handover_window_set_conversation:
 * @self: a window
 * @conversation: (nullable): a conversation of the account
 *
 * Opens a conversation.
 */
void
handover_window_set_conversation (HandoverWindow       *self,
                                  HandoverConversation *conversation)
{
  g_return_if_fail (HANDOVER_IS_WINDOW (self));

  if (self->conversation == conversation)
    return;

  if (self->conversation != NULL)
    g_signal_handlers_disconnect_by_data (self->conversation, self);
  g_set_object (&self->conversation, conversation);
  if (conversation != NULL)
    g_signal_connect_object (conversation, "notify", G_CALLBACK (conversation_changed_cb), self, G_CONNECT_SWAPPED);

  handover_inbox_set_selected (self->inbox, conversation);
  g_object_set (self->conversation_page, "conversation", conversation, NULL);
  g_object_set (self->details_page, "conversation", conversation, NULL);
  gtk_stack_set_visible_child_name (self->conversation_pages, conversation != NULL ? "conversation" : "none");
  conversation_changed_cb (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CONVERSATION]);
  in_front_changed_cb (self);
}

/**
 * handover_window_open:
 * @self: a window
 * @conversation_id: a conversation
 *
 * Opens a conversation and brings it into sight.
 *
 * Returns: %FALSE if it is not known
 */
gboolean
handover_window_open (HandoverWindow *self,
                      const char     *conversation_id)
{
  HandoverConversation *conversation;

  g_return_val_if_fail (HANDOVER_IS_WINDOW (self), FALSE);

  if (self->account == NULL)
    return FALSE;

  conversation = handover_mirror_get_conversation (handover_account_get_mirror (self->account), conversation_id);
  if (conversation == NULL)
    return FALSE;

  handover_window_set_conversation (self, conversation);
  adw_navigation_split_view_set_show_content (self->split, TRUE);

  return TRUE;
}

/**
 * handover_window_ask_to_sign_in:
 * @self: a window
 * @service: (nullable): the address to begin with
 * @reason: (nullable): why somebody who was signed in has to do so again
 *
 * Shows the sign-in page.
 */
void
handover_window_ask_to_sign_in (HandoverWindow *self,
                                const char     *service,
                                const char     *reason)
{
  g_autofree char *email = NULL;

  g_return_if_fail (HANDOVER_IS_WINDOW (self));

  email = g_settings_get_string (self->settings, "email");
  handover_window_set_account (self, NULL);
  if (service != NULL)
    handover_sign_in_page_set_service (self->sign_in_page, service);
  handover_sign_in_page_set_email (self->sign_in_page, email);
  handover_sign_in_page_set_reason (self->sign_in_page, reason);
  gtk_stack_set_visible_child_name (self->pages, "sign-in");
}

/**
 * handover_window_set_notifications_refused:
 * @self: a window
 * @refused: whether the desktop shows no notifications of this app
 *
 * Warns an operator whom no alert would reach.
 */
void
handover_window_set_notifications_refused (HandoverWindow *self,
                                           gboolean        refused)
{
  g_return_if_fail (HANDOVER_IS_WINDOW (self));

  handover_inbox_set_notifications_refused (self->inbox, refused);
}

/**
 * handover_window_set_background_refused:
 * @self: a window
 * @refused: whether the desktop does not let this app run without it
 *
 * Warns an operator whom no alert would reach without the window.
 */
void
handover_window_set_background_refused (HandoverWindow *self,
                                        gboolean        refused)
{
  g_return_if_fail (HANDOVER_IS_WINDOW (self));

  handover_inbox_set_background_refused (self->inbox, refused);
}

/**
 * handover_window_add_toast:
 * @self: a window
 * @toast: (transfer full): what to say
 *
 * Says something in passing.
 */
void
handover_window_add_toast (HandoverWindow *self,
                           AdwToast       *toast)
{
  g_return_if_fail (HANDOVER_IS_WINDOW (self));

  adw_toast_overlay_add_toast (self->toasts, toast);
}
