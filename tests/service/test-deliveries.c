/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "channel-fixture.h"

#include <string.h>

/* A customer wrote, and a person answers; the customer is told nothing but what the test says. */
static char *
begin (ServiceFixture *self,
       FakeAccount    *account,
       const char     *contact)
{
  channel_fixture_quieten (self);
  fake_account_write (account, contact, "Hello");
  return channel_fixture_claim (self, contact);
}

/* In order for each customer, cut at the ends of words. */
static void
test_order (ServiceFixture *self,
            gconstpointer   data)
{
  FakeAccount *account = fake_account_get ("a");
  g_autofree char *channel = channel_fixture_connect (self, "a");
  g_autofree char *ana = begin (self, account, "ana");
  g_autofree char *ben = begin (self, account, "ben");

  channel_fixture_reply (self, ana, "One");
  channel_fixture_reply (self, ben, "Eins");
  channel_fixture_reply (self, ana, "Two is a longer text that takes three");
  channel_fixture_reply (self, ben, "Zwei");
  channel_fixture_reply (self, ana, "Three");
  channel_fixture_expect (fake_account_read (account, "ana"), "One\nTwo is a longer text\nthat takes three\nThree");
  channel_fixture_expect (fake_account_read (account, "ben"), "Eins\nZwei");
  channel_fixture_expect (channel_fixture_read (self, ana),
                          "customer: Hello\noperator: One (sent)\n"
                          "operator: Two is a longer text that takes three (sent)\noperator: Three (sent)");
}

/* So many in any second, and each chat in its own time. */
static void
test_pace (ServiceFixture *self,
           gconstpointer   data)
{
  FakeAccount *account = fake_account_get ("a");
  g_autofree char *channel = channel_fixture_connect (self, "a");
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < 10; i++)
    {
      g_autofree char *contact = g_strdup_printf ("c%u", i);

      g_ptr_array_add (ids, begin (self, account, contact));
    }
  for (guint i = 0; i < 60; i++)
    channel_fixture_reply (self, ids->pdata[i % ids->len], "A text");
  channel_fixture_wait (account->sent->len == 60);

  for (guint i = 0; i < account->sent->len; i++)
    {
      FakeSent *sent = account->sent->pdata[i];

      if (i >= FAKE_PER_SECOND)
        g_assert_cmpint (sent->at - ((FakeSent *) account->sent->pdata[i - FAKE_PER_SECOND])->at, >=, G_USEC_PER_SEC);
      for (guint j = 0; j < i; j++)
        {
          FakeSent *earlier = account->sent->pdata[j];

          if (g_str_equal (earlier->contact, sent->contact))
            g_assert_cmpint (sent->at - earlier->at, >=, FAKE_CHAT_INTERVAL * 1000);
        }
    }
}

/* What surely was not taken is tried again, and nothing of the same customer goes before it. */
static void
test_tried_again (ServiceFixture *self,
                  gconstpointer   data)
{
  FakeAccount *account = fake_account_get ("a");
  g_autofree char *channel = channel_fixture_connect (self, "a");
  g_autofree char *ana = begin (self, account, "ana");
  g_autofree char *ben = begin (self, account, "ben");

  fake_account_answer (account, "ana", HANDOVER_SEND_AGAIN, 1);
  fake_account_answer (account, "ana", HANDOVER_SEND_AGAIN, 0);
  channel_fixture_reply (self, ana, "One");
  channel_fixture_reply (self, ana, "Two");
  channel_fixture_wait (account->sent->len == 1);
  channel_fixture_reply (self, ben, "Eins");
  channel_fixture_expect (fake_account_read (account, "ben"), "Eins");
  g_assert_cmpuint (account->sent->len, ==, 2);
  channel_fixture_expect (fake_account_read (account, "ana"), "One\nOne\nOne\nTwo");
  channel_fixture_expect (channel_fixture_read (self, ana), "customer: Hello\noperator: One (sent)\noperator: Two (sent)");
  g_assert_cmpint (((FakeSent *) account->sent->pdata[2])->at - ((FakeSent *) account->sent->pdata[0])->at, >=,
                   G_USEC_PER_SEC);
}

