/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "core/handover-time.h"
#include "desk-fixture.h"

#define TALK "talk"

/* One character of a script says who speaks: customer, agent, operator. */
static GArray *
parse_script (const char *const *script)
{
  GArray *lines = g_array_new (FALSE, TRUE, sizeof (HandoverDeskLine));

  for (; *script != NULL; script++)
    {
      HandoverDeskLine line = { .text = *script + 2 };

      line.author = **script == 'c'   ? HANDOVER_AUTHOR_CUSTOMER
                    : **script == 'a' ? HANDOVER_AUTHOR_AGENT
                                      : HANDOVER_AUTHOR_OPERATOR;
      g_array_append_val (lines, line);
    }

  return lines;
}

#define ESCALATE(fixture, ...) \
  escalate (fixture, (const char *const[]){ __VA_ARGS__, NULL })

static void
escalate (DeskFixture       *fixture,
          const char *const *script)
{
  g_autoptr (GArray) lines = parse_script (script);
  g_autoptr (HandoverConversation) conversation = NULL;

  conversation = desk_fixture_escalate (fixture, TALK, (HandoverDeskLine *) (gpointer) lines->data, lines->len);
}

static HandoverConversation *
find (DeskFixture *fixture)
{
  HandoverConversation *conversation;

  handover_store_find_conversation (fixture->store, SHOP, BOT, TALK, &conversation, NULL);
  g_assert_nonnull (conversation);
  return conversation;
}

/* What customers and agents said, as one text. */
static void
assert_said (DeskFixture *fixture,
             const char  *expected)
{
  g_autoptr (HandoverConversation) conversation = find (fixture);
  g_autofree char *transcript = desk_fixture_read (fixture, conversation->id);
  g_auto (GStrv) lines = g_strsplit (transcript, "\n", -1);
  g_autoptr (GString) said = g_string_new (NULL);

  for (char **line = lines; *line != NULL; line++)
    if (!g_str_has_prefix (*line, "system/"))
      g_string_append_printf (said, "%s%s", said->len > 0 ? "; " : "", *line);
  g_assert_cmpstr (said->str, ==, expected);
}

static void
relay (DeskFixture    *fixture,
       HandoverAuthor  author,
       const char     *text,
       gint64          epoch)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HandoverMessage) message = desk_fixture_tell (fixture, TALK, author, text, epoch, &error);

  g_assert_no_error (error);
}

static void
test_same_call_twice (DeskFixture   *fixture,
                      gconstpointer  data)
{
  gint64 first;
  gint64 second;

  ESCALATE (fixture, "c Hi", "a Hello", "c ok");
  handover_store_get_sequence (fixture->store, SHOP, &first, NULL);
  ESCALATE (fixture, "c Hi", "a Hello", "c ok");
  handover_store_get_sequence (fixture->store, SHOP, &second, NULL);
  assert_said (fixture, "customer/message: Hi; agent/message: Hello; customer/message: ok");
  g_assert_cmpint (first, ==, second);
}

static void
test_grown_list (DeskFixture   *fixture,
                 gconstpointer  data)
{
  ESCALATE (fixture, "c Hi", "a Hello");
  ESCALATE (fixture, "c Hi", "a Hello", "c Are you there?");
  assert_said (fixture, "customer/message: Hi; agent/message: Hello; customer/message: Are you there?");
}

static void
test_after_relayed (DeskFixture   *fixture,
                    gconstpointer  data)
{
  relay (fixture, HANDOVER_AUTHOR_CUSTOMER, "Hi", 0);
  relay (fixture, HANDOVER_AUTHOR_AGENT, "Hello", 0);
  ESCALATE (fixture, "c Hi", "a Hello", "c I want a person");
  assert_said (fixture, "customer/message: Hi; agent/message: Hello; customer/message: I want a person");
}

static void
test_ok_twice (DeskFixture   *fixture,
               gconstpointer  data)
{
  relay (fixture, HANDOVER_AUTHOR_CUSTOMER, "ok", 0);
  ESCALATE (fixture, "c ok", "c ok");
  ESCALATE (fixture, "c ok", "c ok");
  assert_said (fixture, "customer/message: ok; customer/message: ok");
}

