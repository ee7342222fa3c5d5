/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "config.h"

#include "app/account/handover-unsent-dialog.h"

#include <glib/gi18n.h>

#include "app/handover-wording.h"
#include "client/store/handover-mirror.h"
#include "client/store/handover-outbox.h"

static void
unsent_free (HandoverUnsent *self)
{
  g_free (self->customer);
  g_free (self->text);
  g_free (self);
}

static void
add_draft (GPtrArray            *unsent,
           HandoverConversation *conversation,
           const char           *draft)
{
  HandoverUnsent *entry;

  if (draft == NULL || *draft == '\0')
    return;

  entry = g_new0 (HandoverUnsent, 1);
  entry->customer = handover_wording_customer (conversation->customer);
  entry->text = g_strdup (draft);
  g_ptr_array_add (unsent, entry);
}

/**
 * handover_unsent_collect:
 * @account: (nullable): an account
 *
 * Gathers the drafts that would be removed with the account.
 *
 * Returns: (transfer full) (element-type HandoverUnsent): the drafts
 */
GPtrArray *
handover_unsent_collect (HandoverAccount *account)
{
  GPtrArray *unsent = g_ptr_array_new_with_free_func ((GDestroyNotify) unsent_free);
  GListModel *conversations;
  HandoverOutbox *outbox;

  if (account == NULL)
    return unsent;

  outbox = handover_account_get_outbox (account);
  conversations = handover_mirror_get_conversations (handover_account_get_mirror (account), HANDOVER_VIEW_ALL);
  for (guint i = 0; i < g_list_model_get_n_items (conversations); i++)
    {
      g_autoptr (HandoverConversation) conversation = g_list_model_get_item (conversations, i);

      add_draft (unsent, conversation, handover_outbox_get_draft (outbox, conversation->id, HANDOVER_DRAFT_REPLY));
      add_draft (unsent, conversation, handover_outbox_get_draft (outbox, conversation->id, HANDOVER_DRAFT_NOTE));
    }

  return unsent;
}

static GtkWidget *
create_list (GPtrArray *unsent)
{
  GtkWidget *list = gtk_list_box_new ();
  GtkWidget *scroller = gtk_scrolled_window_new ();

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  for (guint i = 0; i < unsent->len; i++)
    {
      const HandoverUnsent *entry = g_ptr_array_index (unsent, i);
      GtkWidget *row = adw_action_row_new ();

      adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), entry->customer);
      adw_action_row_set_subtitle (ADW_ACTION_ROW (row), entry->text);
      adw_action_row_set_subtitle_selectable (ADW_ACTION_ROW (row), TRUE);
      gtk_list_box_append (GTK_LIST_BOX (list), row);
    }

  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), list);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), 280);

  return scroller;
}

/**
 * handover_unsent_dialog_new:
 * @unsent: (element-type HandoverUnsent): drafts
 *
 * Shows drafts that are about to be forgotten because the session has ended.
 *
 * Returns: (transfer floating): the dialog
 */
AdwDialog *
handover_unsent_dialog_new (GPtrArray *unsent)
{
  AdwDialog *dialog = adw_alert_dialog_new (_("Never Sent"),
                                            _("The session has ended and these drafts go with it. Copy what you want "
                                              "to keep."));

  adw_alert_dialog_add_response (ADW_ALERT_DIALOG (dialog), "close", _("_Close"));
  adw_alert_dialog_set_extra_child (ADW_ALERT_DIALOG (dialog), create_list (unsent));

  return dialog;
}

/**
 * handover_unsent_ask_to_sign_out:
 * @unsent: (element-type HandoverUnsent): drafts
 *
 * Asks whether to sign out, showing the drafts that would be lost. The response is "sign-out" for yes.
 *
 * Returns: (transfer floating): the dialog
 */
AdwAlertDialog *
handover_unsent_ask_to_sign_out (GPtrArray *unsent)
{
  AdwAlertDialog *dialog;

  dialog = ADW_ALERT_DIALOG (adw_alert_dialog_new (_("Sign Out?"),
                                                   unsent->len == 0
                                                     ? _("No alert reaches you until you sign in again.")
                                                     : _("No alert reaches you until you sign in again, and these "
                                                         "drafts are lost.")));
  adw_alert_dialog_add_responses (dialog, "cancel", _("_Cancel"), "sign-out", _("_Sign Out"), NULL);
  adw_alert_dialog_set_response_appearance (dialog, "sign-out", ADW_RESPONSE_DESTRUCTIVE);
  adw_alert_dialog_set_default_response (dialog, "cancel");
  adw_alert_dialog_set_close_response (dialog, "cancel");
  if (unsent->len > 0)
    adw_alert_dialog_set_extra_child (dialog, create_list (unsent));

  return dialog;
}
