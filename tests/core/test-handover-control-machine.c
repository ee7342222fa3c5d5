/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Handover developers
 */

#include "core/handover-control-machine.h"
#include "core/handover-problem.h"

/* Every state × every command × first and later epoch, against a table written by hand. A row says what becomes of a
 * command: the control afterwards, or the refusal. */

typedef struct
{
  const char *name;
  HandoverCommand command;
  const char *actor;
  const char *target;
  gboolean target_available;
  gboolean agent_enabled;
  /* One expectation each for: agent, waiting, operator, closed. */
  const char *expected[4];
} Row;

#define ME "me"
#define KIM "kim"
#define FROZEN "!conversation_frozen"
#define NOT_HOLDER "!not_holder"

static const Row rows[] = {
  { "escalate", HANDOVER_COMMAND_ESCALATE, NULL, NULL, FALSE, TRUE,
    { "waiting open transition escalated", "waiting add", "operator add", "waiting open escalated" } },
  { "agent message", HANDOVER_COMMAND_AGENT_MESSAGE, NULL, NULL, FALSE, TRUE,
    { "agent keep", FROZEN, FROZEN, FROZEN } },
  { "agent message, agent disabled", HANDOVER_COMMAND_AGENT_MESSAGE, NULL, NULL, FALSE, FALSE,
    { FROZEN, FROZEN, FROZEN, FROZEN } },
  { "agent close", HANDOVER_COMMAND_AGENT_CLOSE, NULL, NULL, FALSE, TRUE,
    { "closed keep closed", FROZEN, FROZEN, "closed keep" } },
  { "agent close, agent disabled", HANDOVER_COMMAND_AGENT_CLOSE, NULL, NULL, FALSE, FALSE,
    { "closed keep closed", FROZEN, FROZEN, "closed keep" } },
  { "customer, agent enabled", HANDOVER_COMMAND_CUSTOMER_MESSAGE, NULL, NULL, FALSE, TRUE,
    { "agent keep", "waiting keep", "operator keep", "agent keep reopened" } },
  { "customer, no agent", HANDOVER_COMMAND_CUSTOMER_MESSAGE, NULL, NULL, FALSE, FALSE,
    { "waiting open agent_failure transition escalated", "waiting keep", "operator keep",
      "waiting open customer_returned escalated" } },
  { "claim by holder", HANDOVER_COMMAND_CLAIM, ME, NULL, FALSE, TRUE,
    { "operator open-and-claim operator_takeover transition claimed", "operator claim claimed", "operator keep",
      "operator open-and-claim operator_takeover claimed" } },
  { "claim by another", HANDOVER_COMMAND_CLAIM, KIM, NULL, FALSE, TRUE,
    { "operator open-and-claim operator_takeover transition claimed", "operator claim claimed", "!already_claimed",
      "operator open-and-claim operator_takeover claimed" } },
  { "reply by holder", HANDOVER_COMMAND_REPLY, ME, NULL, FALSE, TRUE,
    { NOT_HOLDER, NOT_HOLDER, "operator keep", NOT_HOLDER } },
  { "reply by another", HANDOVER_COMMAND_REPLY, KIM, NULL, FALSE, TRUE,
    { NOT_HOLDER, NOT_HOLDER, NOT_HOLDER, NOT_HOLDER } },
  { "release by holder", HANDOVER_COMMAND_RELEASE, ME, NULL, FALSE, TRUE,
    { NOT_HOLDER, NOT_HOLDER, "waiting release released", NOT_HOLDER } },
  { "release by another", HANDOVER_COMMAND_RELEASE, KIM, NULL, FALSE, TRUE,
    { NOT_HOLDER, NOT_HOLDER, NOT_HOLDER, NOT_HOLDER } },
  { "holder deactivated", HANDOVER_COMMAND_HOLDER_LOST, ME, NULL, FALSE, TRUE,
    { "agent keep", "waiting keep", "waiting release released", "closed keep" } },
  { "another deactivated", HANDOVER_COMMAND_HOLDER_LOST, KIM, NULL, FALSE, TRUE,
    { "agent keep", "waiting keep", "operator keep", "closed keep" } },
  { "transfer", HANDOVER_COMMAND_TRANSFER, ME, KIM, TRUE, TRUE,
    { NOT_HOLDER, NOT_HOLDER, "operator claim transferred", NOT_HOLDER } },
  { "transfer to one who is away", HANDOVER_COMMAND_TRANSFER, ME, KIM, FALSE, TRUE,
    { NOT_HOLDER, NOT_HOLDER, "!operator_unavailable", NOT_HOLDER } },
  { "transfer to oneself", HANDOVER_COMMAND_TRANSFER, ME, ME, TRUE, TRUE,
    { NOT_HOLDER, NOT_HOLDER, "!operator_unavailable", NOT_HOLDER } },
  { "transfer by another", HANDOVER_COMMAND_TRANSFER, KIM, ME, TRUE, TRUE,
    { NOT_HOLDER, NOT_HOLDER, NOT_HOLDER, NOT_HOLDER } },
  { "resume", HANDOVER_COMMAND_RESUME_AGENT, ME, NULL, FALSE, TRUE,
    { NOT_HOLDER, NOT_HOLDER, "agent resolve resumed", NOT_HOLDER } },
  { "resume without agent", HANDOVER_COMMAND_RESUME_AGENT, ME, NULL, FALSE, FALSE,
    { NOT_HOLDER, NOT_HOLDER, "!no_agent", NOT_HOLDER } },
  { "resume by another", HANDOVER_COMMAND_RESUME_AGENT, KIM, NULL, FALSE, TRUE,
    { NOT_HOLDER, NOT_HOLDER, NOT_HOLDER, NOT_HOLDER } },
  { "close", HANDOVER_COMMAND_CLOSE, ME, NULL, FALSE, TRUE,
    { NOT_HOLDER, NOT_HOLDER, "closed resolve closed", NOT_HOLDER } },
  { "close by another", HANDOVER_COMMAND_CLOSE, KIM, NULL, FALSE, TRUE,
    { NOT_HOLDER, NOT_HOLDER, NOT_HOLDER, NOT_HOLDER } },
};

