/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "config.h"

#include <adwaita.h>

#include "app/conversation/handover-composer.h"
#include "app/conversation/handover-control-head.h"
#include "client/store/handover-draft-file.h"
#include "core/handover-conversation.h"
#include "core/handover-time.h"

static GtkWidget *
find_named (GtkWidget  *widget,
            GType       type,
            const char *name)
{
  if (G_TYPE_CHECK_INSTANCE_TYPE (widget, type) && gtk_widget_get_visible (widget))
    {
      g_autofree char *other = gtk_test_accessible_check_property (GTK_ACCESSIBLE (widget),
                                                                   GTK_ACCESSIBLE_PROPERTY_LABEL, name);
      const char *label = GTK_IS_BUTTON (widget) ? gtk_button_get_label (GTK_BUTTON (widget)) : NULL;

      if (other == NULL || g_strcmp0 (label, name) == 0)
        return widget;
    }

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = gtk_widget_get_visible (child) ? find_named (child, type, name) : NULL;

      if (found != NULL)
        return found;
    }

  return NULL;
}

static void
sent_cb (HandoverComposer *composer,
         const char       *text,
         GString          *log)
{
  g_string_append_printf (log, "%s;", text);
}

typedef struct
{
  HandoverComposer *composer;
  GString          *replies;
  GString          *notes;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->composer = g_object_ref_sink (g_object_new (HANDOVER_TYPE_COMPOSER, NULL));
  fixture->replies = g_string_new (NULL);
  fixture->notes = g_string_new (NULL);
  g_signal_connect (fixture->composer, "send-reply", G_CALLBACK (sent_cb), fixture->replies);
  g_signal_connect (fixture->composer, "send-note", G_CALLBACK (sent_cb), fixture->notes);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_assert_finalize_object (fixture->composer);
  g_string_free (fixture->replies, TRUE);
  g_string_free (fixture->notes, TRUE);
}

static GtkWidget *
find (Fixture    *fixture,
      GType       type,
      const char *name)
{
  return find_named (GTK_WIDGET (fixture->composer), type, name);
}

static void
test_sends (Fixture       *fixture,
            gconstpointer  data)
{
  g_autofree char *draft = NULL;

  handover_composer_set_open (fixture->composer, TRUE, NULL);
  g_assert_nonnull (find (fixture, GTK_TYPE_TEXT_VIEW, "Message"));
  g_assert_false (gtk_widget_get_sensitive (find (fixture, GTK_TYPE_BUTTON, "Send")));
  handover_composer_set_draft (fixture->composer, "  \n ");
  g_assert_false (gtk_widget_get_sensitive (find (fixture, GTK_TYPE_BUTTON, "Send")));

  handover_composer_set_draft (fixture->composer, " Hello. \n");
  g_signal_emit_by_name (find (fixture, GTK_TYPE_BUTTON, "Send"), "clicked");
  g_assert_cmpstr (fixture->replies->str, ==, "Hello.;");
  draft = handover_composer_dup_draft (fixture->composer);
  g_assert_cmpstr (draft, ==, "");
}

static void
add_file (GListStore *files)
{
  g_autoptr (HandoverAttachment) attachment = g_object_new (HANDOVER_TYPE_ATTACHMENT, NULL);
  g_autoptr (GFile) copy = g_file_new_for_path ("/nowhere");
  g_autoptr (HandoverDraftFile) file = NULL;

  attachment->id = g_strdup ("at");
  attachment->name = g_strdup ("a.txt");
  attachment->type = g_strdup ("text/plain");
  attachment->size = 1;
  file = handover_draft_file_new (attachment, copy);
  g_list_store_append (files, file);
}

