/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "config.h"

#include "app/preferences/handover-channels-page.h"

#include <glib/gi18n.h>

#include "app/preferences/handover-channel-row.h"
#include "app/preferences/handover-connect-dialog.h"
#include "app/preferences/handover-preferences-dialog.h"
#include "client/store/handover-mirror.h"

struct _HandoverChannelsPage
{
  AdwPreferencesPage parent_instance;

  HandoverAccount   *account;

  GtkListBox        *list;
  GtkWidget         *connect_group;
};

G_DEFINE_FINAL_TYPE (HandoverChannelsPage, handover_channels_page, ADW_TYPE_PREFERENCES_PAGE)

static void
connected_cb (HandoverChannelsPage *self,
              const char           *name)
{
  /* Translators: %s is the name of a channel, such as a shop's bot */
  g_autofree char *text = g_strdup_printf (_("Connected: %s"), name);

  handover_preferences_dialog_say (GTK_WIDGET (self), text);
}

static void
connect_cb (HandoverChannelsPage *self)
{
  AdwDialog *dialog = handover_connect_dialog_new (self->account);

  g_signal_connect_object (dialog, "connected", G_CALLBACK (connected_cb), self, G_CONNECT_SWAPPED);
  adw_dialog_present (dialog, GTK_WIDGET (self));
}

static GtkWidget *
create_row_cb (gpointer item,
               gpointer user_data)
{
  return handover_channel_row_new (HANDOVER_CHANNELS_PAGE (user_data)->account, item);
}

static void
handover_channels_page_dispose (GObject *object)
{
  HandoverChannelsPage *self = HANDOVER_CHANNELS_PAGE (object);

  if (self->list != NULL)
    gtk_list_box_bind_model (self->list, NULL, NULL, NULL, NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), HANDOVER_TYPE_CHANNELS_PAGE);
  g_clear_object (&self->account);

  G_OBJECT_CLASS (handover_channels_page_parent_class)->dispose (object);
}

static void
handover_channels_page_class_init (HandoverChannelsPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = handover_channels_page_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_BASE "/ui/handover-channels-page.ui");
  gtk_widget_class_bind_template_child (widget_class, HandoverChannelsPage, list);
  gtk_widget_class_bind_template_child (widget_class, HandoverChannelsPage, connect_group);
  gtk_widget_class_bind_template_callback (widget_class, connect_cb);
}

static void
handover_channels_page_init (HandoverChannelsPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * handover_channels_page_set_account:
 * @self: the page
 * @account: the signed-in account
 *
 * Shows the business's channels. To be called once.
 */
void
handover_channels_page_set_account (HandoverChannelsPage *self,
                                    HandoverAccount      *account)
{
  g_set_object (&self->account, account);
  gtk_list_box_bind_model (self->list, handover_mirror_get_channels (handover_account_get_mirror (account)),
                           create_row_cb, self, NULL);
  gtk_widget_set_visible (self->connect_group, handover_account_get_operator (account)->role >= HANDOVER_ROLE_ADMIN);
}
