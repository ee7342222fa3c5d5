/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "desk-fixture.h"

#include "core/handover-time.h"
#include "service/desk/handover-desk-templates.h"
#include "service/store/handover-store-events.h"
#include "service/store/handover-store-marks.h"
#include "service/store/handover-store-templates.h"

static HandoverMessage *
reply (DeskFixture          *fixture,
       HandoverConversation *conversation,
       const char           *text)
{
  g_autoptr (GError) error = NULL;
  HandoverMessage *message = handover_desk_reply (fixture->store, SHOP, fixture->kim, conversation->id, text, 0, NULL, &error);

  g_assert_no_error (error);
  return message;
}

static guint
count_in (const char *text,
          const char *part)
{
  guint count = 0;

  for (const char *found = strstr (text, part); found != NULL; found = strstr (found + 1, part))
    count++;
  return count;
}

static void
test_refused_are_recorded (DeskFixture   *fixture,
                           gconstpointer  data)
{
  g_autoptr (HandoverConversation) conversation = desk_fixture_put (fixture, HANDOVER_CONTROL_WAITING, FALSE);
  g_autofree char *transcript = NULL;
  gint64 count;
  g_autoptr (HandoverConversation) claimed = NULL;
  g_autofree char *next = NULL;

  for (guint i = 0; i < 25; i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (desk_fixture_tell (fixture, conversation->external_id, HANDOVER_AUTHOR_AGENT, "Let me", 1, &error));
      g_assert_error (error, HANDOVER_PROBLEM, HANDOVER_PROBLEM_CONVERSATION_FROZEN);
    }

  transcript = desk_fixture_read (fixture, conversation->id);
  g_assert_cmpuint (count_in (transcript, "agent/refused: Let me"), ==, 20);
  handover_store_count_refused (fixture->store, SHOP, conversation->id, conversation->epoch, &count, NULL);
  g_assert_cmpint (count, ==, 26);

  /* The next epoch counts anew. */
  claimed = handover_desk_claim (fixture->store, SHOP, fixture->kim, conversation->id, NULL);
  g_assert_null (desk_fixture_tell (fixture, conversation->external_id, HANDOVER_AUTHOR_AGENT, "Let me", 1, NULL));
  next = desk_fixture_read (fixture, conversation->id);
  g_assert_cmpuint (count_in (next, "agent/refused: Let me"), ==, 21);
}

