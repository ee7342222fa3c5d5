/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#define G_LOG_DOMAIN "handover-application"

#include "config.h"

#include "app/handover-application.h"

#include "app/handover-window.h"

struct _HandoverApplication
{
  AdwApplication parent_instance;
};

G_DEFINE_FINAL_TYPE (HandoverApplication, handover_application, ADW_TYPE_APPLICATION)

static void
handover_application_activate (GApplication *application)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (application));

  if (window == NULL)
    window = GTK_WINDOW (handover_window_new (HANDOVER_APPLICATION (application)));

  gtk_window_present (window);
}

static void
handover_application_class_init (HandoverApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  application_class->activate = handover_application_activate;
}

static void
handover_application_init (HandoverApplication *self)
{
}

/**
 * handover_application_new:
 *
 * Makes the application. Its resources do not depend on the suffix of its id.
 *
 * Returns: (transfer full): the application
 */
HandoverApplication *
handover_application_new (void)
{
  return g_object_new (HANDOVER_TYPE_APPLICATION,
                       "application-id", APP_ID,
                       "resource-base-path", RESOURCE_BASE,
                       NULL);
}
