/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "core/handover-conversation.h"
#include "core/handover-escalation.h"
#include "core/handover-event.h"
#include "core/handover-message.h"
#include "core/handover-problem.h"

#define CONVERSATION \
  "{\"id\":\"c1\",\"external_id\":\"abcd\",\"channel\":{\"kind\":\"whatsapp\"},\"customer\":{\"id\":\"u1\",\"name\":\"Crystal\"}," \
  "\"control\":\"waiting\",\"epoch\":2,\"waiting_since\":\"2026-01-31T08:30:00.250Z\"," \
  "\"escalation\":{\"id\":\"e1\",\"conversation_id\":\"c1\",\"trigger\":\"knowledge_gap\",\"summary\":\"Wants to return\"," \
  "\"confidence\":0.5,\"priority\":\"high\",\"evidence\":[\"m1\",\"m2\"],\"opened_at\":\"2026-01-31T08:30:00.250Z\"," \
  "\"receipt\":\"queued\"}," \
  "\"metadata\":{\"order_number\":\"1\"},\"unread_count\":3,\"created_at\":\"2026-01-31T08:00:00.000Z\"," \
  "\"updated_at\":\"2026-01-31T08:30:00.250Z\",\"version\":9}"

#define ESCALATION_WITH \
  "{\"id\":\"e\",\"conversation_id\":\"c\",\"trigger\":\"other\",\"summary\":\"\",\"confidence\":%s," \
  "\"priority\":\"normal\",\"opened_at\":\"2026-01-31T08:30:00.250Z\",\"receipt\":\"queued\"}"

static HandoverConversation *
make_conversation (void)
{
  g_autoptr (GError) error = NULL;
  HandoverRecord *record = handover_record_from_data (HANDOVER_TYPE_CONVERSATION, CONVERSATION, &error);

  g_assert_no_error (error);
  return HANDOVER_CONVERSATION (record);
}

static void
test_both_ways (void)
{
  g_autoptr (HandoverConversation) conversation = make_conversation ();
  g_autofree char *data = handover_record_to_data (HANDOVER_RECORD (conversation));

  g_assert_cmpint (conversation->control, ==, HANDOVER_CONTROL_WAITING);
  g_assert_cmpint (conversation->channel->kind, ==, HANDOVER_CHANNEL_KIND_WHATSAPP);
  g_assert_cmpint (conversation->escalation->trigger, ==, HANDOVER_TRIGGER_KNOWLEDGE_GAP);
  g_assert_cmpstr (conversation->escalation->evidence[1], ==, "m2");
  g_assert_cmpint (conversation->waiting_since, ==, G_GINT64_CONSTANT (1769848200250));
  g_assert_null (conversation->holder);
  g_assert_cmpstr (data, ==, CONVERSATION);
}

/* Whatever a person writes comes back as it was, also through a parser that is not ours. */
static void
test_any_text (void)
{
  g_autoptr (HandoverConversation) conversation = make_conversation ();
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (HandoverRecord) again = NULL;
  g_autofree char *data = NULL;
  g_autoptr (GError) error = NULL;

  for (int character = 1; character < 0x300; character++)
    g_string_append_unichar (text, character);
  for (int place = 0; place < 10; place++)
    for (const char *character = "\"\\\n\x01\x1f\x7f"; *character != '\0'; character++)
      g_string_append_printf (text, "é%.*s%cplain enough", place, "letters and on", *character);
  g_string_append (text, "</script> \"\\ \U0001f600 \u2028 مرحبا");
  g_set_str (&conversation->customer->name, text->str);
  g_set_str (&conversation->escalation->summary, "");
  conversation->escalation->confidence = 0.1;
  conversation->unread_count = G_MININT64;
  g_free (conversation->escalation->evidence[0]);
  conversation->escalation->evidence[0] = g_strdup ("\n\"");

  data = handover_record_to_data (HANDOVER_RECORD (conversation));
  again = handover_record_from_data (HANDOVER_TYPE_CONVERSATION, data, &error);
  g_assert_no_error (error);
  g_assert_true (handover_record_equal (again, HANDOVER_RECORD (conversation)));
  for (const char *character = data; *character != '\0'; character++)
    g_assert_false (g_ascii_iscntrl (*character));
}

