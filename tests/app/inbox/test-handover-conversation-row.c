/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "config.h"

#include "app-test.h"
#include "app/handover-wording.h"
#include "app/inbox/handover-conversation-row.h"
#include "core/handover-time.h"

#define MINUTE (60 * G_GINT64_CONSTANT (1000))

static HandoverConversationRow *
new_row (HandoverConversation *conversation)
{
  HandoverConversationRow *row = HANDOVER_CONVERSATION_ROW (g_object_ref_sink (handover_conversation_row_new ()));

  handover_conversation_row_set_operator_id (row, "me");
  handover_conversation_row_set_conversation (row, conversation);

  return row;
}

static char *
dup_waiting (gint64 since)
{
  g_autofree char *time = handover_time_format (since);

  return g_strdup_printf ("\"control\": \"waiting\", \"waiting_since\": \"%s\", \"unread_count\": 2,"
                          "\"escalation\": {\"id\": \"e\", \"conversation_id\": \"1\", \"trigger\": \"policy\","
                          "\"summary\": \"Stuck.\", \"priority\": \"urgent\", \"receipt\": \"queued\", \"opened_at\": \"%s\"}",
                          time, time);
}

static void
test_clock_ticks (void)
{
  gint64 since = 1700000000000;
  g_autofree char *json = dup_waiting (since);
  g_autoptr (HandoverConversation) conversation = test_conversation ("1", "Crystal Minh", json);
  g_autoptr (HandoverConversationRow) row = new_row (conversation);
  GtkWidget *clock;

  handover_conversation_row_tick (row, since + 40 * 1000);
  clock = test_find_label (GTK_WIDGET (row), "0:40");
  g_assert_nonnull (clock);
  g_assert_false (gtk_widget_has_css_class (clock, "warning"));

  handover_conversation_row_tick (row, since + 2 * MINUTE + 14 * 1000);
  g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (clock)), ==, "2:14");
  g_assert_true (gtk_widget_has_css_class (clock, "warning"));

  handover_conversation_row_tick (row, since + 62 * MINUTE + 5 * 1000);
  g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (clock)), ==, "1:02:05");
}

static void
test_late_is_not_colour_alone (void)
{
  gint64 since = 1700000000000;
  g_autofree char *json = dup_waiting (since);
  g_autoptr (HandoverConversation) conversation = test_conversation ("1", "Crystal Minh", json);
  g_autoptr (HandoverConversationRow) row = new_row (conversation);
  GtkWidget *flag = test_find_type (GTK_WIDGET (row), GTK_TYPE_IMAGE, 1);
  GtkWidget *late;

  for (guint i = 0;; i++)
    {
      late = test_find_type (GTK_WIDGET (row), GTK_TYPE_IMAGE, i);
      g_assert_nonnull (late);
      if (g_strcmp0 (gtk_image_get_icon_name (GTK_IMAGE (late)), "handover-waiting-symbolic") == 0)
        break;
    }

  handover_conversation_row_tick (row, since + MINUTE - 1);
  g_assert_false (gtk_widget_get_visible (late));
  handover_conversation_row_tick (row, since + MINUTE);
  g_assert_true (gtk_widget_get_visible (late));
  g_assert_nonnull (flag);
}

static void
test_label_says_all (void)
{
  gint64 since = 1700000000000;
  g_autofree char *json = dup_waiting (since);
  g_autoptr (HandoverConversation) conversation = test_conversation ("1", "Crystal Minh", json);
  g_autoptr (HandoverConversationRow) row = new_row (conversation);
  g_autofree char *label = NULL;

  handover_conversation_row_tick (row, since + 3 * MINUTE);
  label = handover_conversation_row_dup_label (row);
  g_assert_cmpstr (label, ==, "Crystal Minh, WhatsApp, waiting too long, 3 minutes, high priority, 2 unread messages: Stuck.");
}