/* Blocked, or nobody knows: said truthfully, never sent again, and the next goes on. */
static void
test_given_up (ServiceFixture *self,
               gconstpointer   data)
{
  FakeAccount *account = fake_account_get ("a");
  g_autofree char *channel = channel_fixture_connect (self, "a");
  g_autofree char *ana = begin (self, account, "ana");
  g_autofree char *path = g_strdup_printf ("/v1/conversations/%s/messages", ana);
  JsonArray *items;
  const char *const reasons[] = {
    "The platform said no.",
    "It may not have arrived: the answer did not come, so it was not sent again.",
    "Only its beginning was sent. The platform said no.",
  };

  fake_account_answer (account, "ana", HANDOVER_SEND_REFUSED, 0);
  fake_account_answer (account, "ana", HANDOVER_SEND_UNKNOWN, 0);
  fake_account_answer (account, "ana", HANDOVER_SEND_SENT, 0);
  fake_account_answer (account, "ana", HANDOVER_SEND_REFUSED, 0);
  channel_fixture_reply (self, ana, "One");
  channel_fixture_reply (self, ana, "Two");
  channel_fixture_reply (self, ana, "Three parts are one too many for this customer");
  channel_fixture_reply (self, ana, "Four");
  channel_fixture_expect (channel_fixture_read (self, ana),
                          "customer: Hello\noperator: One (failed)\noperator: Two (failed)\n"
                          "operator: Three parts are one too many for this customer (failed)\noperator: Four (sent)");
  channel_fixture_expect (fake_account_read (account, "ana"), "One\nTwo\nThree parts are one\ntoo many for this\nFour");

  items = json_object_get_array_member (channel_fixture_call (self, "GET", path, self->token, 200, "%s", ""), "items");
  for (guint i = 0; i < G_N_ELEMENTS (reasons); i++)
    {
      JsonObject *message = json_array_get_object_element (items, 3 - i);

      g_assert_cmpstr (json_object_get_string_member (json_object_get_object_member (message, "delivery"), "reason"), ==,
                       reasons[i]);
    }
}

static char *
begin_with_agent (ServiceFixture *self,
                  FakeAccount    *account,
                  const char     *channel,
                  const char     *contact,
                  char          **key)
{
  g_autofree char *agent = channel_fixture_agent (self, key);
  g_autofree char *path = g_strconcat ("/v1/channels/", channel, NULL);
  char *id = NULL;

  channel_fixture_quieten (self);
  channel_fixture_call (self, "PATCH", path, self->token, 200, "{\"agent_id\":\"%s\"}", agent);
  fake_account_write (account, contact, "Hello");
  channel_fixture_wait ((id = channel_fixture_find (self, contact)) != NULL);
  return id;
}

/* What the agent said before a person took over does not come out after it, however long it has waited. */
static void
test_silenced (ServiceFixture *self,
               gconstpointer   data)
{
  FakeAccount *account = fake_account_get ("a");
  g_autofree char *channel = channel_fixture_connect (self, "a");
  g_autofree char *key = NULL;
  g_autofree char *id = begin_with_agent (self, account, channel, "ana", &key);
  g_autofree char *messages = g_strdup_printf ("/agent/v1/conversations/sms%%3A%s%%3Aana/messages", channel);

  fake_account_answer (account, "ana", HANDOVER_SEND_AGAIN, 1);
  channel_fixture_call (self, "POST", messages, key, 201, "{\"author\":\"agent\",\"text\":\"One\"}");
  channel_fixture_call (self, "POST", messages, key, 201, "{\"author\":\"agent\",\"text\":\"Two\"}");
  channel_fixture_wait (account->sent->len == 1);
  g_free (channel_fixture_claim (self, "ana"));
  channel_fixture_reply (self, id, "A person");
  channel_fixture_expect (channel_fixture_read (self, id),
                          "customer: Hello\nagent: One (failed)\nagent: Two (failed)\noperator: A person (sent)");
  channel_fixture_expect (fake_account_read (account, "ana"), "One\nA person");
}