/* What came back may be more than a message can have; nothing is sent until it fits. */
static void
test_too_many_files (Fixture       *fixture,
                     gconstpointer  data)
{
  g_autoptr (GListStore) files = g_list_store_new (HANDOVER_TYPE_DRAFT_FILE);
  GtkWidget *send;

  handover_composer_set_open (fixture->composer, TRUE, NULL);
  handover_composer_set_files (fixture->composer, G_LIST_MODEL (files), NULL);
  for (guint i = 0; i < HANDOVER_LIMIT_ATTACHMENTS; i++)
    add_file (files);
  send = find (fixture, GTK_TYPE_BUTTON, "Send");
  g_assert_true (gtk_widget_get_sensitive (send));
  g_assert_null (find (fixture, GTK_TYPE_LABEL, "A message can have 10 files. Remove the others to send it."));

  add_file (files);
  g_assert_false (gtk_widget_get_sensitive (send));
  handover_composer_send (fixture->composer);
  g_assert_cmpstr (fixture->replies->str, ==, "");
  g_assert_nonnull (find (fixture, GTK_TYPE_LABEL, "A message can have 10 files. Remove the others to send it."));

  g_list_store_remove (files, 0);
  g_assert_true (gtk_widget_get_sensitive (send));
  handover_composer_send (fixture->composer);
  g_assert_cmpstr (fixture->replies->str, ==, ";");
}

/* What is answered stands above the reply, and not above a note. */
static void
test_quotes (Fixture       *fixture,
             gconstpointer  data)
{
  const HandoverReader reader = { (char *) "me", (char *) "Crystal", TRUE };
  g_autoptr (HandoverRecord) quote =
    handover_record_from_data (HANDOVER_TYPE_PREVIEW, "{\"id\":\"m1\",\"author\":\"customer\",\"kind\":\"message\","
                               "\"text\":\"Where is it?\",\"at\":\"2026-03-04T11:00:00.000Z\"}", NULL);

  handover_composer_set_open (fixture->composer, TRUE, NULL);
  g_assert_null (find (fixture, GTK_TYPE_BUTTON, "In reply to Crystal: Where is it?"));
  handover_composer_set_quote (fixture->composer, HANDOVER_PREVIEW (quote), &reader);
  g_assert_nonnull (find (fixture, GTK_TYPE_BUTTON, "In reply to Crystal: Where is it?"));
  g_assert_nonnull (find (fixture, GTK_TYPE_BUTTON, "Do Not Quote"));

  handover_composer_show (fixture->composer, TRUE);
  g_assert_null (find (fixture, GTK_TYPE_BUTTON, "Do Not Quote"));
  handover_composer_show (fixture->composer, FALSE);
  g_assert_nonnull (find (fixture, GTK_TYPE_BUTTON, "Do Not Quote"));
  handover_composer_set_quote (fixture->composer, NULL, &reader);
  g_assert_null (find (fixture, GTK_TYPE_BUTTON, "Do Not Quote"));
}

static void
test_note_is_a_text_of_its_own (Fixture       *fixture,
                                gconstpointer  data)
{
  GtkTextView *view;
  g_autofree char *draft = NULL;

  handover_composer_set_open (fixture->composer, TRUE, NULL);
  handover_composer_set_draft (fixture->composer, "for the customer");
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (find (fixture, GTK_TYPE_TOGGLE_BUTTON, "Note")), TRUE);
  view = GTK_TEXT_VIEW (find (fixture, GTK_TYPE_TEXT_VIEW, "Message"));
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (view), "for the team", -1);
  g_assert_null (find (fixture, GTK_TYPE_BUTTON, "Send"));
  g_signal_emit_by_name (find (fixture, GTK_TYPE_BUTTON, "Add Note"), "clicked");

  g_assert_cmpstr (fixture->notes->str, ==, "for the team;");
  g_assert_cmpstr (fixture->replies->str, ==, "");
  draft = handover_composer_dup_draft (fixture->composer);
  g_assert_cmpstr (draft, ==, "for the customer");
}