static void
test_after_hand_back (DeskFixture   *fixture,
                      gconstpointer  data)
{
  g_autoptr (HandoverConversation) conversation = NULL;
  g_autoptr (HandoverConversation) claimed = NULL;
  g_autoptr (HandoverConversation) resumed = NULL;
  g_autoptr (HandoverMessage) reply = NULL;
  g_autoptr (GError) error = NULL;

  ESCALATE (fixture, "c Hi", "a Hello");
  conversation = find (fixture);
  claimed = handover_desk_claim (fixture->store, SHOP, fixture->kim, conversation->id, &error);
  g_assert_no_error (error);
  reply = handover_desk_reply (fixture->store, SHOP, fixture->kim, conversation->id, "Kim here", 0, NULL, &error);
  g_assert_no_error (error);
  resumed = handover_desk_resolve (fixture->store, SHOP, fixture->kim, conversation->id, HANDOVER_OUTCOME_RESUME_AGENT,
                                   HANDOVER_RESOLUTION_UNKNOWN, NULL, &error);
  g_assert_no_error (error);
  relay (fixture, HANDOVER_AUTHOR_AGENT, "Me again", resumed->epoch);

  ESCALATE (fixture, "c Hi", "a Hello", "o Kim here", "a Me again", "c Help");
  assert_said (fixture, "customer/message: Hi; agent/message: Hello; operator/message: Kim here; "
               "agent/message: Me again; customer/message: Help");
}

static void
test_ids (DeskFixture   *fixture,
          gconstpointer  data)
{
  HandoverDeskLine lines[] = {
    { .id = "1", .author = HANDOVER_AUTHOR_CUSTOMER, .text = "ok" },
    { .id = "2", .author = HANDOVER_AUTHOR_CUSTOMER, .text = "ok" },
    { .id = "3", .author = HANDOVER_AUTHOR_CUSTOMER, .text = "ok" },
  };

  g_object_unref (desk_fixture_escalate (fixture, TALK, lines, 2));
  g_object_unref (desk_fixture_escalate (fixture, TALK, lines + 1, 2));
  assert_said (fixture, "customer/message: ok; customer/message: ok; customer/message: ok");
}

static void
test_no_way_around_a_refusal (DeskFixture   *fixture,
                              gconstpointer  data)
{
  ESCALATE (fixture, "c Hi", "a Hello");
  ESCALATE (fixture, "c Hi", "a Hello", "a I will refund you now", "c Thanks");
  assert_said (fixture, "customer/message: Hi; agent/message: Hello; agent/refused: I will refund you now; "
               "customer/message: Thanks");
}

static void
test_transcript_that_comes_later (DeskFixture   *fixture,
                                  gconstpointer  data)
{
  escalate (fixture, (const char *const[]){ NULL });
  ESCALATE (fixture, "c Hi", "a Hello");
  assert_said (fixture, "customer/message: Hi; agent/message: Hello");
}

static void
test_refused_words_do_not_return (DeskFixture   *fixture,
                                  gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  ESCALATE (fixture, "c Hi");
  g_assert_null (desk_fixture_tell (fixture, TALK, HANDOVER_AUTHOR_AGENT, "Still me", 0, &error));
  ESCALATE (fixture, "c Hi", "a Still me");
  assert_said (fixture, "customer/message: Hi; agent/refused: Still me");
}

#define ADD(path, test) g_test_add (path, DeskFixture, NULL, desk_fixture_set_up, test, desk_fixture_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("/desk/transcript/same-call-twice", test_same_call_twice);
  ADD ("/desk/transcript/grown-list", test_grown_list);
  ADD ("/desk/transcript/after-relayed", test_after_relayed);
  ADD ("/desk/transcript/ok-twice", test_ok_twice);
  ADD ("/desk/transcript/after-hand-back", test_after_hand_back);
  ADD ("/desk/transcript/ids", test_ids);
  ADD ("/desk/transcript/no-way-around-a-refusal", test_no_way_around_a_refusal);
  ADD ("/desk/transcript/comes-later", test_transcript_that_comes_later);
  ADD ("/desk/transcript/refused-words-do-not-return", test_refused_words_do_not_return);

  return g_test_run ();
}
