/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "core/handover-enum-types.h"
#include "core/handover-enums.h"
#include "desk-fixture.h"

typedef enum
{
  ESCALATE,
  CLAIM_KIM,
  CLAIM_LEE,
  RELEASE_KIM,
  RELEASE_LEE,
  TRANSFER_LEE,
  TRANSFER_SELF,
  TRANSFER_AWAY,
  TRANSFER_NOBODY,
  RESUME_KIM,
  RESUME_LEE,
  CLOSE_KIM,
  CLOSE_LEE,
  REPLY_KIM,
  REPLY_KIM_STALE,
  REPLY_LEE,
  NOTE_LEE,
  AGENT_SAYS,
  AGENT_SAYS_STALE,
  AGENT_SAYS_WITHOUT_EPOCH,
  AGENT_CLOSES,
  CUSTOMER_SAYS,
} Command;

#define AGENT HANDOVER_CONTROL_AGENT
#define WAITING HANDOVER_CONTROL_WAITING
#define OPERATOR HANDOVER_CONTROL_OPERATOR
#define CLOSED HANDOVER_CONTROL_CLOSED

/* What each command does in each state: the code of the refusal or "", and who has control afterwards. */
static const struct
{
  Command command;
  struct
  {
    const char *refusal;
    HandoverControl next;
  } in[4];
} table[] = {
  { ESCALATE, { { "", WAITING }, { "", WAITING }, { "", OPERATOR }, { "", WAITING } } },
  { CLAIM_KIM, { { "", OPERATOR }, { "", OPERATOR }, { "", OPERATOR }, { "", OPERATOR } } },
  { CLAIM_LEE, { { "", OPERATOR }, { "", OPERATOR }, { "already_claimed", OPERATOR }, { "", OPERATOR } } },
  { RELEASE_KIM, { { "not_holder", AGENT }, { "not_holder", WAITING }, { "", WAITING }, { "not_holder", CLOSED } } },
  { RELEASE_LEE, { { "not_holder", AGENT }, { "not_holder", WAITING }, { "not_holder", OPERATOR }, { "not_holder", CLOSED } } },
  { TRANSFER_LEE, { { "not_holder", AGENT }, { "not_holder", WAITING }, { "", OPERATOR }, { "not_holder", CLOSED } } },
  { TRANSFER_SELF, { { "not_holder", AGENT }, { "not_holder", WAITING }, { "operator_unavailable", OPERATOR }, { "not_holder", CLOSED } } },
  { TRANSFER_AWAY, { { "not_holder", AGENT }, { "not_holder", WAITING }, { "operator_unavailable", OPERATOR }, { "not_holder", CLOSED } } },
  { TRANSFER_NOBODY, { { "not_holder", AGENT }, { "not_holder", WAITING }, { "operator_unavailable", OPERATOR }, { "not_holder", CLOSED } } },
  { RESUME_KIM, { { "not_holder", AGENT }, { "not_holder", WAITING }, { "", AGENT }, { "not_holder", CLOSED } } },
  { RESUME_LEE, { { "not_holder", AGENT }, { "not_holder", WAITING }, { "not_holder", OPERATOR }, { "not_holder", CLOSED } } },
  { CLOSE_KIM, { { "not_holder", AGENT }, { "not_holder", WAITING }, { "", CLOSED }, { "not_holder", CLOSED } } },
  { CLOSE_LEE, { { "not_holder", AGENT }, { "not_holder", WAITING }, { "not_holder", OPERATOR }, { "not_holder", CLOSED } } },
  { REPLY_KIM, { { "not_holder", AGENT }, { "not_holder", WAITING }, { "", OPERATOR }, { "not_holder", CLOSED } } },
  { REPLY_KIM_STALE, { { "not_holder", AGENT }, { "not_holder", WAITING }, { "stale_epoch", OPERATOR }, { "not_holder", CLOSED } } },
  { REPLY_LEE, { { "not_holder", AGENT }, { "not_holder", WAITING }, { "not_holder", OPERATOR }, { "not_holder", CLOSED } } },
  { NOTE_LEE, { { "", AGENT }, { "", WAITING }, { "", OPERATOR }, { "", CLOSED } } },
  { AGENT_SAYS, { { "", AGENT }, { "conversation_frozen", WAITING }, { "conversation_frozen", OPERATOR }, { "conversation_frozen", CLOSED } } },
  { AGENT_SAYS_STALE, { { "stale_epoch", AGENT }, { "conversation_frozen", WAITING }, { "conversation_frozen", OPERATOR }, { "conversation_frozen", CLOSED } } },
  { AGENT_SAYS_WITHOUT_EPOCH, { { "epoch_required", AGENT }, { "conversation_frozen", WAITING }, { "conversation_frozen", OPERATOR }, { "conversation_frozen", CLOSED } } },
  { AGENT_CLOSES, { { "", CLOSED }, { "conversation_frozen", WAITING }, { "conversation_frozen", OPERATOR }, { "", CLOSED } } },
  { CUSTOMER_SAYS, { { "", AGENT }, { "", WAITING }, { "", OPERATOR }, { "", AGENT } } },
};