static void
test_closed (Fixture       *fixture,
             gconstpointer  data)
{
  handover_composer_set_draft (fixture->composer, "kept");
  handover_composer_set_open (fixture->composer, TRUE, NULL);
  g_assert_null (find (fixture, GTK_TYPE_BUTTON, "Copy the Draft"));
  handover_composer_set_open (fixture->composer, FALSE, "Kim is answering.");
  g_assert_null (find (fixture, GTK_TYPE_TEXT_VIEW, "Message"));
  g_assert_nonnull (find (fixture, GTK_TYPE_BUTTON, "Write a Note"));
  handover_composer_send (fixture->composer);
  g_assert_cmpstr (fixture->replies->str, ==, "");

  /* A note can be written, a reply cannot. */
  handover_composer_write (fixture->composer, FALSE);
  g_assert_null (find (fixture, GTK_TYPE_TEXT_VIEW, "Message"));
  handover_composer_write (fixture->composer, TRUE);
  g_assert_nonnull (find (fixture, GTK_TYPE_TEXT_VIEW, "Message"));
  g_assert_false (gtk_widget_get_sensitive (find (fixture, GTK_TYPE_TOGGLE_BUTTON, "Reply")));
  handover_composer_set_note (fixture->composer, "hm");
  handover_composer_send (fixture->composer);
  g_assert_cmpstr (fixture->notes->str, ==, "hm;");
  g_assert_null (find (fixture, GTK_TYPE_TEXT_VIEW, "Message"));

  handover_composer_set_open (fixture->composer, TRUE, NULL);
  handover_composer_send (fixture->composer);
  g_assert_cmpstr (fixture->replies->str, ==, "kept;");
}

static void
text_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  char **text = user_data;

  *text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, NULL);
}

