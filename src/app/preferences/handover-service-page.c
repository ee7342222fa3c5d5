/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "app/preferences/handover-service-page.h"

#include <glib/gi18n.h>

#include "app/preferences/handover-preferences-dialog.h"
#include "client/handover-local-backup.h"
#include "config.h"

struct _HandoverServicePage
{
  AdwPreferencesPage parent_instance;

  AdwActionRow *state_row;
  AdwActionRow *address_row;
  GtkWidget *busy;

  HandoverLocalService *service;
  GCancellable *cancellable;
};

G_DEFINE_FINAL_TYPE (HandoverServicePage, handover_service_page, ADW_TYPE_PREFERENCES_PAGE)

static const char *
describe_state (HandoverLocalService *service)
{
  const char *trouble = handover_local_service_get_trouble (service);

  if (trouble != NULL)
    return trouble;

  switch (handover_local_service_get_state (service))
    {
    case HANDOVER_LOCAL_SERVICE_RUNNING:
      return _("Running");
    case HANDOVER_LOCAL_SERVICE_STARTING:
      return _("Starting");
    case HANDOVER_LOCAL_SERVICE_OFF:
    case HANDOVER_LOCAL_SERVICE_DOWN:
    case HANDOVER_LOCAL_SERVICE_STOPPING:
    default:
      return _("Stopped");
    }
}

static char *
dup_address (HandoverServicePage *self)
{
  return g_strdup_printf ("http://127.0.0.1:%u", handover_local_service_get_port (self->service));
}

static void
update (HandoverServicePage *self)
{
  g_autofree char *address = dup_address (self);

  adw_action_row_set_subtitle (self->state_row, describe_state (self->service));
  adw_action_row_set_subtitle (self->address_row, address);
}

static void
copy_cb (HandoverServicePage *self)
{
  g_autofree char *address = dup_address (self);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), address);
  handover_preferences_dialog_say (GTK_WIDGET (self), _("Address copied"));
}

static void
set_busy (HandoverServicePage *self,
          gboolean             busy)
{
  if (self->busy != NULL)
    gtk_widget_set_visible (self->busy, busy);
}

/* The rows stay as they are: one that has the focus and is switched off would take the keyboard with it. */
static gboolean
is_busy (HandoverServicePage *self)
{
  return gtk_widget_get_visible (self->busy);
}

/* For more words than a toast has room for. */
static void
tell_more (GtkWidget  *parent,
           const char *heading,
           const char *body)
{
  AdwAlertDialog *dialog = ADW_ALERT_DIALOG (adw_alert_dialog_new (heading, body));

  adw_alert_dialog_add_response (dialog, "close", _("_Close"));
  adw_dialog_present (ADW_DIALOG (dialog), parent);
}

static void
tell_failure (HandoverServicePage *self,
              const char          *heading,
              const GError        *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) ||
      g_error_matches (error, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_DISMISSED) ||
      gtk_widget_get_root (GTK_WIDGET (self)) == NULL)
    return;

  tell_more (GTK_WIDGET (self), heading, error->message);
}

/* Restoring may sign the operator out, and this page is then gone. */
static void
tell_restored (HandoverServicePage *self,
               GtkWindow           *window,
               const char          *kept)
{
  GtkWidget *parent = gtk_widget_get_root (GTK_WIDGET (self)) != NULL ? GTK_WIDGET (self) : GTK_WIDGET (window);
  g_autofree char *text = NULL;

  if (kept != NULL)
    /* Translators: %s is a file */
    text = g_strdup_printf (_("What was there before is kept in %s"), kept);
  if (parent != NULL)
    tell_more (parent, _("Restored"), text);
}

static void
backed_up_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (HandoverServicePage) self = user_data;
  g_autoptr (GError) error = NULL;

  set_busy (self, FALSE);
  if (handover_local_backup_make_finish (HANDOVER_LOCAL_SERVICE (object), result, &error))
    handover_preferences_dialog_say (GTK_WIDGET (self), _("The backup is made"));
  else
    tell_failure (self, _("Not Backed Up"), error);
}

static void
backup_chosen_cb (GObject      *object,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr (HandoverServicePage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = gtk_file_dialog_save_finish (GTK_FILE_DIALOG (object), result, &error);

  if (file == NULL)
    {
      tell_failure (self, _("Not Backed Up"), error);
      return;
    }

  set_busy (self, TRUE);
  handover_local_backup_make_async (self->service, file, NULL, backed_up_cb, g_object_ref (self));
}

static GtkWindow *
get_window (HandoverServicePage *self)
{
  return GTK_WINDOW (gtk_widget_get_ancestor (GTK_WIDGET (self), GTK_TYPE_WINDOW));
}

static void
back_up_cb (HandoverServicePage *self)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  /* Translators: the name of a file; %Y-%m-%d becomes the date */
  g_autofree char *name = g_date_time_format (now, _("handover-%Y-%m-%d.db"));

  if (is_busy (self))
    return;

  gtk_file_dialog_set_title (dialog, _("Back Up"));
  gtk_file_dialog_set_initial_name (dialog, name);
  gtk_file_dialog_save (dialog, get_window (self), self->cancellable, backup_chosen_cb, g_object_ref (self));
}