/* What it said before it asked for a person itself is still its turn. */
static void
test_said_before_asking (ServiceFixture *self,
                         gconstpointer   data)
{
  FakeAccount *account = fake_account_get ("a");
  g_autofree char *channel = channel_fixture_connect (self, "a");
  g_autofree char *key = NULL;
  g_autofree char *id = begin_with_agent (self, account, channel, "ana", &key);
  g_autofree char *messages = g_strdup_printf ("/agent/v1/conversations/sms%%3A%s%%3Aana/messages", channel);

  fake_account_answer (account, "ana", HANDOVER_SEND_AGAIN, 1);
  channel_fixture_call (self, "POST", messages, key, 201, "{\"author\":\"agent\",\"text\":\"One\"}");
  channel_fixture_wait (account->sent->len == 1);
  channel_fixture_call (self, "POST", "/agent/v1/escalations", key, 201,
                        "{\"conversation\":{\"external_id\":\"sms:%s:ana\"},\"summary\":\"Help\",\"trigger\":\"policy\"}",
                        channel);
  channel_fixture_expect (fake_account_read (account, "ana"), "One\nOne");
  g_free (channel_fixture_claim (self, "ana"));
}

/* A chat that has another name now is found by it from then on. */
static void
test_moved (ServiceFixture *self,
            gconstpointer   data)
{
  FakeAccount *account = fake_account_get ("a");
  g_autofree char *channel = channel_fixture_connect (self, "a");
  g_autofree char *ana = begin (self, account, "ana");

  fake_account_answer (account, "ana", HANDOVER_SEND_MOVED, 0);
  channel_fixture_reply (self, ana, "One");
  channel_fixture_expect (fake_account_read (account, "ana-moved"), "One");
  fake_account_write (account, "ana-moved", "Thanks");
  channel_fixture_expect (channel_fixture_read (self, ana), "customer: Hello\noperator: One (sent)\ncustomer: Thanks");
}

/* The newest message of a kind, or NULL. */
static char *
find_newest (ServiceFixture *self,
             const char     *conversation_id,
             const char     *kind)
{
  g_autofree char *path = g_strdup_printf ("/v1/conversations/%s/messages", conversation_id);
  JsonObject *page = channel_fixture_call (self, "GET", path, self->token, 200, "%s", "");
  JsonArray *items = json_object_get_array_member (page, "items");

  for (guint i = 0; i < json_array_get_length (items); i++)
    {
      JsonObject *message = json_array_get_object_element (items, i);

      if (g_str_equal (json_object_get_string_member (message, "kind"), kind))
        return g_strdup (json_object_get_string_member (message, "id"));
    }
  return NULL;
}

/* The newest message, with what it answers. */
static char *
read_newest (ServiceFixture *self,
             const char     *conversation_id)
{
  g_autofree char *all = channel_fixture_read (self, conversation_id);
  const char *last = strrchr (all, '\n');

  return g_strdup (last != NULL ? last + 1 : all);
}

static void
answer (ServiceFixture *self,
        const char     *conversation_id,
        const char     *kind,
        const char     *text,
        const char     *reply_to,
        guint           status)
{
  g_autofree char *path = g_strdup_printf ("/v1/conversations/%s/messages", conversation_id);

  channel_fixture_call (self, "POST", path, self->token, status, "{\"kind\":\"%s\",\"text\":\"%s\",\"reply_to\":\"%s\"}",
                        kind, text, reply_to);
}

