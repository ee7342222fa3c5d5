/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "config.h"

#include "app/inbox/handover-welcome-page.h"

#include <glib/gi18n.h>

struct _HandoverWelcomePage
{
  AdwBin     parent_instance;

  GtkWidget *scroller;
  GtkLabel  *snippet;
};

G_DEFINE_FINAL_TYPE (HandoverWelcomePage, handover_welcome_page, ADW_TYPE_BIN)

static void
copy_cb (HandoverWelcomePage *self)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), gtk_label_get_text (self->snippet));
  gtk_widget_activate_action (GTK_WIDGET (self), "win.toast", "s", _("Copied"));
}

static void
handover_welcome_page_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), HANDOVER_TYPE_WELCOME_PAGE);

  G_OBJECT_CLASS (handover_welcome_page_parent_class)->dispose (object);
}

static void
handover_welcome_page_class_init (HandoverWelcomePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = handover_welcome_page_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_BASE "/ui/handover-welcome-page.ui");
  gtk_widget_class_bind_template_child (widget_class, HandoverWelcomePage, scroller);
  gtk_widget_class_bind_template_child (widget_class, HandoverWelcomePage, snippet);
  gtk_widget_class_bind_template_callback (widget_class, copy_cb);
}

static void
handover_welcome_page_init (HandoverWelcomePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  /* A command reads from left to right in every language. */
  gtk_widget_set_direction (self->scroller, GTK_TEXT_DIR_LTR);
  gtk_widget_set_direction (GTK_WIDGET (self->snippet), GTK_TEXT_DIR_LTR);
}

/**
 * handover_welcome_page_set_service:
 * @self: a page
 * @service: the address of the service
 *
 * Fills the address into the command that an agent calls.
 */
void
handover_welcome_page_set_service (HandoverWelcomePage *self,
                                   const char          *service)
{
  g_autofree char *text = NULL;

  g_return_if_fail (HANDOVER_IS_WELCOME_PAGE (self));

  text = g_strdup_printf ("curl %s/agent/v1/escalations \\\n"
                          "  -H \"Authorization: Bearer $AGENT_KEY\" \\\n"
                          "  -H \"Content-Type: application/json\" \\\n"
                          "  -d '{\"conversation\": {\"external_id\": \"chat-1\"},\n"
                          "       \"trigger\": \"customer_request\",\n"
                          "       \"summary\": \"Wants to speak to a person\"}'",
                          service);
  gtk_label_set_text (self->snippet, text);
}