typedef struct
{
  Command command;
  HandoverConversation *conversation;
  DeskFixture *fixture;
} Attempt;

static gpointer
speak (Attempt  *attempt,
       GError  **error)
{
  HandoverConversation *conversation = attempt->conversation;
  const char *name = conversation->external_id;
  g_auto (HandoverDeskAnswer) answer = { NULL };

  switch (attempt->command)
    {
    case AGENT_SAYS:
      return desk_fixture_tell (attempt->fixture, name, HANDOVER_AUTHOR_AGENT, "Hi", conversation->epoch, error);
    case AGENT_SAYS_STALE:
      return desk_fixture_tell (attempt->fixture, name, HANDOVER_AUTHOR_AGENT, "Hi", conversation->epoch + 1, error);
    case AGENT_SAYS_WITHOUT_EPOCH:
      return desk_fixture_tell (attempt->fixture, name, HANDOVER_AUTHOR_AGENT, "Hi", 0, error);
    case CUSTOMER_SAYS:
      return desk_fixture_tell (attempt->fixture, name, HANDOVER_AUTHOR_CUSTOMER, "Hi", 0, error);
    default:
      handover_desk_agent_close (attempt->fixture->store, SHOP, BOT, name, 0, &answer, error);
      if (answer.refusal == NULL)
        return g_object_ref (answer.conversation);
      g_propagate_error (error, g_steal_pointer (&answer.refusal));
      return NULL;
    }
}

static gpointer
write_down (Attempt  *attempt,
            GError  **error)
{
  DeskFixture *f = attempt->fixture;
  const char *id = attempt->conversation->id;
  gint64 epoch = attempt->conversation->epoch;

  switch (attempt->command)
    {
    case REPLY_KIM:
      return handover_desk_reply (f->store, SHOP, f->kim, id, "Hi", epoch, NULL, error);
    case REPLY_KIM_STALE:
      return handover_desk_reply (f->store, SHOP, f->kim, id, "Hi", epoch + 7, NULL, error);
    case REPLY_LEE:
      return handover_desk_reply (f->store, SHOP, f->lee, id, "Hi", epoch, NULL, error);
    case NOTE_LEE:
      return handover_desk_note (f->store, SHOP, f->lee, id, "Hi", NULL, error);
    default:
      return speak (attempt, error);
    }
}

