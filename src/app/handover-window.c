/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#define G_LOG_DOMAIN "handover-window"

#include "config.h"

#include "app/handover-window.h"

struct _HandoverWindow
{
  AdwApplicationWindow   parent_instance;

  AdwToastOverlay       *toasts;
  AdwNavigationSplitView *split;
  AdwOverlaySplitView   *details;
};

G_DEFINE_FINAL_TYPE (HandoverWindow, handover_window, ADW_TYPE_APPLICATION_WINDOW)

static void
handover_window_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), HANDOVER_TYPE_WINDOW);

  G_OBJECT_CLASS (handover_window_parent_class)->dispose (object);
}

static void
handover_window_class_init (HandoverWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = handover_window_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_BASE "/ui/handover-window.ui");
  gtk_widget_class_bind_template_child (widget_class, HandoverWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, HandoverWindow, split);
  gtk_widget_class_bind_template_child (widget_class, HandoverWindow, details);
}

static void
handover_window_init (HandoverWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
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
