/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "app-test.h"

static gpointer
parse (GType       type,
       const char *text)
{
  g_autoptr (GError) error = NULL;
  HandoverRecord *record = handover_record_from_data (type, text, &error);

  g_assert_no_error (error);

  return record;
}

/* A conversation with the AI; @more is the rest of its JSON and wins over what is here. */
HandoverConversation *
test_conversation (const char *id,
                   const char *name,
                   const char *more)
{
  g_autoptr (GString) json = g_string_new ("{");

  g_string_append_printf (json, "\"id\": \"%s\", \"epoch\": 1, \"unread_count\": 0, \"version\": 1,", id);
  g_string_append (json, "\"channel\": {\"kind\": \"whatsapp\"}, \"control\": \"agent\", \"metadata\": {},"
                   "\"created_at\": \"2026-01-01T10:00:00.000Z\", \"updated_at\": \"2026-01-01T10:00:00.000Z\","
                   "\"customer\": {\"id\": \"customer\"");
  if (name != NULL)
    g_string_append_printf (json, ", \"name\": \"%s\"", name);
  g_string_append_printf (json, "}%s%s}", more != NULL ? "," : "", more != NULL ? more : "");

  return parse (HANDOVER_TYPE_CONVERSATION, json->str);
}

HandoverEscalation *
test_escalation (const char *id,
                 const char *more)
{
  g_autofree char *json = g_strdup_printf ("{\"id\": \"%s\", \"conversation_id\": \"1\", \"trigger\": \"policy\","
                                           "\"priority\": \"normal\", \"receipt\": \"queued\","
                                           "\"opened_at\": \"2026-01-01T10:00:00.000Z\", %s}",
                                           id, more);

  return parse (HANDOVER_TYPE_ESCALATION, json);
}

static gboolean
too_late_cb (gpointer data)
{
  g_error ("waited in vain");

  return G_SOURCE_REMOVE;
}

/* Runs the main loop until something is true. */
void
test_wait (gboolean (*is_true) (gpointer data),
           gpointer   data)
{
  guint id = g_timeout_add_seconds (20, too_late_cb, NULL);

  while (!is_true (data))
    g_main_context_iteration (NULL, TRUE);

  g_source_remove (id);
}

typedef gboolean (*Match) (GtkWidget *widget, gconstpointer data);

static GtkWidget *
find (GtkWidget     *widget,
      Match          match,
      gconstpointer  data,
      guint         *skip)
{
  if (match (widget, data) && (*skip)-- == 0)
    return widget;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find (child, match, data, skip);

      if (found != NULL)
        return found;
    }

  return NULL;
}

/* Whether a person would see it, were the window open: neither it nor what holds it is hidden. */
gboolean
test_is_shown (GtkWidget *widget)
{
  for (GtkWidget *part = widget; part != NULL && !GTK_IS_ROOT (part); part = gtk_widget_get_parent (part))
    {
      if (!gtk_widget_get_visible (part))
        return FALSE;
    }

  return TRUE;
}

static gboolean
label_contains (GtkWidget     *widget,
                gconstpointer  data)
{
  return GTK_IS_LABEL (widget) && test_is_shown (widget) && strstr (gtk_label_get_text (GTK_LABEL (widget)), data) != NULL;
}

GtkWidget *
test_find_label (GtkWidget  *widget,
                 const char *contains)
{
  guint skip = 0;

  return find (widget, label_contains, contains, &skip);
}

static gboolean
is_of_type (GtkWidget     *widget,
            gconstpointer  data)
{
  return g_type_is_a (G_OBJECT_TYPE (widget), GPOINTER_TO_SIZE (data));
}

GtkWidget *
test_find_type (GtkWidget *widget,
                GType      type,
                guint      index)
{
  return find (widget, is_of_type, GSIZE_TO_POINTER (type), &index);
}

static gboolean
has_title (GtkWidget     *widget,
           gconstpointer  data)
{
  return ADW_IS_PREFERENCES_ROW (widget) && g_strcmp0 (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget)), data) == 0;
}

GtkWidget *
test_find_by_title (GtkWidget  *widget,
                    const char *title)
{
  guint skip = 0;

  return find (widget, has_title, title, &skip);
}

static gboolean
is_shown_button (GtkWidget     *widget,
                 gconstpointer  data)
{
  return GTK_IS_BUTTON (widget) && test_is_shown (widget) &&
         g_strcmp0 (gtk_button_get_label (GTK_BUTTON (widget)), data) == 0;
}

GtkWidget *
test_find_button (GtkWidget  *widget,
                  const char *label)
{
  guint skip = 0;

  return find (widget, is_shown_button, label, &skip);
}