static gpointer
do_command (Attempt  *attempt,
            GError  **error)
{
  DeskFixture *f = attempt->fixture;
  HandoverStore *store = f->store;
  const char *id = attempt->conversation->id;
  HandoverResolution none = HANDOVER_RESOLUTION_UNKNOWN;

  switch (attempt->command)
    {
    case ESCALATE:
      return desk_fixture_escalate (f, attempt->conversation->external_id, NULL, 0);
    case CLAIM_KIM:
      return handover_desk_claim (store, SHOP, f->kim, id, error);
    case CLAIM_LEE:
      return handover_desk_claim (store, SHOP, f->lee, id, error);
    case RELEASE_KIM:
      return handover_desk_release (store, SHOP, f->kim, id, error);
    case RELEASE_LEE:
      return handover_desk_release (store, SHOP, f->lee, id, error);
    case TRANSFER_LEE:
      return handover_desk_transfer (store, SHOP, f->kim, id, f->lee->id, error);
    case TRANSFER_SELF:
      return handover_desk_transfer (store, SHOP, f->kim, id, f->kim->id, error);
    case TRANSFER_AWAY:
      return handover_desk_transfer (store, SHOP, f->kim, id, f->away->id, error);
    case TRANSFER_NOBODY:
      return handover_desk_transfer (store, SHOP, f->kim, id, "op_nobody", error);
    case RESUME_KIM:
      return handover_desk_resolve (store, SHOP, f->kim, id, HANDOVER_OUTCOME_RESUME_AGENT, none, "Brief", error);
    case RESUME_LEE:
      return handover_desk_resolve (store, SHOP, f->lee, id, HANDOVER_OUTCOME_RESUME_AGENT, none, "Brief", error);
    case CLOSE_KIM:
      return handover_desk_resolve (store, SHOP, f->kim, id, HANDOVER_OUTCOME_CLOSE, none, NULL, error);
    case CLOSE_LEE:
      return handover_desk_resolve (store, SHOP, f->lee, id, HANDOVER_OUTCOME_CLOSE, none, NULL, error);
    default:
      return write_down (attempt, error);
    }
}

static void
check_row (DeskFixture *fixture,
           guint        row,
           guint        state,
           gboolean     later)
{
  static const HandoverControl states[] = { AGENT, WAITING, OPERATOR, CLOSED };
  const char *refusal = table[row].in[state].refusal;
  g_autoptr (HandoverConversation) before = desk_fixture_put (fixture, states[state], later);
  g_autoptr (HandoverConversation) after = NULL;
  g_autoptr (GObject) result = NULL;
  g_autoptr (GError) error = NULL;
  Attempt attempt = { table[row].command, before, fixture };
  gboolean moved;

  /* In its first epoch an agent may leave the epoch out. */
  if (table[row].command == AGENT_SAYS_WITHOUT_EPOCH && states[state] == AGENT && !later)
    refusal = "";

  g_test_message ("command %u in state %u, %s epoch", table[row].command, state, later ? "later" : "first");
  g_assert_cmpint (before->control, ==, states[state]);
  result = do_command (&attempt, &error);
  g_assert_cmpstr (error != NULL ? handover_problem_get_code (error->code) : "", ==, refusal);
  g_assert_cmpint (error == NULL, ==, result != NULL);

  after = desk_fixture_reload (fixture, before);
  g_assert_cmpint (after->control, ==, table[row].in[state].next);
  moved = after->control != before->control ||
          g_strcmp0 (after->holder != NULL ? after->holder->id : NULL, before->holder != NULL ? before->holder->id : NULL) != 0;
  g_assert_cmpint (after->epoch, ==, before->epoch + (moved ? 1 : 0));
  desk_fixture_check (fixture, after);
}

static void
test_table (DeskFixture   *fixture,
            gconstpointer  data)
{
  for (guint row = 0; row < G_N_ELEMENTS (table); row++)
    for (guint state = 0; state < 4; state++)
      {
        check_row (fixture, row, state, FALSE);
        check_row (fixture, row, state, TRUE);
      }
}

static void
test_holder_is_named (DeskFixture   *fixture,
                      gconstpointer  data)
{
  g_autoptr (HandoverConversation) conversation = desk_fixture_put (fixture, OPERATOR, FALSE);
  g_autoptr (GError) error = NULL;

  g_assert_null (handover_desk_claim (fixture->store, SHOP, fixture->lee, conversation->id, &error));
  g_assert_error (error, HANDOVER_PROBLEM, HANDOVER_PROBLEM_ALREADY_CLAIMED);
  g_assert_nonnull (strstr (error->message, "Kim"));
}

