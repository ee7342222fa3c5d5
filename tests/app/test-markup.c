/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

/* Whatever customers, AIs and colleagues call themselves and say: no label takes it for markup. */

#include "config.h"

#include "app-test.h"
#include "app/conversation/handover-control-head.h"
#include "app/conversation/handover-message-row.h"
#include "app/details/handover-details-page.h"
#include "app/inbox/handover-conversation-row.h"

/* What would be bold, and an entity, if it were markup; and what would not even parse. */
#define HOSTILE "<b>EVIL</b> &amp; </span> & <"
#define PERSON "{\"id\": \"me\", \"name\": \"" HOSTILE "\"}"

/* Looks at every text that names the word: all around it must be there as it was written. */
static void
check_texts (GtkWidget *widget,
             guint     *n_found)
{
  const char *tooltip = gtk_widget_get_tooltip_markup (widget);
  g_autofree char *tooltip_text = NULL;
  const char *texts[2] = { GTK_IS_LABEL (widget) ? gtk_label_get_text (GTK_LABEL (widget)) : NULL };

  if (tooltip != NULL)
    g_assert_true (pango_parse_markup (tooltip, -1, 0, NULL, &tooltip_text, NULL, NULL));
  texts[1] = tooltip_text;
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    if (texts[i] != NULL && strstr (texts[i], "EVIL") != NULL)
      {
        g_assert_nonnull (strstr (texts[i], HOSTILE));
        (*n_found)++;
      }

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    check_texts (child, n_found);
}

static void
assert_literal (GtkWidget *widget,
                guint      at_least)
{
  guint n_found = 0;

  check_texts (widget, &n_found);
  g_assert_cmpuint (n_found, >=, at_least);
}

static void
test_messages (void)
{
  static const char * const messages[] = {
    "\"author\": \"customer\", \"kind\": \"message\"",
    "\"author\": \"agent\", \"kind\": \"message\"",
    "\"author\": \"agent\", \"kind\": \"refused\"",
    "\"author\": \"operator\", \"kind\": \"note\", \"operator\": " PERSON,
    "\"author\": \"operator\", \"kind\": \"message\", \"operator\": " PERSON
    ", \"delivery\": {\"state\": \"failed\", \"reason\": \"" HOSTILE "\"}",
    "\"author\": \"tool\", \"kind\": \"tool\", \"tool\": {\"name\": \"" HOSTILE "\", \"arguments\": {\"a\": \"" HOSTILE
    "\"}, \"result\": \"" HOSTILE "\", \"error\": \"" HOSTILE "\"}",
    "\"author\": \"system\", \"kind\": \"transition\"",
    "\"author\": \"system\", \"kind\": \"control\", \"operator\": {\"id\": \"kim\", \"name\": \"" HOSTILE
    "\"}, \"change\": {\"kind\": \"resumed\", \"brief\": \"" HOSTILE "\"}",
    "\"author\": \"system\", \"kind\": \"control\", \"operator\": {\"id\": \"kim\", \"name\": \"" HOSTILE
    "\"}, \"change\": {\"kind\": \"transferred\", \"to\": {\"id\": \"lee\", \"name\": \"" HOSTILE "\"}}",
  };
  const HandoverReader reader = { (char *) "me", (char *) HOSTILE, TRUE };

  for (guint i = 0; i < G_N_ELEMENTS (messages); i++)
    {
      g_autofree char *data = g_strdup_printf ("{\"id\": \"m\", \"conversation_id\": \"c\", \"epoch\": 1,"
                                               "\"attachments\": [], \"at\": \"2026-03-04T12:00:00.000Z\","
                                               "\"version\": 1, \"text\": \"%s\", %s}", HOSTILE, messages[i]);
      g_autoptr (GError) error = NULL;
      g_autoptr (HandoverRecord) message = handover_record_from_data (HANDOVER_TYPE_MESSAGE, data, &error);
      g_autoptr (GtkWidget) row = NULL;

      g_assert_no_error (error);
      row = g_object_ref_sink (handover_message_row_new (HANDOVER_MESSAGE (message), &reader));
      assert_literal (row, 1);
    }
}

static HandoverConversation *
new_conversation (void)
{
  return test_conversation ("1", HOSTILE,
                            "\"control\": \"operator\", \"holder\": {\"id\": \"kim\", \"name\": \"" HOSTILE "\"},"
                            "\"customer\": {\"id\": \"c\", \"name\": \"" HOSTILE "\", \"email\": \"" HOSTILE "\"},"
                            "\"escalation\": {\"id\": \"e\", \"conversation_id\": \"1\", \"trigger\": \"policy\","
                            "\"summary\": \"" HOSTILE "\", \"suggested_action\": \"" HOSTILE "\","
                            "\"priority\": \"normal\", \"receipt\": \"claimed\","
                            "\"opened_at\": \"2026-01-01T10:00:00.000Z\"},"
                            "\"last_message\": {\"id\": \"m\", \"author\": \"customer\", \"kind\": \"message\","
                            "\"text\": \"" HOSTILE "\", \"at\": \"2026-01-01T10:00:00.000Z\"},"
                            "\"metadata\": {\"" HOSTILE "\": \"" HOSTILE "\", \"membership\": \"" HOSTILE "\","
                            "\"cart\": [{\"name\": \"" HOSTILE "\", \"quantity\": 1, \"unit_price\": 2,"
                            "\"currency\": \"EUR\", \"url\": \"https://shop.example/" HOSTILE "\"}],"
                            "\"links\": [{\"title\": \"" HOSTILE "\", \"url\": \"https://shop.example\"}]}");
}

static void
test_conversation_row (void)
{
  g_autoptr (HandoverConversation) conversation = new_conversation ();
  g_autoptr (GtkWidget) row = g_object_ref_sink (handover_conversation_row_new ());

  handover_conversation_row_set_operator_id (HANDOVER_CONVERSATION_ROW (row), "me");
  handover_conversation_row_set_conversation (HANDOVER_CONVERSATION_ROW (row), conversation);
  assert_literal (row, 2);
}

static void
test_control_head (void)
{
  g_autoptr (HandoverConversation) conversation = new_conversation ();
  g_autoptr (GtkWidget) head = g_object_ref_sink (g_object_new (HANDOVER_TYPE_CONTROL_HEAD, NULL));

  handover_control_head_show (HANDOVER_CONTROL_HEAD (head), conversation, "me", TRUE);
  assert_literal (head, 1);
}

static void
test_details (void)
{
  g_autoptr (HandoverConversation) conversation = new_conversation ();
  g_autoptr (GtkWidget) page = g_object_ref_sink (g_object_new (HANDOVER_TYPE_DETAILS_PAGE, NULL));

  handover_details_page_set_conversation (HANDOVER_DETAILS_PAGE (page), conversation);
  assert_literal (page, 7);
}

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();

  g_test_add_func ("/markup/messages", test_messages);
  g_test_add_func ("/markup/conversation-row", test_conversation_row);
  g_test_add_func ("/markup/control-head", test_control_head);
  g_test_add_func ("/markup/details", test_details);

  return g_test_run ();
}