/* A reply that came back can be read and taken along while somebody else answers. */
static void
test_closed_keeps_the_draft_in_sight (Fixture       *fixture,
                                      gconstpointer  data)
{
  g_autofree char *text = NULL;
  GtkWidget *kept;

  handover_composer_set_open (fixture->composer, FALSE, "Kim is answering.");
  g_assert_null (find (fixture, GTK_TYPE_BUTTON, "Copy the Draft"));
  handover_composer_set_draft (fixture->composer, "The label is on its way.\n");
  kept = find (fixture, GTK_TYPE_LABEL, "The label is on its way.");
  g_assert_nonnull (kept);
  g_assert_true (gtk_label_get_selectable (GTK_LABEL (kept)));

  g_signal_emit_by_name (find (fixture, GTK_TYPE_BUTTON, "Copy the Draft"), "clicked");
  gdk_clipboard_read_text_async (gtk_widget_get_clipboard (GTK_WIDGET (fixture->composer)), NULL, text_cb, &text);
  while (text == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpstr (text, ==, "The label is on its way.");

  handover_composer_set_draft (fixture->composer, NULL);
  g_assert_null (find (fixture, GTK_TYPE_BUTTON, "Copy the Draft"));
}

static HandoverConversation *
new_conversation (const char *control,
                  const char *holder)
{
  g_autofree char *since = handover_time_format (handover_time_now () - 134000);
  g_autofree char *person = holder != NULL ? g_strdup_printf (",\"holder\":{\"id\":\"%s\",\"name\":\"Kim\"}", holder)
                                           : g_strdup ("");
  g_autofree char *data = g_strdup_printf ("{\"id\":\"c\",\"channel\":{\"kind\":\"api\"},\"customer\":{\"id\":\"u\"},"
                                           "\"control\":\"%s\",\"epoch\":2%s,\"waiting_since\":\"%s\",\"metadata\":{},"
                                           "\"unread_count\":0,\"created_at\":\"%s\",\"updated_at\":\"%s\","
                                           "\"version\":1}",
                                           control, person, since, since, since);
  g_autoptr (GError) error = NULL;
  HandoverRecord *record = handover_record_from_data (HANDOVER_TYPE_CONVERSATION, data, &error);

  g_assert_no_error (error);

  return HANDOVER_CONVERSATION (record);
}

static void
test_head (void)
{
  static const struct
  {
    const char *control;
    const char *holder;
    const char *title;
    gboolean claims;
    gboolean suggested;
    gboolean commands;
  } states[] = {
    { "agent", NULL, "The AI is answering", TRUE, FALSE, FALSE },
    { "waiting", NULL, "Waiting for a person, 2:1", TRUE, TRUE, FALSE },
    { "operator", "me", "You are answering", FALSE, FALSE, TRUE },
    { "operator", "kim", "Kim is answering", FALSE, FALSE, FALSE },
    { "closed", NULL, "Closed", TRUE, FALSE, FALSE },
  };
  static const char *const commands[] = { "Hand Back to AI…", "Close Conversation…", "Release" };
  g_autoptr (GtkWidget) head = g_object_ref_sink (g_object_new (HANDOVER_TYPE_CONTROL_HEAD, NULL));

  for (gsize i = 0; i < G_N_ELEMENTS (states); i++)
    {
      g_autoptr (HandoverConversation) conversation = new_conversation (states[i].control, states[i].holder);
      GtkWidget *claim;

      handover_control_head_show (HANDOVER_CONTROL_HEAD (head), conversation, "me", TRUE);
      g_assert_true (g_str_has_prefix (handover_control_head_get_title (HANDOVER_CONTROL_HEAD (head)),
                                       states[i].title));
      claim = find_named (head, GTK_TYPE_BUTTON, "Take Over");
      g_assert_true ((claim != NULL) == states[i].claims);
      g_assert_true ((claim != NULL && gtk_widget_has_css_class (claim, "suggested-action")) == states[i].suggested);
      for (gsize j = 0; j < G_N_ELEMENTS (commands); j++)
        g_assert_true ((find_named (head, GTK_TYPE_BUTTON, commands[j]) != NULL) == states[i].commands);
    }
}

static gboolean
hold_cb (HandoverComposer *composer,
         gboolean         *hold)
{
  return *hold;
}

static void
test_held_back (Fixture       *fixture,
                gconstpointer  data)
{
  g_autofree char *draft = NULL;
  gboolean hold = TRUE;

  g_signal_connect (fixture->composer, "about-to-send", G_CALLBACK (hold_cb), &hold);
  handover_composer_set_open (fixture->composer, TRUE, NULL);
  handover_composer_set_draft (fixture->composer, "Hello.");
  handover_composer_send (fixture->composer);
  handover_composer_send (fixture->composer);
  draft = handover_composer_dup_draft (fixture->composer);
  g_assert_cmpstr (draft, ==, "Hello.");
  g_assert_cmpstr (fixture->replies->str, ==, "");

  handover_composer_send_anyway (fixture->composer);
  g_assert_cmpstr (fixture->replies->str, ==, "Hello.;");
  hold = FALSE;
  handover_composer_set_draft (fixture->composer, "Again.");
  handover_composer_send (fixture->composer);
  g_assert_cmpstr (fixture->replies->str, ==, "Hello.;Again.;");
}

int
main (int   argc,
      char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();

  g_test_add ("/composer/sends", Fixture, NULL, set_up, test_sends, tear_down);
  g_test_add ("/composer/too-many-files", Fixture, NULL, set_up, test_too_many_files, tear_down);
  g_test_add ("/composer/quotes", Fixture, NULL, set_up, test_quotes, tear_down);
  g_test_add ("/composer/note-is-a-text-of-its-own", Fixture, NULL, set_up, test_note_is_a_text_of_its_own, tear_down);
  g_test_add ("/composer/closed", Fixture, NULL, set_up, test_closed, tear_down);
  g_test_add ("/composer/closed-keeps-the-draft-in-sight", Fixture, NULL, set_up, test_closed_keeps_the_draft_in_sight,
              tear_down);
  g_test_add ("/composer/held-back", Fixture, NULL, set_up, test_held_back, tear_down);
  g_test_add_func ("/control-head", test_head);

  return g_test_run ();
}