static const char *controls[] = { NULL, "agent", "waiting", "operator", "closed" };
static const char *steps[] = { "keep", "add", "open", "claim", "open-and-claim", "release", "resolve" };
static const char *changes[] = { "", " escalated", " claimed", " released", " transferred", " resumed", " closed", " reopened" };

static char *
describe (gboolean                  allowed,
          const HandoverTransition *transition,
          const GError             *error)
{
  const char *trigger = "";

  if (!allowed)
    return g_strconcat ("!", handover_problem_get_code (error->code), NULL);

  if (transition->trigger == HANDOVER_TRIGGER_AGENT_FAILURE)
    trigger = " agent_failure";
  else if (transition->trigger == HANDOVER_TRIGGER_CUSTOMER_RETURNED)
    trigger = " customer_returned";
  else if (transition->trigger == HANDOVER_TRIGGER_OPERATOR_TAKEOVER)
    trigger = " operator_takeover";

  return g_strconcat (controls[transition->next.control], " ", steps[transition->escalation], trigger,
                      transition->transition_message ? " transition" : "", changes[transition->change], NULL);
}

static HandoverControlState
make_state (HandoverControl control,
            gint64          epoch)
{
  gboolean open = control == HANDOVER_CONTROL_WAITING || control == HANDOVER_CONTROL_OPERATOR;

  return (HandoverControlState) { control, epoch, control == HANDOVER_CONTROL_OPERATOR ? ME : NULL, open };
}

static void
check_invariants (const HandoverControlState *before,
                  const HandoverTransition   *transition)
{
  const HandoverControlState *next = &transition->next;
  gboolean moved = before->control != next->control || g_strcmp0 (before->holder_id, next->holder_id) != 0;

  g_assert_cmpint (next->escalation_open, ==,
                   next->control == HANDOVER_CONTROL_WAITING || next->control == HANDOVER_CONTROL_OPERATOR);
  g_assert_cmpint (next->holder_id != NULL, ==, next->control == HANDOVER_CONTROL_OPERATOR);
  g_assert_cmpint (transition->changed, ==, moved);
  g_assert_cmpint (next->epoch, ==, before->epoch + (moved ? 1 : 0));
  g_assert_cmpint (transition->change != HANDOVER_CHANGE_KIND_UNKNOWN, ==, moved);
}

static void
test_table (void)
{
  for (guint r = 0; r < G_N_ELEMENTS (rows); r++)
    for (HandoverControl control = HANDOVER_CONTROL_AGENT; control <= HANDOVER_CONTROL_CLOSED; control++)
      for (gint64 epoch = 1; epoch <= 7; epoch += 6)
        {
          const Row *row = &rows[r];
          HandoverControlState state = make_state (control, epoch);
          HandoverControlInput input = { row->command, row->actor, row->target, row->target_available,
                                         row->agent_enabled, epoch };
          HandoverTransition transition = { 0 };
          g_autoptr (GError) error = NULL;
          gboolean allowed = handover_control_machine_apply (&state, &input, &transition, &error);
          g_autofree char *outcome = describe (allowed, &transition, error);

          g_test_message ("%s in %s, epoch %d", row->name, controls[control], (int) epoch);
          g_assert_cmpstr (outcome, ==, row->expected[control - 1]);
          g_assert_cmpint (handover_control_machine_allows (&state, &input), ==, allowed);
          if (allowed)
            check_invariants (&state, &transition);
        }
}