static void
test_second_claim_changes_nothing (DeskFixture   *fixture,
                                   gconstpointer  data)
{
  g_autoptr (HandoverConversation) before = desk_fixture_put (fixture, OPERATOR, FALSE);
  g_autoptr (GError) error = NULL;
  g_autoptr (HandoverConversation) again = NULL;
  gint64 sequence;
  gint64 sequence_after;

  handover_store_get_sequence (fixture->store, SHOP, &sequence, NULL);
  again = handover_desk_claim (fixture->store, SHOP, fixture->kim, before->id, &error);
  g_assert_no_error (error);
  handover_store_get_sequence (fixture->store, SHOP, &sequence_after, NULL);
  g_assert_cmpint (sequence_after, ==, sequence);
  g_assert_true (handover_record_equal (HANDOVER_RECORD (before), HANDOVER_RECORD (again)));
}

static void
test_transitions_leave_a_trace (DeskFixture   *fixture,
                                gconstpointer  data)
{
  g_autoptr (HandoverConversation) conversation = desk_fixture_put (fixture, OPERATOR, FALSE);
  g_autoptr (HandoverConversation) transferred = NULL;
  g_autoptr (HandoverConversation) released = NULL;
  g_autoptr (HandoverConversation) claimed = NULL;
  g_autoptr (HandoverConversation) resumed = NULL;
  g_autofree char *transcript = NULL;
  g_autoptr (GError) error = NULL;

  transferred = handover_desk_transfer (fixture->store, SHOP, fixture->kim, conversation->id, fixture->lee->id, &error);
  g_assert_no_error (error);
  released = handover_desk_release (fixture->store, SHOP, fixture->lee, conversation->id, &error);
  g_assert_no_error (error);
  claimed = handover_desk_claim (fixture->store, SHOP, fixture->kim, conversation->id, &error);
  g_assert_no_error (error);
  resumed = handover_desk_resolve (fixture->store, SHOP, fixture->kim, conversation->id, HANDOVER_OUTCOME_RESUME_AGENT,
                                   HANDOVER_RESOLUTION_PROMISED, "Refund by Friday", &error);
  g_assert_no_error (error);

  transcript = desk_fixture_read (fixture, conversation->id);
  g_assert_cmpstr (transcript, ==,
                   "customer/message: Hello\n"
                   "system/control: The AI asked for a person\n"
                   "system/transition: " TRANSITION_MESSAGE "\n"
                   "system/control: Kim took over\n"
                   "system/control: Kim transferred the conversation to Lee\n"
                   "system/control: Lee released the conversation\n"
                   "system/control: Kim took over\n"
                   "system/control: Kim handed the conversation back to the AI");
}

static void
test_deactivation_lets_all_wait (DeskFixture   *fixture,
                                 gconstpointer  data)
{
  g_autoptr (HandoverConversation) one = desk_fixture_put (fixture, OPERATOR, FALSE);
  g_autoptr (HandoverConversation) two = desk_fixture_put (fixture, OPERATOR, TRUE);
  g_autoptr (HandoverConversation) one_after = NULL;
  g_autoptr (HandoverConversation) two_after = NULL;
  g_autoptr (GError) error = NULL;

  handover_desk_release_all_of (fixture->store, SHOP, fixture->kim->id, &error);
  g_assert_no_error (error);
  one_after = desk_fixture_reload (fixture, one);
  two_after = desk_fixture_reload (fixture, two);
  g_assert_cmpint (one_after->control, ==, WAITING);
  g_assert_cmpint (two_after->control, ==, WAITING);
  g_assert_cmpint (one_after->waiting_since, ==, one->waiting_since);
  g_assert_cmpstr (one_after->escalation->id, ==, one->escalation->id);
}

static void
disable_agent (DeskFixture *fixture)
{
  g_autoptr (GError) error = NULL;

  handover_database_run (fixture->database, "agent.update", &error, "ttti", SHOP, BOT, "Bot", (gint64) 0);
  g_assert_no_error (error);
}

