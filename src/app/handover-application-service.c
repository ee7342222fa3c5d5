/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#define G_LOG_DOMAIN "handover-application"

#include "config.h"

#include "app/handover-application-private.h"

#include "client/handover-local-service.h"

/* The service on this computer, as long as the app needs it: from before an account there is opened until the app has
 * ended. */

/* It answers again: nobody waits for the next try. */
static void
state_changed_cb (HandoverApplication *self)
{
  HandoverLocalService *service = handover_local_service_get_default ();

  if (self->account != NULL && handover_account_is_local (self->account) &&
      handover_local_service_get_state (service) == HANDOVER_LOCAL_SERVICE_RUNNING)
    handover_account_retry (self->account);
}

static void
port_changed_cb (HandoverApplication *self)
{
  guint port;
  guint told;

  g_object_get (handover_local_service_get_default (), "port", &port, "told-port", &told, NULL);
  g_settings_set_uint (self->settings, "local-service-port", port);
  g_settings_set_uint (self->settings, "local-service-told-port", told);
}

/*< private >
 * handover_application_prepare_service:
 * @self: an application
 *
 * Tells the service on this computer which port it had last, and remembers each that it gets.
 */
void
handover_application_prepare_service (HandoverApplication *self)
{
  HandoverLocalService *service = handover_local_service_get_default ();

  g_object_set (service,
                "port", g_settings_get_uint (self->settings, "local-service-port"),
                "told-port", g_settings_get_uint (self->settings, "local-service-told-port"),
                NULL);
  g_signal_connect_object (service, "notify::port", G_CALLBACK (port_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (service, "notify::told-port", G_CALLBACK (port_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (service, "notify::state", G_CALLBACK (state_changed_cb), self, G_CONNECT_SWAPPED);
}

/*< private >
 * handover_application_leave_service:
 * @self: an application
 *
 * Stops the service on this computer if the account that is open now has another one.
 */
void
handover_application_leave_service (HandoverApplication *self)
{
  if (self->account != NULL && !handover_account_is_local (self->account))
    handover_local_service_stop_async (handover_local_service_get_default (), NULL, NULL);
}

static void
stopped_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (HandoverApplication) self = user_data;

  handover_local_service_stop_finish (HANDOVER_LOCAL_SERVICE (source), result);
  g_application_quit (G_APPLICATION (self));
}

/*< private >
 * handover_application_end:
 * @self: an application
 *
 * Quits, once the service on this computer has finished what was under way: a sandbox ends with its first program,
 * and with it all others.
 */
void
handover_application_end (HandoverApplication *self)
{
  if (self->ending)
    return;

  self->ending = TRUE;
  g_application_hold (G_APPLICATION (self));
  if (self->window != NULL)
    gtk_widget_set_visible (GTK_WIDGET (self->window), FALSE);
  handover_local_service_stop_async (handover_local_service_get_default (), stopped_cb, g_object_ref (self));
}