static void
check_preview (const char *message,
               const char *expected)
{
  g_autofree char *json = g_strdup_printf ("\"last_message\": {\"id\": \"m\", \"at\": \"2026-01-01T10:00:00.000Z\", %s}",
                                           message);
  g_autoptr (HandoverConversation) conversation = test_conversation ("1", "Crystal Minh", json);
  g_autoptr (HandoverConversationRow) row = new_row (conversation);
  GtkWidget *label = test_find_label (GTK_WIDGET (row), "hello");

  g_assert_nonnull (label);
  g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (label)), ==, expected);
}

static void
test_preview_of_silence (void)
{
  g_autofree char *json = dup_waiting (1700000000000);
  g_autoptr (HandoverConversation) conversation = test_conversation ("1", "Crystal Minh", json);
  g_autoptr (HandoverConversationRow) row = new_row (conversation);

  g_assert_nonnull (test_find_label (GTK_WIDGET (row), "Stuck."));
}

static void
test_preview_names_the_voice (void)
{
  check_preview ("\"author\": \"customer\", \"kind\": \"message\", \"text\": \"hello\"", "hello");
  check_preview ("\"author\": \"customer\", \"kind\": \"message\", \"text\": \"\\n  hello\\nsecond line\"", "hello");
  check_preview ("\"author\": \"agent\", \"kind\": \"message\", \"text\": \"hello\"", "AI: hello");
  check_preview ("\"author\": \"operator\", \"kind\": \"note\", \"text\": \"hello\"", "Note: hello");
  check_preview ("\"author\": \"operator\", \"kind\": \"message\", \"text\": \"hello\","
                 "\"operator\": {\"id\": \"me\", \"name\": \"Kim\"}",
                 "You: hello");
  check_preview ("\"author\": \"operator\", \"kind\": \"message\", \"text\": \"hello\","
                 "\"operator\": {\"id\": \"other\", \"name\": \"Kim\"}",
                 "Kim: hello");
}

static void
test_follows_its_conversation (void)
{
  g_autoptr (HandoverConversation) conversation = test_conversation ("1", "Crystal", "\"unread_count\": 3");
  g_autoptr (HandoverConversation) read = test_conversation ("1", "Crystal Minh", NULL);
  g_autoptr (HandoverConversationRow) row = new_row (conversation);
  GtkWidget *unread = test_find_label (GTK_WIDGET (row), "3");

  g_assert_nonnull (unread);
  g_assert_true (handover_record_update (HANDOVER_RECORD (conversation), HANDOVER_RECORD (read)));
  g_assert_nonnull (test_find_label (GTK_WIDGET (row), "Crystal Minh"));
  g_assert_false (gtk_widget_get_visible (unread));

  handover_conversation_row_set_conversation (row, NULL);
  g_assert_null (handover_conversation_row_get_conversation (row));
  g_assert_true (handover_record_update (HANDOVER_RECORD (conversation), HANDOVER_RECORD (read)) == FALSE);
}

static void
test_unnamed_customers (void)
{
  g_autoptr (HandoverConversation) unnamed = test_conversation ("1", NULL, NULL);
  g_autoptr (HandoverConversation) phone =
    test_conversation ("2", NULL, "\"customer\": {\"id\": \"c\", \"phone\": \"+1 415 555 0132\"}");
  g_autofree char *visitor = handover_wording_customer (unnamed->customer);
  g_autofree char *number = handover_wording_customer (phone->customer);

  g_assert_cmpstr (visitor, ==, "Visitor");
  g_assert_cmpstr (number, ==, "\u2066+1 415 555 0132\u2069");
  g_assert_false (handover_wording_has_initials (phone->customer));
}

int
main (int   argc,
      char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();

  g_test_add_func ("/row/clock-ticks", test_clock_ticks);
  g_test_add_func ("/row/late-is-not-colour-alone", test_late_is_not_colour_alone);
  g_test_add_func ("/row/label-says-all", test_label_says_all);
  g_test_add_func ("/row/preview-of-silence", test_preview_of_silence);
  g_test_add_func ("/row/preview-names-the-voice", test_preview_names_the_voice);
  g_test_add_func ("/row/follows-its-conversation", test_follows_its_conversation);
  g_test_add_func ("/row/unnamed-customers", test_unnamed_customers);

  return g_test_run ();
}