static void
test_refused (void)
{
  struct
  {
    const char *data;
    const char *message;
  } cases[] = {
    { "[]", "HandoverPreview must be an object" },
    { "{\"author\":\"agent\",\"text\":\"\",\"at\":\"2026-01-31T08:30:00.250Z\"}", "id is missing" },
    { "{\"id\":7,\"author\":\"agent\",\"text\":\"\",\"at\":\"2026-01-31T08:30:00.250Z\"}", "id is of a wrong kind" },
    { "{\"id\":\"1\",\"author\":\"agent\",\"text\":null,\"at\":\"2026-01-31T08:30:00.250Z\"}", "text is missing" },
    { "{\"id\":\"1\",\"author\":\"agent\",\"text\":\"\",\"at\":\"soon\"}", "at is of a wrong kind" },
    { "{\"id\":\"1\",\"author\":\"agent\",\"text\":\"\",\"at\":\"2026-01-31T08:30:00.250Z\",\"operator\":{\"id\":\"o\"}}",
      "operator: name is missing" },
    { "{\"id\":{},\"author\":\"agent\",\"text\":\"\",\"at\":\"2026-01-31T08:30:00.250Z\"}", "id is of a wrong kind" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (HandoverRecord) record = handover_record_from_data (HANDOVER_TYPE_PREVIEW, cases[i].data, &error);

      g_assert_null (record);
      g_assert_error (error, HANDOVER_PROBLEM, HANDOVER_PROBLEM_INVALID_MEMBER);
      g_assert_cmpstr (error->message, ==, cases[i].message);
    }
}

static void
test_fraction (void)
{
  const char *refused[] = { "-0.1", "-10.41", "1.01", "41", "9223372036854775807", "\"0.5\"" };
  const char *accepted[] = { "0", "-0.0", "0.5", "1", "1.0" };

  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *data = g_strdup_printf (ESCALATION_WITH, refused[i]);
      g_autoptr (HandoverRecord) record = handover_record_from_data (HANDOVER_TYPE_ESCALATION, data, &error);

      g_assert_null (record);
      g_assert_error (error, HANDOVER_PROBLEM, HANDOVER_PROBLEM_INVALID_MEMBER);
      g_assert_cmpstr (error->message, ==, "confidence is of a wrong kind");
    }

  for (guint i = 0; i < G_N_ELEMENTS (accepted); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *data = g_strdup_printf (ESCALATION_WITH, accepted[i]);
      g_autoptr (HandoverRecord) record = handover_record_from_data (HANDOVER_TYPE_ESCALATION, data, &error);
      g_autoptr (HandoverRecord) again = NULL;
      g_autofree char *written = NULL;

      g_assert_no_error (error);
      written = handover_record_to_data (record);
      again = handover_record_from_data (HANDOVER_TYPE_ESCALATION, written, &error);
      g_assert_no_error (error);
      g_assert_true (handover_record_equal (record, again));
    }
}

static void
test_from_the_future (void)
{
  g_autoptr (HandoverRecord) again = NULL;
  g_autofree char *data = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (HandoverRecord) record = handover_record_from_data (
    HANDOVER_TYPE_CHANNEL_REFERENCE, "{\"kind\":\"telepathy\",\"strength\":9}", &error);

  g_assert_no_error (error);
  g_assert_cmpint (HANDOVER_CHANNEL_REFERENCE (record)->kind, ==, HANDOVER_CHANNEL_KIND_UNKNOWN);

  /* It is kept as what it is, unknown, so that what was stored can be read. */
  data = handover_record_to_data (record);
  again = handover_record_from_data (HANDOVER_TYPE_CHANNEL_REFERENCE, data, &error);
  g_assert_no_error (error);
  g_assert_true (handover_record_equal (record, again));
}

static void
count_notify_cb (GObject    *object,
                 GParamSpec *pspec,
                 GHashTable *seen)
{
  g_hash_table_add (seen, (gpointer) pspec->name);
}

static void
test_update (void)
{
  g_autoptr (HandoverConversation) shown = make_conversation ();
  g_autoptr (HandoverConversation) newer = make_conversation ();
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  gint64 unread = 0;

  g_signal_connect (shown, "notify", G_CALLBACK (count_notify_cb), seen);
  g_assert_false (handover_record_update (HANDOVER_RECORD (shown), HANDOVER_RECORD (newer)));
  g_assert_cmpuint (g_hash_table_size (seen), ==, 0);

  newer->unread_count = 4;
  newer->waiting_since = 0;
  g_set_str (&newer->customer->name, "Crystal Minh");
  g_assert_false (handover_record_equal (HANDOVER_RECORD (shown), HANDOVER_RECORD (newer)));
  g_assert_true (handover_record_update (HANDOVER_RECORD (shown), HANDOVER_RECORD (newer)));
  g_assert_true (handover_record_equal (HANDOVER_RECORD (shown), HANDOVER_RECORD (newer)));
  g_assert_cmpuint (g_hash_table_size (seen), ==, 3);
  g_assert_true (g_hash_table_contains (seen, "unread-count"));
  g_assert_true (g_hash_table_contains (seen, "waiting-since"));
  g_assert_true (g_hash_table_contains (seen, "customer"));

  g_object_get (shown, "unread-count", &unread, NULL);
  g_assert_cmpint (unread, ==, 4);
}

static void
test_copy (void)
{
  g_autoptr (HandoverConversation) conversation = make_conversation ();
  g_autoptr (HandoverRecord) copy = handover_record_copy (HANDOVER_RECORD (conversation));

  g_assert_true (copy != HANDOVER_RECORD (conversation));
  g_assert_true (handover_record_equal (copy, HANDOVER_RECORD (conversation)));
}