typedef struct
{
  HandoverServicePage *page;
  GtkWindow *window;
} Restoring;

static void
restored_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autofree Restoring *restoring = user_data;
  g_autoptr (HandoverServicePage) self = restoring->page;
  g_autoptr (GtkWindow) window = restoring->window;
  g_autoptr (GError) error = NULL;
  g_autofree char *kept = handover_local_backup_restore_finish (HANDOVER_LOCAL_SERVICE (object), result, &error);

  set_busy (self, FALSE);
  if (error != NULL)
    tell_failure (self, _("Not Restored"), error);
  else
    tell_restored (self, window, kept);
}

static void
restore_confirmed_cb (AdwAlertDialog      *dialog,
                      const char          *response,
                      HandoverServicePage *self)
{
  Restoring *restoring;

  if (!g_str_equal (response, "restore"))
    return;

  restoring = g_new0 (Restoring, 1);
  restoring->page = g_object_ref (self);
  g_set_object (&restoring->window, get_window (self));
  set_busy (self, TRUE);
  handover_local_backup_restore_async (self->service, g_object_get_data (G_OBJECT (dialog), "file"), NULL, restored_cb,
                                       restoring);
}

static void
restore_chosen_cb (GObject      *object,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr (HandoverServicePage) self = user_data;
  g_autoptr (GError) error = NULL;
  GFile *file = gtk_file_dialog_open_finish (GTK_FILE_DIALOG (object), result, &error);
  AdwAlertDialog *dialog;

  if (file == NULL)
    {
      tell_failure (self, _("Not Restored"), error);
      return;
    }

  dialog = ADW_ALERT_DIALOG (adw_alert_dialog_new (_("Replace This Desk?"),
                                                   _("The backup takes the place of everything on this desk. A copy of "
                                                     "what is there now is kept in Handover's data folder.")));
  adw_alert_dialog_add_responses (dialog, "cancel", _("_Cancel"), "restore", _("_Replace"), NULL);
  adw_alert_dialog_set_response_appearance (dialog, "restore", ADW_RESPONSE_DESTRUCTIVE);
  adw_alert_dialog_set_close_response (dialog, "cancel");
  g_object_set_data_full (G_OBJECT (dialog), "file", file, g_object_unref);
  g_signal_connect_object (dialog, "response", G_CALLBACK (restore_confirmed_cb), self, G_CONNECT_DEFAULT);
  adw_dialog_present (ADW_DIALOG (dialog), GTK_WIDGET (self));
}

static void
restore_cb (HandoverServicePage *self)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();

  if (is_busy (self))
    return;

  gtk_file_dialog_set_title (dialog, _("Restore a Backup"));
  gtk_file_dialog_open (dialog, get_window (self), self->cancellable, restore_chosen_cb, g_object_ref (self));
}

static void
handover_service_page_dispose (GObject *object)
{
  HandoverServicePage *self = HANDOVER_SERVICE_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  gtk_widget_dispose_template (GTK_WIDGET (self), HANDOVER_TYPE_SERVICE_PAGE);
  if (self->service != NULL)
    g_signal_handlers_disconnect_by_data (self->service, self);
  g_clear_object (&self->service);

  G_OBJECT_CLASS (handover_service_page_parent_class)->dispose (object);
}

static void
handover_service_page_class_init (HandoverServicePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = handover_service_page_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_BASE "/ui/handover-service-page.ui");
  gtk_widget_class_bind_template_child (widget_class, HandoverServicePage, state_row);
  gtk_widget_class_bind_template_child (widget_class, HandoverServicePage, address_row);
  gtk_widget_class_bind_template_child (widget_class, HandoverServicePage, busy);
  gtk_widget_class_bind_template_callback (widget_class, copy_cb);
  gtk_widget_class_bind_template_callback (widget_class, back_up_cb);
  gtk_widget_class_bind_template_callback (widget_class, restore_cb);
}

static void
handover_service_page_init (HandoverServicePage *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * handover_service_page_set_service:
 * @self: the page
 * @service: the service on this computer
 *
 * Shows how the service stands, and lets its data be backed up. To be called once.
 */
void
handover_service_page_set_service (HandoverServicePage  *self,
                                   HandoverLocalService *service)
{
  g_return_if_fail (HANDOVER_IS_SERVICE_PAGE (self));

  g_set_object (&self->service, service);
  g_signal_connect_object (service, "notify::state", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}
