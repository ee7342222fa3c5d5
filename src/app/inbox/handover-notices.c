/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "config.h"

#include "app/inbox/handover-notices.h"

#include <glib/gi18n.h>

struct _HandoverNotices
{
  AdwBin                parent_instance;

  HandoverLocalService *service;

  AdwBanner            *down;
  AdwBanner            *moved;
  AdwBanner            *notifications_refused;
  AdwBanner            *background_refused;
};

G_DEFINE_FINAL_TYPE (HandoverNotices, handover_notices, ADW_TYPE_BIN)

static void
reveal (AdwBanner *banner,
        gboolean   revealed)
{
  /* A banner that is only folded away would still be read out. */
  gtk_widget_set_visible (GTK_WIDGET (banner), revealed);
  adw_banner_set_revealed (banner, revealed);
}

static void
show_down (HandoverNotices *self)
{
  const char *trouble = self->service != NULL ? handover_local_service_get_trouble (self->service) : NULL;
  g_autofree char *text = NULL;

  if (trouble != NULL)
    {
      /* Translators: %s is a sentence that says why */
      text = g_strdup_printf (_("This computer's service is down; agents cannot reach you. %s"), trouble);
      adw_banner_set_title (self->down, text);
    }
  reveal (self->down, trouble != NULL);
}

static void
show_moved (HandoverNotices *self)
{
  gboolean moved = self->service != NULL && handover_local_service_has_moved (self->service);
  g_autofree char *text = NULL;

  if (moved)
    {
      /* Translators: %s is an address such as http://127.0.0.1:40123 */
      text = g_strdup_printf (_("Another program took this desk's address. Agents must now use %s"),
                              handover_local_service_get_address (self->service));
      adw_banner_set_title (self->moved, text);
    }
  reveal (self->moved, moved);
}

static void
update (HandoverNotices *self)
{
  show_down (self);
  show_moved (self);
}

static void
retry_cb (HandoverNotices *self)
{
  if (self->service != NULL)
    handover_local_service_start_async (self->service, NULL, NULL, NULL);
}

static void
told_cb (HandoverNotices *self)
{
  if (self->service != NULL)
    handover_local_service_take_as_told (self->service);
}

static void
handover_notices_dispose (GObject *object)
{
  HandoverNotices *self = HANDOVER_NOTICES (object);

  if (self->service != NULL)
    g_signal_handlers_disconnect_by_data (self->service, self);
  g_clear_object (&self->service);
  gtk_widget_dispose_template (GTK_WIDGET (self), HANDOVER_TYPE_NOTICES);

  G_OBJECT_CLASS (handover_notices_parent_class)->dispose (object);
}

static void
handover_notices_class_init (HandoverNoticesClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = handover_notices_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_BASE "/ui/handover-notices.ui");
  gtk_widget_class_bind_template_child (widget_class, HandoverNotices, down);
  gtk_widget_class_bind_template_child (widget_class, HandoverNotices, moved);
  gtk_widget_class_bind_template_child (widget_class, HandoverNotices, notifications_refused);
  gtk_widget_class_bind_template_child (widget_class, HandoverNotices, background_refused);
  gtk_widget_class_bind_template_callback (widget_class, retry_cb);
  gtk_widget_class_bind_template_callback (widget_class, told_cb);
}

static void
handover_notices_init (HandoverNotices *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * handover_notices_set_service:
 * @self: the notices
 * @service: (nullable): the service on this computer, if it is the account's
 *
 * Says when the service is down, or answers at another address than agents know.
 */
void
handover_notices_set_service (HandoverNotices      *self,
                              HandoverLocalService *service)
{
  g_return_if_fail (HANDOVER_IS_NOTICES (self));

  if (self->service == service)
    return;

  if (self->service != NULL)
    g_signal_handlers_disconnect_by_data (self->service, self);
  g_set_object (&self->service, service);
  if (service != NULL)
    g_signal_connect_object (service, "notify::state", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}

/**
 * handover_notices_set_notifications_refused:
 * @self: the notices
 * @refused: whether the desktop shows no notifications of this app
 *
 * Says that no alert would reach the operator.
 */
void
handover_notices_set_notifications_refused (HandoverNotices *self,
                                            gboolean         refused)
{
  g_return_if_fail (HANDOVER_IS_NOTICES (self));

  reveal (self->notifications_refused, refused);
}

/**
 * handover_notices_set_background_refused:
 * @self: the notices
 * @refused: whether the desktop does not let this app run in the background
 *
 * Says that no alert reaches the operator while the window is closed.
 */
void
handover_notices_set_background_refused (HandoverNotices *self,
                                         gboolean         refused)
{
  g_return_if_fail (HANDOVER_IS_NOTICES (self));

  reveal (self->background_refused, refused);
}