#define MESSAGE(attachments) \
  "{\"id\":\"m1\",\"conversation_id\":\"c1\",\"author\":\"customer\",\"kind\":\"message\",\"text\":\"\"," \
  "\"attachments\":" attachments ",\"epoch\":1,\"at\":\"2026-01-31T08:30:00.250Z\",\"version\":1}"

#define PHOTO "{\"id\":\"a1\",\"name\":\"rose.jpeg\",\"type\":\"image/jpeg\",\"size\":70,\"width\":4,\"height\":3}"
#define VOICE "{\"id\":\"a2\",\"name\":\"note.ogg\",\"type\":\"audio/ogg\",\"size\":0}"

static HandoverMessage *
make_message (const char *data)
{
  g_autoptr (GError) error = NULL;
  HandoverRecord *record = handover_record_from_data (HANDOVER_TYPE_MESSAGE, data, &error);

  g_assert_no_error (error);
  return HANDOVER_MESSAGE (record);
}

static void
test_lists (void)
{
  g_autoptr (HandoverMessage) none = make_message (MESSAGE ("[]"));
  g_autoptr (HandoverMessage) both = make_message (MESSAGE ("[" PHOTO "," VOICE "]"));
  g_autoptr (HandoverMessage) other = make_message (MESSAGE ("[" VOICE "," PHOTO "]"));
  g_autoptr (HandoverRecord) copy = handover_record_copy (HANDOVER_RECORD (both));
  g_autofree char *none_data = handover_record_to_data (HANDOVER_RECORD (none));
  g_autofree char *both_data = handover_record_to_data (HANDOVER_RECORD (both));
  g_autoptr (GPtrArray) shown = NULL;

  g_assert_null (none->attachments);
  g_assert_cmpstr (none_data, ==, MESSAGE ("[]"));
  g_assert_cmpuint (both->attachments->len, ==, 2);
  g_assert_cmpstr (both_data, ==, MESSAGE ("[" PHOTO "," VOICE "]"));
  g_assert_cmpint (handover_attachment_get_kind (both->attachments->pdata[0]), ==, HANDOVER_ATTACHMENT_IMAGE);
  g_assert_cmpint (handover_attachment_get_kind (both->attachments->pdata[1]), ==, HANDOVER_ATTACHMENT_AUDIO);

  g_assert_true (handover_record_equal (copy, HANDOVER_RECORD (both)));
  g_assert_false (handover_record_equal (HANDOVER_RECORD (other), HANDOVER_RECORD (both)));
  g_assert_false (handover_record_equal (HANDOVER_RECORD (none), HANDOVER_RECORD (both)));

  g_assert_true (handover_record_update (HANDOVER_RECORD (none), HANDOVER_RECORD (both)));
  g_object_get (none, "attachments", &shown, NULL);
  g_assert_cmpuint (shown->len, ==, 2);
}

static void
test_lists_refused (void)
{
  struct
  {
    const char *data;
    const char *message;
  } cases[] = {
    { MESSAGE ("{}"), "attachments is of a wrong kind" },
    { MESSAGE ("null"), "attachments is missing" },
    { MESSAGE ("[" PHOTO ",7]"), "attachments: 1: HandoverAttachment must be an object" },
    { MESSAGE ("[{\"id\":\"a\",\"name\":\"\",\"type\":\"\"}]"), "attachments: 0: size is missing" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (HandoverRecord) record = handover_record_from_data (HANDOVER_TYPE_MESSAGE, cases[i].data, &error);

      g_assert_null (record);
      g_assert_error (error, HANDOVER_PROBLEM, HANDOVER_PROBLEM_INVALID_MEMBER);
      g_assert_cmpstr (error->message, ==, cases[i].message);
    }
}

static void
test_event (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *data = g_strconcat ("{\"sequence\":7,\"kind\":\"conversation.updated\",\"at\":\"2026-01-31T08:30:00.250Z\","
                                       "\"conversation\":", CONVERSATION, "}", NULL);
  g_autoptr (HandoverRecord) record = handover_record_from_data (HANDOVER_TYPE_EVENT, data, &error);
  g_autofree char *again = NULL;

  g_assert_no_error (error);
  g_assert_cmpint (HANDOVER_EVENT (record)->sequence, ==, 7);
  g_assert_nonnull (HANDOVER_EVENT (record)->conversation);
  g_assert_null (HANDOVER_EVENT (record)->message);
  again = handover_record_to_data (record);
  g_assert_cmpstr (again, ==, data);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/record/both-ways", test_both_ways);
  g_test_add_func ("/record/any-text", test_any_text);
  g_test_add_func ("/record/refused", test_refused);
  g_test_add_func ("/record/fraction", test_fraction);
  g_test_add_func ("/record/from-the-future", test_from_the_future);
  g_test_add_func ("/record/update", test_update);
  g_test_add_func ("/record/copy", test_copy);
  g_test_add_func ("/record/lists", test_lists);
  g_test_add_func ("/record/lists-refused", test_lists_refused);
  g_test_add_func ("/record/event", test_event);

  return g_test_run ();
}
