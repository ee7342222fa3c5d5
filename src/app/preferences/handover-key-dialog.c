/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "app/preferences/handover-key-dialog.h"

#include <glib/gi18n.h>

#include "config.h"

#include "app/handover-wording.h"

struct _HandoverKeyDialog
{
  AdwDialog parent_instance;

  AdwToastOverlay *toasts;
  GtkLabel *key_label;
  GtkLabel *curl_label;
  GtkLabel *mcp_label;
  AdwPreferencesPage *page;
};

G_DEFINE_FINAL_TYPE (HandoverKeyDialog, handover_key_dialog, ADW_TYPE_DIALOG)

/* The command reads the key from the environment, so that it stays out of the list of processes. */
#define CURL_SNIPPET \
  "export HANDOVER_KEY=%s\n" \
  "curl %s/agent/v1/escalations \\\n" \
  "  --header @- --json '{\n" \
  "    \"conversation\": {\"external_id\": \"test-1\",\n" \
  "      \"customer\": {\"name\": \"Test Customer\"}},\n" \
  "    \"trigger\": \"knowledge_gap\",\n" \
  "    \"summary\": \"Only a test\"}' \\\n" \
  "  <<< \"Authorization: Bearer $HANDOVER_KEY\""

#define MCP_SNIPPET \
  "{\"mcpServers\": {\"handover\": {\n" \
  "  \"type\": \"http\",\n" \
  "  \"url\": \"%s/mcp\",\n" \
  "  \"headers\": {\"Authorization\": \"Bearer %s\"}}}}"

static void
copy (HandoverKeyDialog *self,
      GtkLabel          *label)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), gtk_label_get_text (label));
  adw_toast_overlay_add_toast (self->toasts, adw_toast_new (_("Copied")));
}

static void
copy_key_cb (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  copy (HANDOVER_KEY_DIALOG (widget), HANDOVER_KEY_DIALOG (widget)->key_label);
}

static void
copy_curl_cb (GtkWidget  *widget,
              const char *action_name,
              GVariant   *parameter)
{
  copy (HANDOVER_KEY_DIALOG (widget), HANDOVER_KEY_DIALOG (widget)->curl_label);
}

static void
copy_mcp_cb (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  copy (HANDOVER_KEY_DIALOG (widget), HANDOVER_KEY_DIALOG (widget)->mcp_label);
}

static void
handover_key_dialog_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), HANDOVER_TYPE_KEY_DIALOG);

  G_OBJECT_CLASS (handover_key_dialog_parent_class)->dispose (object);
}

static void
handover_key_dialog_class_init (HandoverKeyDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = handover_key_dialog_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_BASE "/ui/handover-key-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, HandoverKeyDialog, toasts);
  gtk_widget_class_bind_template_child (widget_class, HandoverKeyDialog, key_label);
  gtk_widget_class_bind_template_child (widget_class, HandoverKeyDialog, curl_label);
  gtk_widget_class_bind_template_child (widget_class, HandoverKeyDialog, mcp_label);
  gtk_widget_class_bind_template_child (widget_class, HandoverKeyDialog, page);
  gtk_widget_class_install_action (widget_class, "key.copy-key", NULL, copy_key_cb);
  gtk_widget_class_install_action (widget_class, "key.copy-curl", NULL, copy_curl_cb);
  gtk_widget_class_install_action (widget_class, "key.copy-mcp", NULL, copy_mcp_cb);
}

static void
handover_key_dialog_init (HandoverKeyDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * handover_key_dialog_new:
 * @service: the service's address
 * @agent_name: whose key it is
 * @key: the key, as the service gave it
 *
 * Makes the dialog that shows a new key, this once, with what an agent's developer needs next.
 *
 * Returns: (transfer floating): the dialog
 */
HandoverKeyDialog *
handover_key_dialog_new (const char *service,
                         const char *agent_name,
                         const char *key)
{
  HandoverKeyDialog *self = g_object_new (HANDOVER_TYPE_KEY_DIALOG, NULL);
  g_autofree char *curl = g_strdup_printf (CURL_SNIPPET, key, service);
  g_autofree char *mcp = g_strdup_printf (MCP_SNIPPET, service, key);
  g_autofree char *name = handover_wording_embed (agent_name);
  /* Translators: the title of a dialog; %s is the name of an AI agent. */
  g_autofree char *title = g_strdup_printf (_("Key for %s"), name);

  adw_dialog_set_title (ADW_DIALOG (self), title);
  gtk_label_set_text (self->key_label, key);
  gtk_label_set_text (self->curl_label, curl);
  gtk_label_set_text (self->mcp_label, mcp);

  return self;
}
