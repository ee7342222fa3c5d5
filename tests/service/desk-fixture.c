/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "desk-fixture.h"

#include <glib/gstdio.h>

#include "core/handover-enum-types.h"
#include "core/handover-time.h"
#include "service/store/handover-store-agents.h"
#include "service/store/handover-store-businesses.h"
#include "service/store/handover-store-escalations.h"
#include "service/store/handover-store-events.h"
#include "service/store/handover-store-keys.h"
#include "service/store/handover-store-operators.h"

static void
add_business (DeskFixture *self,
              const char  *id)
{
  g_autoptr (HandoverBusiness) business = g_object_new (HANDOVER_TYPE_BUSINESS, NULL);
  g_autoptr (GError) error = NULL;

  business->id = g_strdup (id);
  business->name = g_strdup ("A shop");
  business->transition_message = g_strdup (TRANSITION_MESSAGE);
  business->created_at = handover_time_now ();
  handover_store_add_business (self->store, business, &error);
  g_assert_no_error (error);
}

static void
add_agent (DeskFixture *self,
           const char  *business_id,
           const char  *id)
{
  g_autoptr (HandoverAgent) agent = g_object_new (HANDOVER_TYPE_AGENT, NULL);
  g_autoptr (GBytes) hash = g_bytes_new (id, strlen (id));
  g_autofree char *key_id = g_strconcat ("key_of_", id, NULL);
  g_autoptr (GError) error = NULL;

  agent->id = g_strdup (id);
  agent->name = g_strdup ("Bot");
  agent->kind = HANDOVER_AGENT_KIND_CUSTOM;
  agent->enabled = TRUE;
  handover_store_add_agent (self->store, business_id, agent, &error);
  g_assert_no_error (error);
  handover_store_add_key (self->store, business_id, id, key_id, "first", hash, &error);
  g_assert_no_error (error);
}

static HandoverPerson *
add_operator (DeskFixture      *self,
              const char       *business_id,
              const char       *name,
              HandoverPresence  presence)
{
  g_autoptr (HandoverOperator) operator = g_object_new (HANDOVER_TYPE_OPERATOR, NULL);
  HandoverPerson *person = g_object_new (HANDOVER_TYPE_PERSON, NULL);
  g_autoptr (GError) error = NULL;

  operator->id = handover_store_new_id ("op");
  operator->name = g_strdup (name);
  operator->email = g_strdup_printf ("%s@example.org", name);
  operator->role = HANDOVER_ROLE_OPERATOR;
  operator->presence = presence;
  operator->active = TRUE;
  handover_store_add_operator (self->store, business_id, operator, "no hash", &error);
  g_assert_no_error (error);

  person->id = g_strdup (operator->id);
  person->name = g_strdup (name);
  return person;
}

void
desk_fixture_set_up (DeskFixture   *self,
                     gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;

  self->folder = g_dir_make_tmp ("handover-desk-XXXXXX", &error);
  g_assert_no_error (error);
  path = g_build_filename (self->folder, "test.db", NULL);
  self->database = handover_database_open (path, HANDOVER_DATABASE_DEFAULT, &error);
  g_assert_no_error (error);
  self->store = handover_store_new (self->database, TRUE, &error);
  g_assert_no_error (error);
  handover_database_begin_write (self->database, &error);
  g_assert_no_error (error);

  add_business (self, SHOP);
  add_business (self, OTHER_SHOP);
  add_agent (self, SHOP, BOT);
  add_agent (self, OTHER_SHOP, OTHER_BOT);
  self->kim = add_operator (self, SHOP, "Kim", HANDOVER_PRESENCE_AVAILABLE);
  self->lee = add_operator (self, SHOP, "Lee", HANDOVER_PRESENCE_AVAILABLE);
  self->away = add_operator (self, SHOP, "Robin", HANDOVER_PRESENCE_AWAY);
}

void
desk_fixture_tear_down (DeskFixture   *self,
                        gconstpointer  data)
{
  g_autoptr (GDir) folder = g_dir_open (self->folder, 0, NULL);
  const char *name;

  g_object_unref (self->kim);
  g_object_unref (self->lee);
  g_object_unref (self->away);
  handover_database_rollback (self->database);
  g_assert_finalize_object (self->store);
  g_assert_finalize_object (self->database);

  while ((name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *path = g_build_filename (self->folder, name, NULL);

      g_unlink (path);
    }
  g_rmdir (self->folder);
  g_free (self->folder);
}

HandoverConversation *
desk_fixture_reload (DeskFixture          *self,
                     HandoverConversation *conversation)
{
  g_autoptr (GError) error = NULL;
  HandoverConversation *loaded = handover_store_get_conversation (self->store, SHOP, conversation->id, &error);

  g_assert_no_error (error);
  return loaded;
}

HandoverConversation *
desk_fixture_escalate (DeskFixture            *self,
                       const char             *external_id,
                       const HandoverDeskLine *lines,
                       guint                   n_lines)
{
  HandoverDeskCall call = {
    .external_id = external_id,
    .channel = HANDOVER_CHANNEL_KIND_API,
    .trigger = HANDOVER_TRIGGER_KNOWLEDGE_GAP,
    .summary = "Wants to return jeans",
    .confidence = 0.41,
    .lines = lines,
    .n_lines = n_lines,
  };
  HandoverConversation *conversation = NULL;
  g_autofree char *transition_message = NULL;
  g_autoptr (GError) error = NULL;
  gboolean opened;

  handover_desk_escalate (self->store, SHOP, BOT, &call, &conversation, &opened, &transition_message, &error);
  g_assert_no_error (error);
  return conversation;
}

HandoverMessage *
desk_fixture_tell (DeskFixture     *self,
                   const char      *external_id,
                   HandoverAuthor   author,
                   const char      *text,
                   gint64           epoch,
                   GError         **error)
{
  HandoverDeskLine line = { .author = author, .text = text, .epoch = epoch };
  g_auto (HandoverDeskAnswer) answer = { NULL };

  if (!handover_desk_agent_message (self->store, SHOP, BOT, external_id, NULL, &line, NULL, &answer, error))
    return NULL;
  if (answer.refusal != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&answer.refusal));
      return NULL;
    }

  return g_steal_pointer (&answer.message);
}