static void
test_every_command_has_a_row (void)
{
  guint seen = 0;

  for (guint r = 0; r < G_N_ELEMENTS (rows); r++)
    seen |= 1u << rows[r].command;

  g_assert_cmpuint (seen, ==, (1u << HANDOVER_N_COMMANDS) - 1);
}

static void
assert_epoch (HandoverCommand command,
              HandoverControl control,
              gint64          epoch,
              gint64          given,
              int             expected)
{
  HandoverControlState state = make_state (control, epoch);
  HandoverControlInput input = { command, ME, NULL, FALSE, TRUE, given };
  HandoverTransition transition;
  g_autoptr (GError) error = NULL;
  gboolean allowed = handover_control_machine_apply (&state, &input, &transition, &error);

  if (expected < 0)
    g_assert_true (allowed);
  else
    g_assert_error (error, HANDOVER_PROBLEM, expected);
}

static void
test_epochs (void)
{
  const HandoverCommand agent = HANDOVER_COMMAND_AGENT_MESSAGE;

  /* Only in a conversation's first epoch may an agent leave it out. */
  assert_epoch (agent, HANDOVER_CONTROL_AGENT, 1, 0, -1);
  assert_epoch (agent, HANDOVER_CONTROL_AGENT, 1, 1, -1);
  assert_epoch (agent, HANDOVER_CONTROL_AGENT, 1, 2, HANDOVER_PROBLEM_STALE_EPOCH);
  assert_epoch (agent, HANDOVER_CONTROL_AGENT, 4, 0, HANDOVER_PROBLEM_EPOCH_REQUIRED);
  assert_epoch (agent, HANDOVER_CONTROL_AGENT, 4, 1, HANDOVER_PROBLEM_STALE_EPOCH);
  assert_epoch (agent, HANDOVER_CONTROL_AGENT, 4, 4, -1);

  /* Frozen wins over every epoch. */
  for (gint64 given = 0; given <= 3; given++)
    {
      assert_epoch (agent, HANDOVER_CONTROL_WAITING, 2, given, HANDOVER_PROBLEM_CONVERSATION_FROZEN);
      assert_epoch (agent, HANDOVER_CONTROL_OPERATOR, 3, given, HANDOVER_PROBLEM_CONVERSATION_FROZEN);
      assert_epoch (agent, HANDOVER_CONTROL_CLOSED, 3, given, HANDOVER_PROBLEM_CONVERSATION_FROZEN);
    }

  assert_epoch (HANDOVER_COMMAND_AGENT_CLOSE, HANDOVER_CONTROL_AGENT, 3, 2, HANDOVER_PROBLEM_STALE_EPOCH);
  assert_epoch (HANDOVER_COMMAND_AGENT_CLOSE, HANDOVER_CONTROL_AGENT, 3, 3, -1);

  /* To close without an epoch takes control, and nothing else. */
  assert_epoch (HANDOVER_COMMAND_AGENT_CLOSE, HANDOVER_CONTROL_AGENT, 3, 0, -1);
  for (gint64 given = 0; given <= 3; given++)
    {
      assert_epoch (HANDOVER_COMMAND_AGENT_CLOSE, HANDOVER_CONTROL_WAITING, 3, given, HANDOVER_PROBLEM_CONVERSATION_FROZEN);
      assert_epoch (HANDOVER_COMMAND_AGENT_CLOSE, HANDOVER_CONTROL_OPERATOR, 3, given, HANDOVER_PROBLEM_CONVERSATION_FROZEN);
    }

  assert_epoch (HANDOVER_COMMAND_REPLY, HANDOVER_CONTROL_OPERATOR, 3, 2, HANDOVER_PROBLEM_STALE_EPOCH);
  assert_epoch (HANDOVER_COMMAND_REPLY, HANDOVER_CONTROL_OPERATOR, 3, 0, -1);
}

static void
test_transfer_without_target (void)
{
  HandoverControlState state = make_state (HANDOVER_CONTROL_OPERATOR, 2);
  HandoverControlInput input = { HANDOVER_COMMAND_TRANSFER, ME, NULL, TRUE, TRUE, 0 };
  HandoverTransition transition = { .trigger = HANDOVER_TRIGGER_OTHER };
  g_autoptr (GError) error = NULL;

  g_assert_false (handover_control_machine_apply (&state, &input, &transition, &error));
  g_assert_error (error, HANDOVER_PROBLEM, HANDOVER_PROBLEM_OPERATOR_UNAVAILABLE);
  /* A refusal leaves the caller's transition alone. */
  g_assert_cmpint (transition.trigger, ==, HANDOVER_TRIGGER_OTHER);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/control-machine/table", test_table);
  g_test_add_func ("/control-machine/complete", test_every_command_has_a_row);
  g_test_add_func ("/control-machine/epochs", test_epochs);
  g_test_add_func ("/control-machine/transfer-without-target", test_transfer_without_target);

  return g_test_run ();
}