static void
test_transition_message_is_known (DeskFixture   *fixture,
                                  gconstpointer  data)
{
  g_autoptr (HandoverConversation) conversation = desk_fixture_put (fixture, HANDOVER_CONTROL_WAITING, FALSE);
  g_autoptr (HandoverMessage) transition = NULL;
  g_autoptr (HandoverMessage) posted = NULL;
  g_autoptr (HandoverConversation) claimed = NULL;
  g_autoptr (GError) error = NULL;

  handover_store_find_transition (fixture->store, SHOP, conversation->id, &transition, &error);
  g_assert_no_error (error);
  posted = desk_fixture_tell (fixture, conversation->external_id, HANDOVER_AUTHOR_AGENT, TRANSITION_MESSAGE, 1, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (posted->id, ==, transition->id);

  claimed = handover_desk_claim (fixture->store, SHOP, fixture->kim, conversation->id, &error);
  g_assert_no_error (error);
  g_assert_null (desk_fixture_tell (fixture, conversation->external_id, HANDOVER_AUTHOR_AGENT, TRANSITION_MESSAGE, 1, &error));
  g_assert_error (error, HANDOVER_PROBLEM, HANDOVER_PROBLEM_CONVERSATION_FROZEN);
}

static void
test_wait_begins_once (DeskFixture   *fixture,
                       gconstpointer  data)
{
  g_autoptr (HandoverConversation) waiting = desk_fixture_put (fixture, HANDOVER_CONTROL_WAITING, FALSE);
  g_autoptr (HandoverConversation) claimed = NULL;
  g_autoptr (HandoverConversation) released = NULL;
  g_autoptr (HandoverConversation) answered = NULL;
  g_autoptr (HandoverMessage) message = NULL;
  g_autoptr (GError) error = NULL;

  claimed = handover_desk_claim (fixture->store, SHOP, fixture->kim, waiting->id, &error);
  released = handover_desk_release (fixture->store, SHOP, fixture->kim, waiting->id, &error);
  g_assert_no_error (error);
  g_assert_cmpint (released->waiting_since, ==, waiting->waiting_since);
  g_assert_null (released->escalation->claimed_by);

  g_clear_object (&claimed);
  claimed = handover_desk_claim (fixture->store, SHOP, fixture->kim, waiting->id, &error);
  message = reply (fixture, claimed, "Kim here");
  answered = desk_fixture_reload (fixture, waiting);
  g_assert_cmpint (answered->waiting_since, ==, 0);
}

static void
test_receipt_moves_forward (DeskFixture   *fixture,
                            gconstpointer  data)
{
  g_autoptr (HandoverConversation) waiting = desk_fixture_put (fixture, HANDOVER_CONTROL_WAITING, FALSE);
  g_autoptr (HandoverConversation) claimed = NULL;
  g_autoptr (HandoverConversation) released = NULL;
  g_autoptr (HandoverConversation) answered = NULL;
  g_autoptr (HandoverMessage) message = NULL;

  g_assert_cmpint (waiting->escalation->receipt, ==, HANDOVER_RECEIPT_QUEUED);
  claimed = handover_desk_claim (fixture->store, SHOP, fixture->kim, waiting->id, NULL);
  g_assert_cmpint (claimed->escalation->receipt, ==, HANDOVER_RECEIPT_CLAIMED);
  message = reply (fixture, claimed, "Kim here");
  released = handover_desk_release (fixture->store, SHOP, fixture->kim, waiting->id, NULL);
  g_assert_cmpint (released->escalation->receipt, ==, HANDOVER_RECEIPT_ANSWERED);
  answered = handover_desk_claim (fixture->store, SHOP, fixture->kim, waiting->id, NULL);
  g_assert_cmpint (answered->escalation->receipt, ==, HANDOVER_RECEIPT_ANSWERED);
}

static void
test_unread_count (DeskFixture   *fixture,
                   gconstpointer  data)
{
  g_autoptr (HandoverConversation) held = desk_fixture_put (fixture, HANDOVER_CONTROL_OPERATOR, FALSE);
  g_autoptr (HandoverMessage) first = NULL;
  g_autoptr (HandoverMessage) second = NULL;
  g_autoptr (HandoverMessage) answer = NULL;
  g_autoptr (HandoverConversation) read = NULL;
  g_autoptr (HandoverConversation) still = NULL;
  g_autoptr (HandoverConversation) answered = NULL;
  g_autoptr (GError) error = NULL;

  first = desk_fixture_tell (fixture, held->external_id, HANDOVER_AUTHOR_CUSTOMER, "One", 0, &error);
  second = desk_fixture_tell (fixture, held->external_id, HANDOVER_AUTHOR_CUSTOMER, "Two", 0, &error);
  g_assert_no_error (error);

  /* While Kim answers, what Lee reads does not count. */
  handover_desk_mark_read (fixture->store, SHOP, fixture->lee, held->id, second->id, &error);
  g_assert_no_error (error);
  still = desk_fixture_reload (fixture, held);
  g_assert_cmpint (still->unread_count, ==, 3);

  handover_desk_mark_read (fixture->store, SHOP, fixture->kim, held->id, first->id, &error);
  g_assert_no_error (error);
  read = desk_fixture_reload (fixture, held);
  g_assert_cmpint (read->unread_count, ==, 1);
  g_assert_cmpint (read->updated_at, ==, still->updated_at);
  g_assert_cmpint (read->version, ==, still->version + 1);

  answer = reply (fixture, held, "Kim here");
  answered = desk_fixture_reload (fixture, held);
  g_assert_cmpint (answered->unread_count, ==, 0);
}

static void
test_repeats (DeskFixture   *fixture,
              gconstpointer  data)
{
  g_autoptr (HandoverConversation) held = desk_fixture_put (fixture, HANDOVER_CONTROL_OPERATOR, FALSE);
  g_autoptr (GBytes) one = g_bytes_new_static ("one", 3);
  g_autoptr (GBytes) other = g_bytes_new_static ("other", 5);
  HandoverMessageOrigin origin = { .key = "k", .hash = one };
  g_autoptr (HandoverMessage) first = NULL;
  g_autoptr (HandoverMessage) again = NULL;
  g_autoptr (HandoverConversation) released = NULL;
  g_autoptr (GError) error = NULL;

  first = handover_desk_reply (fixture->store, SHOP, fixture->kim, held->id, "Hi", 0, &origin, &error);
  released = handover_desk_release (fixture->store, SHOP, fixture->kim, held->id, &error);
  again = handover_desk_reply (fixture->store, SHOP, fixture->kim, held->id, "Hi", 0, &origin, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (first->id, ==, again->id);

  origin.hash = other;
  g_assert_null (handover_desk_reply (fixture->store, SHOP, fixture->kim, held->id, "Ho", 0, &origin, &error));
  g_assert_error (error, HANDOVER_PROBLEM, HANDOVER_PROBLEM_IDEMPOTENCY_MISMATCH);
}

static void
test_agent_sees_what_the_customer_sees (DeskFixture   *fixture,
                                        gconstpointer  data)
{
  g_autoptr (HandoverConversation) held = desk_fixture_put (fixture, HANDOVER_CONTROL_OPERATOR, FALSE);
  g_autoptr (HandoverMessage) note = NULL;
  g_autoptr (HandoverMessage) answer = NULL;
  g_autoptr (GPtrArray) visible = NULL;
  g_autoptr (GPtrArray) rest = NULL;
  g_autoptr (GPtrArray) lines = NULL;
  g_autoptr (GError) error = NULL;
  gint64 next;

  note = handover_desk_note (fixture->store, SHOP, fixture->lee, held->id, "Between us", NULL, &error);
  g_assert_null (desk_fixture_tell (fixture, held->external_id, HANDOVER_AUTHOR_AGENT, "Let me", 1, NULL));
  answer = reply (fixture, held, "Kim here");

  visible = handover_store_list_visible (fixture->store, SHOP, held->id, 0, 100, &next, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (visible->len, ==, 3);
  g_assert_cmpstr (((HandoverMessage *) visible->pdata[2])->text, ==, "Kim here");
  rest = handover_store_list_visible (fixture->store, SHOP, held->id, next, 100, &next, &error);
  g_assert_cmpuint (rest->len, ==, 0);

  lines = handover_store_list_events (fixture->store, SHOP, 0, 1000, &error);
  for (guint i = 0; i < lines->len; i++)
    {
      HandoverLogLine *line = lines->pdata[i];
      const char *text = g_bytes_get_data (line->data, NULL);
      gboolean secret = g_strrstr_len (text, g_bytes_get_size (line->data), "Between us") != NULL ||
                        g_strrstr_len (text, g_bytes_get_size (line->data), "Let me") != NULL;

      g_assert_true (!secret || line->agent_id == NULL);
    }
}

static void
test_delivery_moves_forward (DeskFixture   *fixture,
                             gconstpointer  data)
{
  g_autoptr (HandoverConversation) held = desk_fixture_put (fixture, HANDOVER_CONTROL_OPERATOR, FALSE);
  g_autoptr (HandoverMessage) answer = reply (fixture, held, "Kim here");
  static const struct
  {
    HandoverDeliveryState told;
    HandoverDeliveryState state;
  } steps[] = {
    { HANDOVER_DELIVERY_STATE_DELIVERED, HANDOVER_DELIVERY_STATE_DELIVERED },
    { HANDOVER_DELIVERY_STATE_FAILED, HANDOVER_DELIVERY_STATE_DELIVERED },
    { HANDOVER_DELIVERY_STATE_READ, HANDOVER_DELIVERY_STATE_READ },
    { HANDOVER_DELIVERY_STATE_DELIVERED, HANDOVER_DELIVERY_STATE_READ },
  };
  g_auto (HandoverDeskAnswer) stranger = { NULL };
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (answer->delivery->state, ==, HANDOVER_DELIVERY_STATE_SENT);
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      g_auto (HandoverDeskAnswer) done = { NULL };
      g_autoptr (HandoverMessage) now = NULL;

      handover_desk_agent_status (fixture->store, SHOP, BOT, answer->id, steps[i].told, NULL, &done, &error);
      g_assert_no_error (error);
      now = handover_store_get_message (fixture->store, SHOP, answer->id, NULL, &error);
      g_assert_cmpint (now->delivery->state, ==, steps[i].state);
    }

  g_assert_false (handover_desk_agent_status (fixture->store, OTHER_SHOP, OTHER_BOT, answer->id,
                                              HANDOVER_DELIVERY_STATE_READ, NULL, &stranger, &error));
  g_assert_error (error, HANDOVER_PROBLEM, HANDOVER_PROBLEM_NOT_FOUND);
}

static void
test_brief_is_for_the_agent (DeskFixture   *fixture,
                             gconstpointer  data)
{
  g_autoptr (HandoverConversation) held = desk_fixture_put (fixture, HANDOVER_CONTROL_OPERATOR, FALSE);
  g_autoptr (HandoverConversation) resumed = NULL;
  g_auto (HandoverDeskAnswer) closed = { NULL };
  g_autofree char *brief = NULL;
  g_autofree char *gone = NULL;
  g_autoptr (GError) error = NULL;

  resumed = handover_desk_resolve (fixture->store, SHOP, fixture->kim, held->id, HANDOVER_OUTCOME_RESUME_AGENT,
                                   HANDOVER_RESOLUTION_UNKNOWN, "Refund by Friday", &error);
  handover_store_get_brief (fixture->store, SHOP, held->id, &brief, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (brief, ==, "Refund by Friday");

  handover_desk_agent_close (fixture->store, SHOP, BOT, held->external_id, resumed->epoch, &closed, &error);
  handover_store_get_brief (fixture->store, SHOP, held->id, &gone, &error);
  g_assert_no_error (error);
  g_assert_null (gone);
}

static void
test_escalating_again_adds (DeskFixture   *fixture,
                            gconstpointer  data)
{
  g_autoptr (HandoverConversation) waiting = desk_fixture_put (fixture, HANDOVER_CONTROL_WAITING, FALSE);
  g_autoptr (JsonNode) metadata = json_from_string ("{\"order_number\": \"7\"}", NULL);
  g_autoptr (JsonNode) more = json_from_string ("{\"user_id\": \"u1\"}", NULL);
  HandoverDeskCall call = {
    .external_id = waiting->external_id,
    .trigger = HANDOVER_TRIGGER_CUSTOMER_REQUEST,
    .summary = "Now also angry",
    .confidence = -1,
    .priority = HANDOVER_PRIORITY_URGENT,
    .metadata = json_node_get_object (metadata),
  };
  g_autoptr (HandoverConversation) after = NULL;
  g_autoptr (HandoverConversation) last = NULL;
  g_autofree char *transition = NULL;
  g_autofree char *unused = NULL;
  g_autoptr (GError) error = NULL;
  gboolean opened;

  handover_desk_escalate (fixture->store, SHOP, BOT, &call, &after, &opened, &transition, &error);
  g_assert_no_error (error);
  g_assert_false (opened);
  g_assert_cmpstr (transition, ==, TRANSITION_MESSAGE);
  g_assert_cmpstr (after->escalation->id, ==, waiting->escalation->id);
  g_assert_cmpstr (after->escalation->summary, ==, "Wants to return jeans\n\nNow also angry");
  g_assert_cmpint (after->escalation->trigger, ==, HANDOVER_TRIGGER_KNOWLEDGE_GAP);
  g_assert_cmpint (after->escalation->priority, ==, HANDOVER_PRIORITY_URGENT);
  g_assert_cmpint (after->epoch, ==, waiting->epoch);

  call.metadata = json_node_get_object (more);
  handover_desk_escalate (fixture->store, SHOP, BOT, &call, &last, &opened, &unused, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (json_object_get_string_member (json_node_get_object (last->metadata), "order_number"), ==, "7");
  g_assert_cmpstr (last->customer->user_id, ==, "u1");
}

static void
test_templates (DeskFixture   *fixture,
                gconstpointer  data)
{
  HandoverDeskTemplate told = { "Greeting", "hi", "Hello", HANDOVER_TEMPLATE_SCOPE_PERSONAL };
  HandoverDeskTemplate shared = { .scope = HANDOVER_TEMPLATE_SCOPE_BUSINESS };
  g_autoptr (HandoverTemplate) template = NULL;
  g_autoptr (HandoverTemplate) changed = NULL;
  g_autoptr (GPtrArray) none = NULL;
  g_autoptr (GPtrArray) one = NULL;
  g_autofree char *next_cursor = NULL;
  g_autoptr (GError) error = NULL;

  template = handover_desk_create_template (fixture->store, SHOP, fixture->kim->id, &told, &error);
  g_assert_no_error (error);
  none = handover_store_list_templates (fixture->store, SHOP, fixture->lee->id, NULL, 10, &next_cursor, &error);
  g_assert_cmpuint (none->len, ==, 0);
  g_assert_false (handover_desk_delete_template (fixture->store, SHOP, fixture->lee->id, template->id, &error));
  g_assert_error (error, HANDOVER_PROBLEM, HANDOVER_PROBLEM_NOT_FOUND);
  g_clear_error (&error);

  changed = handover_desk_change_template (fixture->store, SHOP, fixture->kim->id, template->id, &shared, &error);
  g_assert_no_error (error);
  one = handover_store_list_templates (fixture->store, SHOP, fixture->lee->id, NULL, 10, &next_cursor, &error);
  g_assert_cmpuint (one->len, ==, 1);
  g_assert_true (handover_desk_delete_template (fixture->store, SHOP, fixture->lee->id, template->id, &error));
}

static void
test_lists_are_paged_in_order (DeskFixture   *fixture,
                               gconstpointer  data)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree char *cursor = NULL;
  gint64 before = G_MININT64;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 7; i++)
    g_object_unref (desk_fixture_put (fixture, HANDOVER_CONTROL_WAITING, i % 2));

  do
    {
      g_autofree char *next = NULL;
      g_autoptr (GPtrArray) page = handover_store_list_conversations (fixture->store, SHOP, HANDOVER_STORE_VIEW_WAITING,
                                                                      fixture->kim->id, cursor, 3, &next, &error);

      g_assert_no_error (error);
      for (guint i = 0; i < page->len; i++)
        {
          HandoverConversation *conversation = page->pdata[i];

          g_assert_cmpint (conversation->waiting_since, >=, before);
          before = conversation->waiting_since;
          g_assert_true (g_hash_table_add (seen, g_strdup (conversation->id)));
        }
      g_set_str (&cursor, next);
    }
  while (cursor != NULL);
  g_assert_cmpuint (g_hash_table_size (seen), ==, 7);
}

#define ADD(path, test) g_test_add (path, DeskFixture, NULL, desk_fixture_set_up, test, desk_fixture_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("/desk/messages/refused-are-recorded", test_refused_are_recorded);
  ADD ("/desk/messages/transition-message", test_transition_message_is_known);
  ADD ("/desk/messages/wait-begins-once", test_wait_begins_once);
  ADD ("/desk/messages/receipt", test_receipt_moves_forward);
  ADD ("/desk/messages/unread-count", test_unread_count);
  ADD ("/desk/messages/repeats", test_repeats);
  ADD ("/desk/messages/agent-sees", test_agent_sees_what_the_customer_sees);
  ADD ("/desk/messages/delivery", test_delivery_moves_forward);
  ADD ("/desk/messages/brief", test_brief_is_for_the_agent);
  ADD ("/desk/messages/escalating-again", test_escalating_again_adds);
  ADD ("/desk/messages/templates", test_templates);
  ADD ("/desk/messages/lists", test_lists_are_paged_in_order);

  return g_test_run ();
}