/* Both sides say which message they answer; the first part carries it, and what nobody knows is left out. */
static void
test_quotes (ServiceFixture *self,
             gconstpointer   data)
{
  FakeAccount *account = fake_account_get ("a");
  g_autofree char *channel = channel_fixture_connect (self, "a");
  g_autofree char *ana = begin (self, account, "ana");
  g_autofree char *ben = begin (self, account, "ben");
  g_autofree char *hello = find_newest (self, ana, "message");
  g_autofree char *messages = g_strdup_printf ("/v1/conversations/%s/messages", ana);
  g_autofree char *note = NULL;

  answer (self, ana, "reply", "Two is a longer text", hello, 201);
  answer (self, ana, "reply", "Three is a longer text that takes two", hello, 201);
  channel_fixture_expect (fake_account_read (account, "ana"),
                          "Two is a longer text <- in-0\nThree is a longer <- in-0\ntext that takes two");
  fake_account_write (account, "ana", "To the third")->reply_to = g_strdup ("out-3");
  fake_account_write (account, "ana", "To my own")->reply_to = g_strdup ("in-0");
  fake_account_write (account, "ana", "To what was before")->reply_to = g_strdup ("long ago");
  channel_fixture_expect (channel_fixture_read (self, ana),
                          "customer: Hello\noperator: Two is a longer text <- Hello (sent)\n"
                          "operator: Three is a longer text that takes two <- Hello (sent)\n"
                          "customer: To the third <- Three is a longer text that takes two\n"
                          "customer: To my own <- Hello\ncustomer: To what was before");

  answer (self, ana, "note", "For us", hello, 422);
  answer (self, ana, "reply", "No", "ms_nobody", 422);
  answer (self, ben, "reply", "Not ana's", hello, 422);
  channel_fixture_call (self, "POST", messages, self->token, 201, "{\"kind\":\"note\",\"text\":\"Between us\"}");
  note = find_newest (self, ana, "note");
  answer (self, ana, "reply", "Nor what is hidden", note, 422);

  /* Elsewhere the same names may be those of other messages. */
  fake_account_answer (account, "ana", HANDOVER_SEND_MOVED, 0);
  answer (self, ana, "reply", "Four", hello, 201);
  channel_fixture_expect (fake_account_read (account, "ana-moved"), "Four");
  fake_account_write (account, "ana-moved", "Bye")->reply_to = g_strdup ("in-0");
  channel_fixture_expect (read_newest (self, ana), "customer: Bye");
}

/* A status goes forward only, whatever order it comes in. */
static void
test_statuses (ServiceFixture *self,
               gconstpointer   data)
{
  FakeAccount *account = fake_account_get ("a");
  g_autofree char *channel = channel_fixture_connect (self, "a");
  g_autofree char *ana = begin (self, account, "ana");
  const HandoverDeliveryState states[] = { HANDOVER_DELIVERY_STATE_READ, HANDOVER_DELIVERY_STATE_DELIVERED };

  channel_fixture_reply (self, ana, "One");
  channel_fixture_expect (channel_fixture_read (self, ana), "customer: Hello\noperator: One (sent)");
  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    {
      HandoverInboundEvent *event = fake_account_write (account, "ana", NULL);

      event->kind = HANDOVER_INBOUND_STATUS;
      event->state = states[i];
      g_set_str (&event->remote_id, "out-1");
    }
  fake_account_write (account, "ana", "Thanks");
  channel_fixture_expect (channel_fixture_read (self, ana), "customer: Hello\noperator: One (read)\ncustomer: Thanks");
}

/* What the only channel last had trouble with, once that is written down. */
static char *
read_trouble (ServiceFixture *self)
{
  JsonObject *page = channel_fixture_call (self, "GET", "/v1/channels", self->token, 200, "%s", "");
  JsonObject *channel = json_array_get_object_element (json_object_get_array_member (page, "items"), 0);

  return g_strdup (json_object_get_string_member_with_default (channel, "last_error", NULL));
}

/* What was on its way when the service was killed may have arrived; all else goes out once, in order. */
static void
test_killed (ServiceFixture *self,
             gconstpointer   data)
{
  FakeAccount *account = fake_account_get ("a");
  g_autofree char *channel = channel_fixture_connect (self, "a");
  g_autofree char *ana = begin (self, account, "ana");
  g_autofree char *ben = begin (self, account, "ben");

  channel_fixture_reply (self, ana, "One");
  channel_fixture_expect (channel_fixture_read (self, ana), "customer: Hello\noperator: One (sent)");
  fake_account_answer (account, "ana", FAKE_HANG, 0);
  fake_account_answer (account, "ben", HANDOVER_SEND_AGAIN, 3600);
  channel_fixture_reply (self, ana, "Two");
  channel_fixture_reply (self, ana, "Three");
  channel_fixture_reply (self, ana, "Four");
  channel_fixture_reply (self, ben, "Eins");
  channel_fixture_wait (account->sent->len == 3);
  channel_fixture_expect (read_trouble (self), "The platform said no.");

  channel_fixture_kill (self);
  channel_fixture_expect (channel_fixture_read (self, ana),
                          "customer: Hello\noperator: One (sent)\noperator: Two (failed)\n"
                          "operator: Three (sent)\noperator: Four (sent)");
  channel_fixture_expect (fake_account_read (account, "ana"), "One\nTwo\nThree\nFour");
  channel_fixture_expect (fake_account_read (account, "ben"), "Eins\nEins");
}