static void
test_without_agent (DeskFixture   *fixture,
                    gconstpointer  data)
{
  g_autoptr (HandoverConversation) talking = desk_fixture_put (fixture, AGENT, FALSE);
  g_autoptr (HandoverConversation) closed = desk_fixture_put (fixture, CLOSED, FALSE);
  g_autoptr (HandoverConversation) held = desk_fixture_put (fixture, OPERATOR, FALSE);
  g_autoptr (HandoverMessage) one = NULL;
  g_autoptr (HandoverMessage) two = NULL;
  g_autoptr (HandoverConversation) failed = NULL;
  g_autoptr (HandoverConversation) returned = NULL;
  g_autoptr (GError) error = NULL;

  disable_agent (fixture);
  g_assert_null (desk_fixture_tell (fixture, talking->external_id, HANDOVER_AUTHOR_AGENT, "Still me", 1, &error));
  g_assert_error (error, HANDOVER_PROBLEM, HANDOVER_PROBLEM_CONVERSATION_FROZEN);
  g_clear_error (&error);
  g_assert_null (handover_desk_resolve (fixture->store, SHOP, fixture->kim, held->id, HANDOVER_OUTCOME_RESUME_AGENT,
                                        HANDOVER_RESOLUTION_UNKNOWN, NULL, &error));
  g_assert_error (error, HANDOVER_PROBLEM, HANDOVER_PROBLEM_NO_AGENT);
  g_clear_error (&error);

  one = desk_fixture_tell (fixture, talking->external_id, HANDOVER_AUTHOR_CUSTOMER, "Anybody?", 0, &error);
  g_assert_no_error (error);
  failed = desk_fixture_reload (fixture, talking);
  g_assert_cmpint (failed->control, ==, WAITING);
  g_assert_cmpint (failed->escalation->trigger, ==, HANDOVER_TRIGGER_AGENT_FAILURE);
  g_assert_cmpstr (failed->escalation->summary, ==, "Anybody?");

  two = desk_fixture_tell (fixture, closed->external_id, HANDOVER_AUTHOR_CUSTOMER, "Me again", 0, &error);
  g_assert_no_error (error);
  returned = desk_fixture_reload (fixture, closed);
  g_assert_cmpint (returned->control, ==, WAITING);
  g_assert_cmpint (returned->escalation->trigger, ==, HANDOVER_TRIGGER_CUSTOMER_RETURNED);
}

static void
test_other_business (DeskFixture   *fixture,
                     gconstpointer  data)
{
  g_autoptr (HandoverConversation) conversation = desk_fixture_put (fixture, WAITING, FALSE);
  g_autoptr (GError) error = NULL;
  g_auto (HandoverDeskAnswer) answer = { NULL };

  g_assert_null (handover_desk_claim (fixture->store, OTHER_SHOP, fixture->kim, conversation->id, &error));
  g_assert_error (error, HANDOVER_PROBLEM, HANDOVER_PROBLEM_NOT_FOUND);
  g_clear_error (&error);
  g_assert_null (handover_desk_note (fixture->store, OTHER_SHOP, fixture->kim, conversation->id, "Hi", NULL, &error));
  g_assert_error (error, HANDOVER_PROBLEM, HANDOVER_PROBLEM_NOT_FOUND);
  g_clear_error (&error);
  g_assert_false (handover_desk_agent_close (fixture->store, OTHER_SHOP, OTHER_BOT, conversation->external_id, 0, &answer, &error));
  g_assert_error (error, HANDOVER_PROBLEM, HANDOVER_PROBLEM_NOT_FOUND);
}

#define ADD(path, test) g_test_add (path, DeskFixture, NULL, desk_fixture_set_up, test, desk_fixture_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("/desk/control/table", test_table);
  ADD ("/desk/control/holder-is-named", test_holder_is_named);
  ADD ("/desk/control/second-claim-changes-nothing", test_second_claim_changes_nothing);
  ADD ("/desk/control/trace", test_transitions_leave_a_trace);
  ADD ("/desk/control/deactivation", test_deactivation_lets_all_wait);
  ADD ("/desk/control/without-agent", test_without_agent);
  ADD ("/desk/control/other-business", test_other_business);

  return g_test_run ();
}