static void
claim_by_kim (DeskFixture          *self,
              HandoverConversation *conversation)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HandoverConversation) claimed = handover_desk_claim (self->store, SHOP, self->kim, conversation->id, &error);

  g_assert_no_error (error);
}

/* Puts a new conversation in a state: from its first epoch, or after a round through all of them. */
HandoverConversation *
desk_fixture_put (DeskFixture     *self,
                  HandoverControl  control,
                  gboolean         later)
{
  g_autofree char *external_id = g_strdup_printf ("talk-%u", ++self->n_conversations);
  g_autoptr (HandoverMessage) message = NULL;
  g_autoptr (HandoverConversation) conversation = NULL;
  g_auto (HandoverDeskAnswer) answer = { NULL };
  g_autoptr (GError) error = NULL;

  message = desk_fixture_tell (self, external_id, HANDOVER_AUTHOR_CUSTOMER, "Hello", 0, &error);
  g_assert_no_error (error);
  conversation = handover_store_get_conversation (self->store, SHOP, message->conversation_id, &error);
  g_assert_no_error (error);
  if (later)
    {
      g_autoptr (HandoverConversation) called = desk_fixture_escalate (self, external_id, NULL, 0);
      g_autoptr (HandoverConversation) resumed = NULL;

      claim_by_kim (self, conversation);
      resumed = handover_desk_resolve (self->store, SHOP, self->kim, conversation->id, HANDOVER_OUTCOME_RESUME_AGENT,
                                       HANDOVER_RESOLUTION_UNKNOWN, "Go on", &error);
      g_assert_no_error (error);
    }

  if (control == HANDOVER_CONTROL_CLOSED)
    {
      handover_desk_agent_close (self->store, SHOP, BOT, external_id, 0, &answer, &error);
      g_assert_no_error (error);
    }
  if (control == HANDOVER_CONTROL_WAITING || control == HANDOVER_CONTROL_OPERATOR)
    g_object_unref (desk_fixture_escalate (self, external_id, NULL, 0));
  if (control == HANDOVER_CONTROL_OPERATOR)
    claim_by_kim (self, conversation);

  return desk_fixture_reload (self, conversation);
}

/* The transcript in one line for each entry, oldest first. */
char *
desk_fixture_read (DeskFixture *self,
                   const char  *conversation_id)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *next_cursor = NULL;
  g_autoptr (GPtrArray) page = handover_store_list_messages (self->store, SHOP, conversation_id, NULL, 200, &next_cursor, &error);
  GString *text = g_string_new (NULL);

  g_assert_no_error (error);
  g_assert_null (next_cursor);
  for (guint i = page->len; i > 0; i--)
    {
      HandoverMessage *message = page->pdata[i - 1];

      g_string_append_printf (text, "%s%s/%s: %s", text->len > 0 ? "\n" : "",
                              handover_enum_to_nick (HANDOVER_TYPE_AUTHOR, message->author),
                              handover_enum_to_nick (HANDOVER_TYPE_MESSAGE_KIND, message->kind), message->text);
    }
  return g_string_free_and_steal (text);
}

/* What must be true of every conversation after every command. */
void
desk_fixture_check (DeskFixture          *self,
                    HandoverConversation *conversation)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *next_cursor = NULL;
  g_autoptr (GPtrArray) escalations = handover_store_list_escalations (self->store, SHOP, conversation->id, NULL, 200,
                                                                       &next_cursor, &error);
  g_autoptr (GPtrArray) lines = NULL;
  guint n_open = 0;

  g_assert_no_error (error);
  for (guint i = 0; i < escalations->len; i++)
    n_open += ((HandoverEscalation *) escalations->pdata[i])->resolved_at == 0;
  g_assert_cmpuint (n_open, ==, conversation->escalation != NULL);
  g_assert_cmpint (conversation->escalation != NULL, ==,
                   conversation->control == HANDOVER_CONTROL_WAITING || conversation->control == HANDOVER_CONTROL_OPERATOR);
  g_assert_cmpint (conversation->holder != NULL, ==, conversation->control == HANDOVER_CONTROL_OPERATOR);
  g_assert_true (conversation->control != HANDOVER_CONTROL_WAITING || conversation->waiting_since != 0);

  lines = handover_store_list_events (self->store, SHOP, 0, 100000, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < lines->len; i++)
    g_assert_cmpint (((HandoverLogLine *) lines->pdata[i])->sequence, ==, i + 1);
}