/* One that fails slows no other; it says why, and recovers by itself. */
static void
test_one_fails (ServiceFixture *self,
                gconstpointer   data)
{
  FakeAccount *bad = fake_account_get ("bad");
  FakeAccount *good = fake_account_get ("good");
  g_autofree char *bad_id = channel_fixture_connect (self, "bad");
  g_autofree char *good_id = channel_fixture_connect (self, "good");
  g_autofree char *ana = begin (self, bad, "ana");
  g_autofree char *ben = begin (self, good, "ben");

  bad->down = TRUE;
  fake_account_answer (bad, NULL, HANDOVER_SEND_LOCKED_OUT, 0);
  fake_account_write (bad, "ana", "Are you there?");
  channel_fixture_expect (channel_fixture_read (self, ana), "customer: Hello\ncustomer: Are you there?");
  channel_fixture_reply (self, ana, "Yes");
  channel_fixture_expect (channel_fixture_describe (self, bad_id), "failing: The platform is down.");
  channel_fixture_reply (self, ben, "Ja");
  channel_fixture_expect (channel_fixture_read (self, ben), "customer: Hello\noperator: Ja (sent)");
  channel_fixture_expect (channel_fixture_describe (self, good_id), "connected");

  bad->down = FALSE;
  channel_fixture_expect (channel_fixture_describe (self, bad_id), "connected");
  channel_fixture_expect (channel_fixture_read (self, ana), "customer: Hello\ncustomer: Are you there?\noperator: Yes (sent)");
  g_assert_cmpuint (good->n_opened, ==, 1);
}

/* Disconnected, nothing waits as if it would still go. */
static void
test_disconnected (ServiceFixture *self,
                   gconstpointer   data)
{
  FakeAccount *account = fake_account_get ("a");
  g_autofree char *channel = channel_fixture_connect (self, "a");
  g_autofree char *path = g_strconcat ("/v1/channels/", channel, NULL);
  g_autofree char *ana = begin (self, account, "ana");

  fake_account_answer (account, "ana", HANDOVER_SEND_AGAIN, 3600);
  channel_fixture_reply (self, ana, "One");
  channel_fixture_wait (account->sent->len == 1);
  channel_fixture_expect (channel_fixture_read (self, ana), "customer: Hello\noperator: One (queued)");
  channel_fixture_call (self, "DELETE", path, self->token, 204, "%s", "");
  channel_fixture_reply (self, ana, "Two");
  channel_fixture_expect (channel_fixture_read (self, ana), "customer: Hello\noperator: One (failed)\noperator: Two (failed)");

  g_free (channel_fixture_connect (self, "a"));
  channel_fixture_reply (self, ana, "Three");
  channel_fixture_expect (channel_fixture_read (self, ana),
                          "customer: Hello\noperator: One (failed)\noperator: Two (failed)\noperator: Three (sent)");
  channel_fixture_expect (fake_account_read (account, "ana"), "One\nThree");
}

static void
add (const char *name,
     void      (*test) (ServiceFixture *, gconstpointer))
{
  g_autofree char *path = g_strconcat ("/deliveries/", name, NULL);

  g_test_add (path, ServiceFixture, NULL, channel_fixture_set_up, test, channel_fixture_tear_down);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  add ("order", test_order);
  add ("pace", test_pace);
  add ("tried-again", test_tried_again);
  add ("given-up", test_given_up);
  add ("silenced", test_silenced);
  add ("said-before-asking", test_said_before_asking);
  add ("moved", test_moved);
  add ("quotes", test_quotes);
  add ("statuses", test_statuses);
  add ("killed", test_killed);
  add ("one-fails", test_one_fails);
  add ("disconnected", test_disconnected);

  return g_test_run ();
}
